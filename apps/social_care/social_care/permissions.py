"""The two permission hooks of the app, one pair for every DocType that carries a scope (DESIGN: one decision a DocType).

They answer for every DocType that has a scope rule, also for those born later (service packs, custom ones): nobody is let
in who holds no Staff Assignment for the place of the row. Of all other DocTypes they ask what their rows hang on and whose
they are (`framework_doors/`).
"""

from collections.abc import Iterator

import frappe
from frappe.model.document import Document

from social_care import compat
from social_care.framework_doors import references, rows
from social_care.scope import (
	condition,
	is_scoped,
	row_in_scope,
	searching,
	values_in_scope,
)

READING = ("read", "select")
CHANGING = {"write", "create", "delete", "submit", "cancel", "amend", "share"}


def get_permission_query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Condition for lists, counts, link search, reports and exports of `doctype`."""
	user = user or frappe.session.user
	if user == "Administrator" or not doctype:
		return ""
	if not is_scoped(doctype):
		return rows.get_condition(doctype, user)
	return condition(doctype, user, **searching.asked(doctype))


def has_permission(
	doc: Document, ptype: str | None = None, user: str | None = None, debug: bool = False
) -> bool | None:
	"""Row decision: the stored row and, when it is being changed, the new values too must be in scope."""
	user = user or frappe.session.user
	if user == "Administrator":
		return compat.allow()
	decide = _inside if is_scoped(doc.doctype) else rows.may
	return compat.allow() if decide(doc, ptype or "read", user) else False


def _inside(doc: Document, ptype: str, user: str) -> bool:
	ptypes = READING if ptype in READING else (ptype,)
	stored = bool(doc.name) and bool(frappe.db.exists(doc.doctype, doc.name))
	if stored and not row_in_scope(doc.doctype, doc.name, user, ptypes):
		return False
	if stored and ptype not in CHANGING:
		return True
	return values_in_scope(doc, user, ptypes, stored)


def check_links(doc: Document, method: str | None = None) -> None:
	"""Refuse a new or changed link to a scoped row that the user cannot read (it would open that row to him)."""
	user = frappe.session.user
	if (
		user == "Administrator"
		or doc.flags.ignore_permissions
		or doc.flags.ignore_links
		or frappe.flags.in_install
	):
		return
	before = doc.get_doc_before_save()
	for row, fieldname, target in scoped_links(doc):
		value = row.get(fieldname)
		if (
			value
			and not _unchanged(before, row, fieldname)
			and not row_in_scope(target, value, user, opened=False)
		):
			frappe.throw(
				frappe._("{0}: you have no access to the record you chose.").format(
					frappe._(row.meta.get_label(fieldname))
				),
				frappe.PermissionError,
				title=frappe._("Outside Your Scope"),
			)


def scoped_links(doc: Document) -> Iterator[tuple[Document, str, str]]:
	"""Row, field and DocType of every link to scoped rows, also of those whose DocType another field names."""
	for row in [doc, *doc.get_all_children()]:
		for df in row.meta.get_link_fields():
			kept = df.read_only and row is doc  # by the controller; nobody keeps those of table rows
			if not kept and not df.ignore_user_permissions and is_scoped(df.options):
				yield row, df.fieldname, df.options
		for pair in references.pairs(row.doctype):
			target = row.get(pair.type_field)
			if target and frappe.db.exists("DocType", target, cache=True) and is_scoped(target):
				yield row, pair.name_field, target


def _unchanged(before: Document | None, row: Document, fieldname: str) -> bool:
	if not before:
		return False
	old = (
		before
		if row.doctype == before.doctype
		else next((d for d in before.get_all_children() if d.name == row.name), None)
	)
	return bool(old) and old.get(fieldname) == row.get(fieldname)
