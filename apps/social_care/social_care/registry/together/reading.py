"""Stored documents read many at a time."""

import frappe
from frappe.model.document import Document


def read(doctype: str, names: list[str], kind: type, for_update: bool = False) -> dict[str, Document]:
	"""Documents of class `kind` by name, with their tables, in one query a table. `flags.stored` keeps what was read."""
	if not names:
		return {}
	tables = {
		df.fieldname: _by_parent(doctype, df.options, df.fieldname, names)
		for df in frappe.get_meta(doctype).get_table_fields()
	}
	found = {}
	for row in _rows(doctype, names, for_update):
		own = {field: rows_of.get(row["name"], []) for field, rows_of in tables.items()}
		as_stored = {"doctype": doctype, **row, **own}
		found[row["name"]] = kind(as_stored)
		found[row["name"]].flags.stored = as_stored
	return found


def _rows(doctype: str, names: list[str], for_update: bool) -> list[dict]:
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select("*").where(table.name.isin(names)).orderby(table.name)
	return (query.for_update() if for_update else query).run(as_dict=True)


def _by_parent(parenttype: str, doctype: str, field: str, names: list[str]) -> dict[str, list[dict]]:
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select("*").where(table.parent.isin(names))
	query = query.where(table.parenttype == parenttype).where(table.parentfield == field)
	found: dict[str, list[dict]] = {}
	for row in query.orderby(table.parent).orderby(table.idx).run(as_dict=True):
		found.setdefault(row["parent"], []).append({"doctype": doctype, **row})
	return found
