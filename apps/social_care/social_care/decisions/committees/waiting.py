"""What waits for a committee and stands on the agenda of no open session."""

import frappe
from frappe.utils import cint

from social_care.decisions.committees.case_kinds import CaseKind, all_kinds, of_committee

COMMITTEE, SESSION, CASE = "Committee", "Committee Session", "Committee Case"
OPEN = ("Session Called", "In Session")
AT_ONCE = 500


def for_committee(name: str) -> list[dict]:
	"""Cases that wait, as rows of an agenda, oldest first; those that the reader may see. Raises PermissionError."""
	committee = frappe.get_doc(COMMITTEE, name)
	committee.check_permission("read")
	found = []
	for kind in of_committee(committee.committee_kind).values():
		if frappe.has_permission(kind.doctype, "read"):
			found += _rows(kind, committee.org_unit)
	return found


def _rows(kind: CaseKind, unit: str) -> list[dict]:
	"""Rows of one kind below a unit, without those that stand on an open agenda."""
	names = [name for name in names_below(kind, unit) if name not in on_agendas(kind.doctype)]
	told = kind.summaries(names[:AT_ONCE])
	return [
		{"case_type": kind.doctype, "case_name": name, "summary": told.get(name, "")}
		for name in names[:AT_ONCE]
	]


def names_below(kind: CaseKind, unit: str) -> list[str]:
	"""Waiting records of the reader's own list below a unit."""
	filters = kind.waits()
	if kind.unit_field and (below := units_below(unit)) is not None:
		filters.append([kind.unit_field, "in", below])
	return frappe.get_list(
		kind.doctype, filters=filters, pluck="name", order_by="creation asc, name asc", limit_page_length=0
	)


def units_below(unit: str) -> list[str] | None:
	"""A unit with those below it; None for the root, below which everything lies."""
	left, right, above = frappe.db.get_value("Org Unit", unit, ["lft", "rgt", "parent_org_unit"])
	if not above:
		return None
	bounds = {"lft": [">=", cint(left)], "rgt": ["<=", cint(right)]}
	return frappe.get_all("Org Unit", filters=bounds, pluck="name")  # names of units are known to everybody


def on_agendas(doctype: str, but: str = "") -> dict[str, str]:
	"""{case: session} of open sessions other than `but`."""
	case, session = frappe.qb.DocType(CASE), frappe.qb.DocType(SESSION)
	query = frappe.qb.from_(case).join(session).on(session.name == case.parent)
	query = query.select(case.case_name, session.name).orderby(session.name)
	query = query.where((case.case_type == doctype) & session.status.isin(OPEN) & (session.name != but))
	return dict(query.run())


def counts() -> list[dict]:
	"""{committee, committee_name, committee_kind, org_unit, waiting, on_agenda} of each active committee of the reader's list."""
	committees = frappe.get_list(
		COMMITTEE,
		filters={"is_active": 1},
		fields=["name", "committee_name", "committee_kind", "org_unit"],
		order_by="committee_name asc",
		limit_page_length=0,
	)
	kinds = [kind for kind in all_kinds() if frappe.has_permission(kind.doctype, "read")]
	for row in committees:
		row.update({"waiting": 0, "on_agenda": 0})
	bounds = unit_bounds()
	for kind in kinds:
		_count(kind, [row for row in committees if row.committee_kind == kind.committee_kind], bounds)
	return committees


def _count(kind: CaseKind, committees: list[dict], bounds: dict[str, tuple[int, int]]) -> None:
	"""Add one kind's cases to its committees: two queries for all of them."""
	if not committees:
		return
	fields = ["name", kind.unit_field] if kind.unit_field else ["name"]
	rows = frappe.get_list(kind.doctype, filters=kind.waits(), fields=fields, limit_page_length=0)
	taken = on_agendas(kind.doctype)
	for row in rows:
		where = bounds.get(row.get(kind.unit_field)) if kind.unit_field else None
		for committee in committees:
			left, right = bounds[committee.org_unit]
			if not where or (left <= where[0] and where[1] <= right):
				committee["on_agenda" if row.name in taken else "waiting"] += 1


def unit_bounds() -> dict[str, tuple[int, int]]:
	"""Bounds of every unit in the tree."""
	rows = frappe.get_all("Org Unit", fields=["name", "lft", "rgt"])  # a reference table
	return {row.name: (row.lft, row.rgt) for row in rows}
