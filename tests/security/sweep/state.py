"""What stands in the database of one side's rows, to see that no probe changed it."""

import frappe
from frappe.model import no_value_fields
from social_care.scope import is_ours

from security.sweep.marks import Marks
from security.sweep.planting import hanging_doctypes, pairs_of, protected_doctypes


def of_side(marks: Marks, side: str) -> dict[str, object]:
	"""Every planted row with all its columns, and how many rows of which kind point at them."""
	frappe.db.rollback()
	found: dict[str, object] = {}
	for doctype, names in marks.rows[side].items():
		rows = frappe.get_all(doctype, filters={"name": ["in", names]}, fields=["*"], order_by="name")
		found |= {f"{doctype} {row.name}": dict(row) for row in rows}
	everyone = [name for names in marks.rows[side].values() for name in names]
	return found | pointing(everyone) | attached(everyone)


def pointing(names: list[str]) -> dict[str, int]:
	"""Rows of ours that link to the planted ones."""
	found = {}
	for doctype in frappe.get_all("DocType", filters={"issingle": 0, "is_virtual": 0}, pluck="name"):
		meta = frappe.get_meta(doctype)
		for df in meta.get_link_fields() if is_ours(meta) else []:
			if df.fieldtype not in no_value_fields and not df.get("is_virtual"):
				found[f"{doctype}.{df.fieldname}"] = frappe.db.count(doctype, {df.fieldname: ["in", names]})
	return found


def attached(names: list[str]) -> dict[str, int]:
	"""Rows of the framework that hang on the planted ones: comments, shares, tags, files, tasks."""
	found = {}
	kinds = {*hanging_doctypes(), "DocShare", "File", "User Permission", "Document Share Key"}
	for doctype in sorted(kinds):
		for _kind, column in pairs_of(frappe.get_meta(doctype)):
			found[f"{doctype}.{column}"] = frappe.db.count(doctype, {column: ["in", names]})
	return found | {"protected": len(protected_doctypes())}
