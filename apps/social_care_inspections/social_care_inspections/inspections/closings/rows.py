"""Rows of a closing's plan: made for each child, read with and without locks, grouped by brothers and sisters."""

import frappe
from frappe.model.document import Document

from social_care_inspections.inspections.closings import completion, facts, states


def make_rows(case: Document) -> None:
	"""A draft for each child who lives in the institution, or is absent from it, and has none yet, in one statement."""
	known = set(frappe.get_all(states.PLAN, {"closing_case": case.name}, pluck="child"))  # the closing's own
	theirs = completion.residents(case.institution) + completion.absent(case.institution)
	new = [name for name in theirs if name not in known]
	found = facts.children(new)
	place = {"closing_case": case.name, "institution": case.institution, "org_unit": case.org_unit}
	rows = [
		stored(states.PLAN, {"child": child, **place, **found[child], "status": states.DRAFT})
		for child in new
	]
	insert(states.PLAN, rows)


def stored(doctype: str, values: dict) -> dict:
	"""Columns of a new row that nobody's rules have to see: everything in it is the system's."""
	doc = frappe.new_doc(doctype)
	doc.update(values)
	doc.name = frappe.generate_hash(length=10)
	doc.set_user_and_timestamp()
	doc.set_docstatus()
	return doc.get_valid_dict(convert_dates_to_str=True)


def insert(doctype: str, rows: list[dict]) -> None:
	if rows:
		frappe.db.bulk_insert(doctype, list(rows[0]), [tuple(row.values()) for row in rows])


def rows_of(closing: str, **filters) -> list[dict]:
	"""Rows of a plan whose closing the caller may change, as they were when the transaction began."""
	wanted = {"closing_case": closing, **filters}
	return frappe.get_all(states.PLAN, wanted, ["*"], order_by="child asc")


def locked_rows(closing: str, **filters) -> list[dict]:
	"""The same as others have committed them meanwhile, and held: what is written on them was read after the lock."""
	wanted = {"closing_case": closing, **filters}
	return frappe.db.get_values(states.PLAN, wanted, "*", as_dict=True, for_update=True, order_by="child asc")


def regroup(closing: str) -> None:
	"""Who are siblings among the children of a plan, found anew: rows were added, and files of families change."""
	for row, now in regrouped(locked_rows(closing, status=["!=", states.ENDED])):
		frappe.db.set_value(states.PLAN, row.name, now)


def regrouped(rows: list[dict]) -> list[tuple[dict, dict]]:
	"""Rows whose group of siblings is another one now, with the new values."""
	known, found = facts.children([row.child for row in rows]), []
	for row in rows:
		now = {field: known[row.child][field] for field in ("sibling_group", "siblings_here")}
		if now != {field: row[field] for field in now}:
			found.append((row, now))
	return found


def show_decided(names: list[str]) -> None:
	"""Copy the plan into what the closing institution reads of it, which is of level 0 and empty before the decision."""
	row = frappe.qb.DocType(states.PLAN)
	query = frappe.qb.update(row).where(row.name.isin(names or [""]))
	for shown, planned in states.SHOWN.items():
		query = query.set(row[shown], row[planned])
	query.run()
