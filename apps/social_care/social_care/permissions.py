"""The two permission hooks of the app, one pair for every DocType that carries a scope (DESIGN: one decision a DocType).

They answer for every DocType that has a scope rule, also for those born later (service packs, custom ones), and
abstain for all others. Nobody is let in who holds no Staff Assignment for the place of the row.
"""

import frappe
from frappe.model.document import Document

from social_care import compat
from social_care.scope import (
	condition,
	is_scoped,
	reference_condition,
	row_in_scope,
	values_in_scope,
)

READING = ("read", "select")
# Rows of the framework that hang on any record, with the columns that point to it: who may not see the record gets none.
HANGING = {
	"Activity Log": ("reference_doctype", "reference_name"),
	"Comment": ("reference_doctype", "reference_name"),
	"Communication": ("reference_doctype", "reference_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"Energy Point Log": ("reference_doctype", "reference_name"),
	"Notification Log": ("document_type", "document_name"),
	"Reminder": ("reminder_doctype", "reminder_docname"),
	"Tag Link": ("document_type", "document_name"),
	"ToDo": ("reference_type", "reference_name"),
	"Version": ("ref_doctype", "docname"),
	"Workflow Action": ("reference_doctype", "reference_name"),
}
CHANGING = {"write", "create", "delete", "submit", "cancel", "amend", "share"}


def get_permission_query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Condition for lists, counts, link search, reports and exports of `doctype`."""
	user = user or frappe.session.user
	if user == "Administrator" or not doctype:
		return ""
	return condition(doctype, user)


def get_reference_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Condition for the framework's rows that hang on records: nobody learns from them of records outside his scope."""
	user = user or frappe.session.user
	fields = HANGING.get(doctype or "")
	return reference_condition(doctype, *fields, user) if fields and user != "Administrator" else ""


def has_permission(
	doc: Document, ptype: str | None = None, user: str | None = None, debug: bool = False
) -> bool | None:
	"""Row decision: the stored row and, when it is being changed, the new values too must be in scope."""
	user = user or frappe.session.user
	if user != "Administrator" and doc.doctype in HANGING:
		return compat.allow() if _hangs_inside(doc, user) else False
	if user == "Administrator" or not is_scoped(doc.doctype):
		return compat.allow()
	return compat.allow() if _inside(doc, ptype or "read", user) else False


def _hangs_inside(doc: Document, user: str) -> bool:
	"""Whether the record on which the row hangs (now, and as it is stored) is the user's; a message is its receiver's."""
	if doc.doctype == "Notification Log" and doc.for_user != user:
		return False
	columns = HANGING[doc.doctype]
	stored = frappe.db.get_value(doc.doctype, doc.name, columns) if doc.name else None
	return all(
		not (kind and name and frappe.db.exists("DocType", kind, cache=True) and is_scoped(kind))
		or row_in_scope(kind, name, user)
		for kind, name in {tuple(doc.get(column) for column in columns), tuple(stored or ())} - {()}
	)


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
	for row, df in _scoped_links(doc):
		value = row.get(df.fieldname)
		if value and not _unchanged(before, row, df.fieldname) and not row_in_scope(df.options, value, user):
			frappe.throw(
				frappe._("{0}: you have no access to the record you chose.").format(frappe._(df.label)),
				frappe.PermissionError,
				title=frappe._("Outside Your Scope"),
			)


def _scoped_links(doc: Document):
	for row in [doc, *doc.get_all_children()]:
		for df in row.meta.get_link_fields():
			kept = df.read_only and row is doc  # by the controller; nobody keeps those of table rows
			if not kept and not df.ignore_user_permissions and is_scoped(df.options):
				yield row, df


def _unchanged(before: Document | None, row: Document, fieldname: str) -> bool:
	if not before:
		return False
	old = (
		before
		if row.doctype == before.doctype
		else next((d for d in before.get_all_children() if d.name == row.name), None)
	)
	return bool(old) and old.get(fieldname) == row.get(fieldname)
