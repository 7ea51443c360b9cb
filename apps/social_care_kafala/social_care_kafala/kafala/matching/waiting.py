"""Children who wait for a family: one query for all of them, one for their siblings.

What is asked here is not limited to the reader's places, because a family may be found for a child of another governorate; what
leaves this room of it is told in suggestions.py, and nothing else.
"""

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import IfNull

from social_care_kafala.kafala.matching import states

ACTIVE = "Active"
# A child under a measure of the court is no one for kafala.
NOT_LEGAL = ("Measure",)
FIELDS = (
	*(
		"name",
		"sex",
		"birth_date",
		"religion",
		"kafala_candidate",
		"governorate",
		"org_unit",
		"admission_date",
	),
	*("disability", "chronic_conditions", "child_view", "family"),
)
HEALTHY = ("", "No Disability", None)


def children(
	names: list[str] | None = None, locked: bool = False, governorate: str | None = None
) -> list[dict]:
	"""Children who may be placed now: in care, candidates, without a case of return; those who are held for a family only by `names`.

	`locked` reads what others have committed meanwhile.
	"""
	child, case = DocType("Child"), DocType("Reintegration Case")
	returning = frappe.qb.from_(case).select(case.child).where(case.status != "Closed")
	query = frappe.qb.from_(child).select(*(child[field] for field in FIELDS))
	query = query.where((child.life_state == ACTIVE) & (child.kafala_candidate == 1))
	query = query.where(IfNull(child.legal_status, "").notin(NOT_LEGAL) & child.name.notin(returning))
	if governorate:
		query = query.where(child.governorate == governorate)
	query = (
		query.where(child.name.isin(names)) if names is not None else query.where(child.name.notin(held()))
	)
	query = query.orderby(child.name)
	return (query.for_update() if locked else query).run(as_dict=True)


def held():
	"""Children who are held for a family, as a subquery."""
	row = DocType(states.CHILDREN)
	return frappe.qb.from_(row).select(row.open_child).where(row.open_child.isnotnull())


def siblings(names: list[str]) -> dict[str, list[str]]:
	"""Siblings in care by child, from confirmed pairs and from files that name one family; two queries."""
	found: dict[str, set[str]] = {}
	for one, other in [*pairs(names), *of_families(names)]:
		found.setdefault(one, set()).add(other)
	return {name: sorted(others) for name, others in found.items()}


def pairs(names: list[str]) -> list[tuple[str, str]]:
	"""Confirmed pairs, from the side of the child who is asked for."""
	pair, other = DocType("Sibling Pair"), DocType("Child")
	answer: list[tuple[str, str]] = []
	for mine, theirs in ((pair.child, pair.other_child), (pair.other_child, pair.child)):
		query = frappe.qb.from_(pair).join(other).on(other.name == theirs).select(mine, theirs)
		query = query.where((pair.status == "Siblings") & (other.life_state == ACTIVE))
		answer += query.where(mine.isin(names or [""])).run()
	return answer


def of_families(names: list[str]) -> list[tuple[str, str]]:
	"""Children whose files name one family."""
	child, other = DocType("Child"), DocType("Child").as_("other")
	query = frappe.qb.from_(child).join(other).on((other.family == child.family) & (other.name != child.name))
	query = query.select(child.name, other.name).where(child.name.isin(names or [""]))
	return query.where((other.life_state == ACTIVE) & (IfNull(child.family, "") != "")).run()


def has_health_needs(row: dict) -> bool:
	"""Whether a family has to accept a disability or a chronic illness."""
	return row.disability not in HEALTHY or bool((row.chronic_conditions or "").strip())
