"""What a row hangs on, found from the schema: pairs of a field that names a DocType and a field that names a record."""

from typing import NamedTuple

import frappe
from frappe.model import table_fields
from frappe.model.document import Document
from frappe.model.meta import Meta

from social_care.organisation.grants import request_cache

NAMES = ("{stem}name", "{stem}docname", "{stem}document", "docname", "document_name")
NAMING = ("Data", "Dynamic Link", "Read Only", "Small Text")
OWN_RULE = {"File"}  # social_care/files.py


class Pair(NamedTuple):
	"""Names of the two fields of a reference."""

	type_field: str
	name_field: str


def pairs(doctype: str) -> tuple[Pair, ...]:
	"""References of a DocType's rows to records of any kind; none where another module has the rule."""
	cache = request_cache("social_care_references")
	if doctype not in cache:
		cache[doctype] = () if doctype in OWN_RULE else tuple(sorted(_find(frappe.get_meta(doctype))))
	return cache[doctype]


def table_pairs(doctype: str) -> dict[str, tuple[Pair, ...]]:
	"""References in the tables of a DocType, by the tables' DocTypes."""
	tables = {df.options for df in frappe.get_meta(doctype).fields if df.fieldtype in table_fields}
	return {table: found for table in sorted(tables) if table and (found := pairs(table))}


def hangs(doctype: str) -> bool:
	"""Whether rows of the DocType can hang on records."""
	return bool(pairs(doctype) or table_pairs(doctype))


def targets(doc: Document) -> list[tuple[str, str]]:
	"""DocType and name of every record that the document in memory hangs on."""
	return [
		(kind, name)
		for row in [doc, *doc.get_all_children()]
		for pair in pairs(row.doctype)
		if (kind := row.get(pair.type_field)) and (name := row.get(pair.name_field))
	]


def _find(meta: Meta) -> set[Pair]:
	found = {
		Pair(df.options, df.fieldname)
		for df in meta.get("fields", {"fieldtype": "Dynamic Link"})
		if df.options
	}
	for df in meta.fields:
		if pair := _pair_of(meta, df):
			found.add(pair)
	named = frappe.get_hooks("social_care_references", default={}).get(meta.name, [])
	return found | {Pair(*fields) for fields in named}


def _pair_of(meta: Meta, df) -> Pair | None:
	"""A field that names a DocType, with the field that by its name belongs to it."""
	stem = next(
		(df.fieldname.removesuffix(end) for end in ("doctype", "type") if df.fieldname.endswith(end)), None
	)
	linked = df.fieldtype == "Link" and df.options == "DocType"
	if stem is None or not (linked or (df.fieldtype == "Data" and df.fieldname.endswith("doctype"))):
		return None
	for candidate in (name.format(stem=stem) for name in NAMES):
		field = meta.get_field(candidate)
		if field and field.fieldtype in NAMING:
			return Pair(df.fieldname, candidate)
	return None
