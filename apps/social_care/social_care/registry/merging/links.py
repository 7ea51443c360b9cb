"""What names a record, found from the schema: Link fields, Dynamic Link fields, and rows that hang on a record by its name."""

from collections.abc import Iterator

import frappe
from frappe.model import table_fields
from frappe.utils.caching import request_cache

from social_care.framework_doors import references
from social_care.registry.merging.journal import Journal

LEFT_ALONE_HOOK = "social_care_merge_left_alone"


def move_all(journal: Journal, doctype: str, one: str, other: str, but: set[str]) -> None:
	"""Everything that names the record `one` names `other` from now on, except in the DocTypes `but`."""
	left = but | set(frappe.get_hooks(LEFT_ALONE_HOOK))
	for source, field in link_fields(doctype):
		if source not in left:
			journal.move(source, field, rows(source, {field: one}), one, other)
	for source, type_field, name_field in reference_fields():
		if source not in left:
			journal.move(source, name_field, rows(source, {type_field: doctype, name_field: one}), one, other)


def link_fields(doctype: str) -> list[tuple[str, str]]:
	"""(DocType, field) of every stored Link to a DocType, custom ones and those of tables included."""
	kinds = {"fieldtype": "Link", "options": doctype}
	own = frappe.get_all("DocField", filters=kinds, fields=["parent", "fieldname"])
	custom = frappe.get_all("Custom Field", filters=kinds, fields=["dt as parent", "fieldname"])
	return sorted(
		{(row.parent, row.fieldname) for row in own + custom if _is_stored(row.parent, row.fieldname)}
	)


def reference_fields() -> Iterator[tuple[str, str, str]]:
	"""(DocType, field of the DocType, field of the name) of every stored pair that may name a record of any kind."""
	yield ("File", "attached_to_doctype", "attached_to_name")
	for doctype in frappe.get_all("DocType", filters={"issingle": 0}, pluck="name", order_by="name"):
		for pair in references.pairs(doctype):
			if _is_stored(doctype, pair.name_field) and _is_stored(doctype, pair.type_field):
				yield (doctype, *pair)


def table_rows(doctype: str) -> list[tuple[str, str]]:
	"""(field, DocType) of the tables of a DocType."""
	meta = frappe.get_meta(doctype)
	return [(df.fieldname, df.options) for df in meta.fields if df.fieldtype in table_fields]


def rows(doctype: str, filters: dict) -> list[str]:
	"""Names of rows, whoever may see them: a merge leaves nothing behind."""
	# by an index the rows as they are now are taken; without one the lock would take the whole table
	is_now = any((f"tab{doctype}", field) in _indexed() for field in filters)
	return frappe.db.get_values(doctype, filters, "name", order_by="name asc", for_update=is_now, pluck=True)


@request_cache
def _indexed() -> set[tuple[str, str]]:
	"""(table, column) of every index's first column."""
	return set(
		frappe.db.sql(
			"""select table_name, column_name from information_schema.statistics
			where table_schema = database() and seq_in_index = 1"""
		)
	)


def _is_stored(doctype: str, field: str) -> bool:
	return (
		not frappe.get_meta(doctype).issingle
		and not frappe.get_meta(doctype).get("is_virtual")
		and frappe.db.table_exists(doctype)
		and field in frappe.db.get_table_columns(doctype)
	)
