"""Files of children read many at a time, and saved by their own rules with what was read."""

import frappe
from frappe.model.base_document import get_controller
from frappe.model.document import Document

from social_care.registry.roll.cells import plain
from social_care.registry.roll.columns import Column, OneRow
from social_care.scope import condition

ACTIVE = "Active"


class ReadTogether:
	"""A Child that was read, locked and asked for the right to change it together with others.

	Its `save` is the document's own with every rule; only what was asked of all at once is not asked again, and its
	history is handed over to be written with the others'.
	"""

	def load_doc_before_save(self, **_kwargs) -> None:
		self._doc_before_save = type(self)(self.flags.stored)

	def check_permission(self, permtype: str = "read", permlevel=None) -> None:
		"""Asked for all rows at once, see `writable`."""

	def _validate_links(self) -> None:
		"""New values of links were found in the tables that the user may choose from."""

	def update_child_table(self, fieldname: str, df=None) -> None:
		if self.flags.tables and fieldname in self.flags.tables:
			super().update_child_table(fieldname, df)

	def save_version(self) -> None:
		version = frappe.new_doc("Version")
		if not self.flags.ignore_version and version.update_version_info(self._doc_before_save, self):
			self.flags.versions.append(version)


def read(names: list[str], for_update: bool = False) -> dict[str, Document]:
	"""Files by code, with their tables, in one query a table."""
	if not names:
		return {}
	kind = type("StoredChild", (ReadTogether, get_controller("Child")), {})
	rows = _rows("Child", "name", names, for_update)
	tables = {
		df.fieldname: _by_parent(df.options, df.fieldname, names)
		for df in frappe.get_meta("Child").get_table_fields()
	}
	found = {}
	for row in rows:
		own = {field: rows_of.get(row["name"], []) for field, rows_of in tables.items()}
		as_stored = {"doctype": "Child", **row, **own}
		found[row["name"]] = kind(as_stored)
		found[row["name"]].flags.update({"stored": as_stored, "versions": []})
	return found


def _rows(doctype: str, column: str, values: list[str], for_update: bool = False) -> list[dict]:
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select("*").where(table[column].isin(values)).orderby(table.name)
	return (query.for_update() if for_update else query).run(as_dict=True)


def _by_parent(doctype: str, field: str, names: list[str]) -> dict[str, list[dict]]:
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select("*").where(table.parent.isin(names))
	query = query.where(table.parenttype == "Child").where(table.parentfield == field)
	found: dict[str, list[dict]] = {}
	for row in query.orderby(table.parent).orderby(table.idx).run(as_dict=True):
		found.setdefault(row["parent"], []).append({"doctype": doctype, **row})
	return found


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
	return {name for (name,) in frappe.db.sql(query, {"names": names})}  # condition: built by scope.py


def values(child: Document, columns: list[Column]) -> dict[str, str]:
	"""Plain texts of a file by column key."""
	rows = {column.row.name: row_of(child, column.row) for column in columns if column.row}
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
		child.flags.tables = (child.flags.tables or set()) | {column.row.table}
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
