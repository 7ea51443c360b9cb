"""Families and children of kafala in the demonstration nation: a builder of `social_care_demo_builders`."""

from collections.abc import Iterator

from social_care.demo.generator.nation import Nation, Row

from social_care_kafala.demo.children import ChildRows
from social_care_kafala.demo.plan import applications, childhoods
from social_care_kafala.demo.rows import FamilyRows

TEMPLATES = ("Person", "Child", "Placement")


def build(nation: Nation) -> Iterator[Row]:
	"""Families first, then the children who live or lived with them; at last families without a child."""
	person, child, placement = templates(nation)
	families, children = FamilyRows(nation, person), ChildRows(nation, person, child, placement)
	for found in childhoods(nation):
		for one in found.kafalas:
			yield from families.of_family(one)
		yield from children.of_child(found)
	for one in applications(nation):
		yield from families.of_family(one)


def templates(nation: Nation) -> list[dict]:
	"""One row of each type with all the columns that the nation gives it."""
	found: dict[str, dict] = {}
	for doctype, row in nation.children_of(nation.sites[0]):
		found.setdefault(doctype, row)
	return [found[doctype] | ({"family": None} if doctype == "Placement" else {}) for doctype in TEMPLATES]
