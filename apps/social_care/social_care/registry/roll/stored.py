"""Files of children as a roll sees them: read many at a time, as plain texts, and with new texts put in."""

import frappe
from frappe.model.document import Document

from social_care.registry.roll.cells import plain
from social_care.registry.roll.columns import Column, OneRow
from social_care.registry.together import reading
from social_care.registry.together.documents import kind_of
from social_care.scope import condition

ACTIVE = "Active"


def read(names: list[str]) -> dict[str, Document]:
	"""Files by code, with their tables, in one query a table."""
	return reading.read("Child", names, kind_of("Child"))


def roll_of(institution: str) -> list[str]:
	"""Codes of the files of the children who live in the institution, as far as the session user may read them."""
	filters = {"institution": institution, "life_state": ACTIVE}
	return frappe.get_list(
		"Child", filters=filters, pluck="name", order_by="full_name asc, name asc", limit=0
	)


def reachable(names: list[str], ptype: str = "write") -> set[str]:
	"""Those of the files that the session user may change (or read)."""
	if not names or not frappe.has_permission("Child", ptype):
		return set()
	user, ptypes = frappe.session.user, ("read", "select") if ptype == "read" else (ptype,)
	where = "" if user == "Administrator" else condition("Child", user, ptypes)
	query = f"select `name` from `tabChild` where `name` in %(names)s{f' and {where}' if where else ''}"
	return {
		name for (name,) in frappe.db.sql(query, {"names": names})
	}  # condition: built by social_care.scope


def values(child: Document, columns: list[Column]) -> dict[str, str]:
	"""Plain texts of a file by column key."""
	rows = {one.name: row_of(child, one) for one in {column.row for column in columns if column.row}}
	found = {}
	for column in columns:
		source = rows[column.row.name] if column.row else child
		found[column.key] = plain(source.get(column.fieldname) if source else None, column.fieldtype)
	return found


def row_of(child: Document, one: OneRow) -> Document | None:
	"""The row of a table that has its own columns; of several papers of a kind the last."""
	key = one.key()
	return next((row for row in reversed(child.get(one.table)) if row.get(one.key_field) == key), None)


def put(child: Document, column: Column, text: str) -> None:
	"""Write the plain text of a column into the file, adding the row of a table that it needs."""
	target: Document | None = child
	if column.row:
		target = row_of(child, column.row) or child.append(
			column.row.table, {column.row.key_field: column.row.key()} | _defaults(column)
		)
	target.set(column.fieldname, _stored(text, column.fieldtype))


def _defaults(column: Column) -> dict:
	"""First values of the required fields of a new row of a table."""
	fields = frappe.get_meta(column.doctype).fields
	return {df.fieldname: df.default for df in fields if df.reqd and df.default}


def _stored(text: str, fieldtype: str):
	if fieldtype == "Check":
		return int(text or 0)
	if fieldtype == "Int":
		return int(float(text or 0))
	if fieldtype in ("Float", "Currency", "Percent"):
		return float(text or 0)
	return text or (None if fieldtype in ("Date", "Link") else "")
