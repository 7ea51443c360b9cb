"""Brothers and sisters: who they are, and what of them a reader may see.

Siblings are children whose files name the same family, and pairs that a person has confirmed (Sibling Pair). A reader
sees of a sibling within his scope what he would see in that file's list row. Of one outside it he learns only that
there is one, and which unit to ask: the lowest unit above both places. That unit supervises both children, so it may
see both files, and its name says no more of the place of the other child than that it lies below it.
"""

import frappe
from frappe.query_builder import DocType
from frappe.utils import getdate, nowdate

from social_care.registry.arabic import normalise
from social_care.registry.levels import field_readable

IN_CARE = ("Active", "In Kafala", "In Aftercare", "Reintegrated")
FULL, SAME_FATHER, SAME_MOTHER, UNKNOWN = "Full Siblings", "Same Father", "Same Mother", ""
SHOWN = [
	"name",
	"full_name",
	"sex",
	"birth_date",
	"care_type",
	"life_state",
	"institution",
	"institution_name",
]
ORIGIN = ["name", "father_name", "grandfather_name", "mother_full_name", "org_unit"]


def sibling_names(child: str, family: str | None) -> list[str]:
	"""Files of a child's brothers and sisters, whoever may see them."""
	found = set(confirmed(child))
	if family:
		found |= set(frappe.get_all("Child", filters={"family": family}, pluck="name"))
	return sorted(found - {child})


def confirmed(child: str) -> dict[str, str]:
	"""Siblings that a person has confirmed, with the relation."""
	pair = DocType("Sibling Pair")
	rows = (
		frappe.qb.from_(pair)
		.select(pair.child, pair.other_child, pair.relation)
		.where((pair.status == "Siblings") & ((pair.child == child) | (pair.other_child == child)))
		.run()
	)
	return {other if one == child else one: relation or UNKNOWN for one, other, relation in rows}


def panel(child: str, family: str | None) -> list[dict]:
	"""What the reader sees of a child's siblings in care; five queries, whatever their number.

	Within his scope: name (the code), full_name, sex, age, birth_date, where (institution or kind of care), relation and
	same_institution. Outside it: {"elsewhere": 1, "ask": name of the unit that may see both files}.
	"""
	names = sibling_names(child, family)
	if not names:
		return []
	living = {"name": ["in", names], "life_state": ["in", IN_CARE]}
	visible = frappe.get_list(
		"Child", filters=living, fields=SHOWN, order_by="birth_date asc", limit_page_length=0
	)
	origins = _origins([child, *names])
	mine, relations = origins[child], confirmed(child)
	place = frappe.db.get_value("Child", child, "institution")
	for row in visible:
		row["age"] = years(row.birth_date)
		row["relation"] = relations.get(row.name) or relation(mine, origins[row.name])
		row["same_institution"] = int(bool(place) and row.institution == place)
	seen = {row.name for row in visible}
	hidden = [name for name in frappe.get_all("Child", filters=living, pluck="name") if name not in seen]
	return visible + _elsewhere(mine.org_unit, [origins[name].org_unit for name in sorted(hidden)])


def _origins(names: list[str]) -> dict[str, dict]:
	rows = frappe.get_all("Child", filters={"name": ["in", names]}, fields=ORIGIN)
	return {row.name: row for row in rows}


def _elsewhere(unit: str | None, others: list[str | None]) -> list[dict]:
	bounds = bounds_of({unit, *others})
	return [{"elsewhere": 1, "ask": unit_above(bounds.get(unit), bounds.get(other))} for other in others]


def bounds_of(units: set) -> dict[str, tuple[int, int]]:
	"""Places (lft, rgt) of units in the tree, which is a reference table."""
	wanted = sorted(unit for unit in units if unit)
	rows = frappe.get_all("Org Unit", filters={"name": ["in", wanted]}, fields=["name", "lft", "rgt"])
	return {row.name: (row.lft, row.rgt) for row in rows}


def unit_above(one: tuple[int, int] | None, other: tuple[int, int] | None) -> str:
	"""Name of the lowest unit above two; the root of the tree where one of them is not known."""
	lft = min(bounds[0] for bounds in (one, other) if bounds) if one or other else 1
	rgt = max(bounds[1] for bounds in (one, other) if bounds) if one or other else 1
	filters = (
		{"lft": ["<=", lft], "rgt": [">=", rgt]} if one and other else {"parent_org_unit": ["is", "not set"]}
	)
	found = frappe.get_all("Org Unit", filters=filters, pluck="unit_name", order_by="lft desc", limit=1)
	return found[0] if found else ""


def relation(one: dict, other: dict) -> str:
	"""Full or half siblings as far as both files tell; "" where they do not."""
	mothers = _same(one.mother_full_name, other.mother_full_name)
	fathers = _same(_father(one), _father(other))
	if mothers and fathers:
		return FULL
	if fathers and mothers is False:
		return SAME_FATHER
	return SAME_MOTHER if mothers and fathers is False else UNKNOWN


def _father(row: dict) -> str:
	return f"{row.father_name or ''} {row.grandfather_name or ''}".strip()


def _same(one: str | None, other: str | None) -> bool | None:
	return normalise(one) == normalise(other) if one and other else None


def years(birth_date) -> int | None:
	"""Whole years of age today."""
	if not birth_date:
		return None
	born, today = getdate(birth_date), getdate(nowdate())
	return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def shown_to_reader(child) -> list[dict]:
	"""The panel for a reader of the file; nothing where he may not see the child's family (field level)."""
	return panel(child.name, child.family) if sees_family(child) else []


def sees_family(child) -> bool:
	"""Whether the level of the reader opens the field «family» of a file."""
	return field_readable(child.doctype, "family")
