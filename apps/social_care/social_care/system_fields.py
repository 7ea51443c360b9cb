"""What no client writes: read-only fields, and rows of other records' tables.

For the framework `read_only` is a wish of the form: by REST, `frappe.client`, bulk update and import, whoever may write a
record writes those fields, too. A controller calls `keep` first in `validate`, and its own rules fill the fields afterwards.
"""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.model import no_value_fields
from frappe.model.document import Document


def keep(doc: Document, fields: Iterable[str] | None = None, but: Iterable[str] = ()) -> None:
	"""Put back what was sent for read-only fields (all of the DocType, or `fields`): what is stored, or the default."""
	before = doc.get_doc_before_save()
	for df in _kept(doc.meta, fields, but):
		doc.set(df.fieldname, before.get(df.fieldname) if before else df.default)


def keep_rows(doc: Document, table: str, but: Iterable[str] = ()) -> None:
	"""The same for the read-only fields of a table's rows; a new row gets the default."""
	before = doc.get_doc_before_save()
	stored = {row.name: row for row in before.get(table)} if before else {}
	fields = _kept(frappe.get_meta(doc.meta.get_field(table).options), None, but)
	for row in doc.get(table):
		old = stored.get(row.name)
		for df in fields:
			row.set(df.fieldname, old.get(df.fieldname) if old else df.default)


def _kept(meta, fields: Iterable[str] | None, but: Iterable[str]) -> list:
	return [
		df
		for df in meta.fields
		if (df.fieldname in fields if fields else df.read_only)
		and df.fieldname not in but
		and df.fieldtype not in no_value_fields
		and not df.get("is_virtual")
	]


def check_rows(doc: Document, method: str | None = None) -> None:
	"""Refuse table rows of another record: the framework writes a row by its name wherever it stands, and takes it over."""
	before = doc.get_doc_before_save()
	if not before or doc.flags.ignore_permissions or frappe.session.user == "Administrator":
		return
	own = {(row.doctype, row.name) for row in before.get_all_children()}
	for row in doc.get_all_children():
		if (
			not row.is_new()
			and (row.doctype, row.name) not in own
			and frappe.db.exists(row.doctype, row.name)
		):
			frappe.throw(
				_("A row of another record cannot be taken over."),
				frappe.PermissionError,
				title=_("Not Permitted"),
			)
