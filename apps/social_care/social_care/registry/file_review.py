"""The path of a child's file: draft, submitted by the institution, reviewed by the directorate, approved.

The states, the roles and the actions are the Workflow «Child File», which an administrator may edit. What stands
here holds however a file is saved: form, REST, bulk action, import.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow
from frappe.utils import comma_and, now

from social_care.organisation.grants import roles_at
from social_care.organisation.transitions import check_role_at_place
from social_care.registry.changes import differs, plain
from social_care.registry.matching import possible

DRAFT, SUBMITTED, REVIEWED, APPROVED, RETURNED = (
	"Draft",
	"Submitted by Institution",
	"Reviewed by Directorate",
	"Approved",
	"Returned",
)
REVIEW_FIELDS = {"file_state", "return_reason", "naming_series"}


class FileReviewError(frappe.ValidationError):
	"""A step of the file's path that is not open now."""


class FourEyesError(frappe.PermissionError):
	"""The same person on both sides of a check."""


def guard(doc: Document) -> None:
	"""Every rule of the path for a save of a Child, and the stamps that belong to the step."""
	before = doc.get_doc_before_save()
	changed = changed_fields(doc, before)
	old, new = (before.file_state, doc.file_state) if before else (DRAFT, doc.file_state or DRAFT)
	if changed:
		_add_editor(doc)
	if old == new:
		_edit_in_state(doc, old, changed)
	else:
		if before:
			check_role_at_place(before, new, before.institution, _("File Review"))
		STEPS.get(new, lambda _doc: None)(doc)


def changed_fields(doc: Document, before: Document | None) -> set[str]:
	"""Names of content fields (not of the path, not kept by the system) that this save changes."""
	fields = [df for df in doc.meta.fields if df.fieldname not in REVIEW_FIELDS and not df.read_only]
	data = [
		df for df in fields if df.fieldtype not in frappe.model.no_value_fields and not df.get("is_virtual")
	]
	tables = doc.meta.get_table_fields()
	plain = {df.fieldname for df in data if differs(doc, before, df.fieldname)}
	if not before:
		return plain
	return plain | {df.fieldname for df in tables if _rows(doc, df.fieldname) != _rows(before, df.fieldname)}


def _rows(doc: Document, table: str) -> list[tuple]:
	fields = [
		df.fieldname
		for df in frappe.get_meta(doc.meta.get_field(table).options).fields
		if df.fieldtype not in frappe.model.no_value_fields
	]
	return [tuple(plain(row.get(field)) for field in fields) for row in doc.get(table)]


def _add_editor(doc: Document) -> None:
	editors = set((doc.content_editors or "").split())
	doc.content_editors = "\n".join(sorted(editors | {frappe.session.user}))


def _edit_in_state(doc: Document, state: str, changed: set[str]) -> None:
	if not changed or frappe.session.user == "Administrator" or doc.flags.by_decision:
		pass  # a decision on a value asks for rights of its own
	elif not editing_roles(state) & roles_at(frappe.session.user, doc.org_unit, doc.institution):
		_refuse(_("The file is {0}; it cannot be edited now by you.").format(_(state)))
	if state == APPROVED and changed & protected_fields():
		reopen(doc)


def editing_roles(state: str) -> set[str]:
	"""Roles that may edit a file in a state, from the Workflow."""
	return {row.allow_edit for row in get_workflow("Child").states if row.state == state}


def protected_fields() -> set[str]:
	"""Fields whose change after approval is reviewed again (Social Care Settings)."""
	return {row.field for row in frappe.get_cached_doc("Social Care Settings").protected_fields}


def reopen(doc: Document) -> None:
	"""Put an approved file back before the directorate, because a protected field was changed."""
	doc.file_state = SUBMITTED
	_submit(doc)
	frappe.msgprint(
		_(
			"Protected data of an approved file was changed; the file goes to the directorate for review again."
		),
		title=_("Review Again"),
		indicator="orange",
	)


def _submit(doc: Document) -> None:
	missing = [
		row.field
		for row in frappe.get_cached_doc("Social Care Settings").required_to_submit
		if not doc.get(row.field)
	]
	if missing:
		labels = [_(doc.meta.get_label(field)) for field in missing]
		_refuse(
			_("Before the file can be submitted, please complete: {0}").format(
				comma_and(labels, add_quotes=False)
			)
		)
	possible.require_reason(doc)
	_stamp(doc, "submitted")
	doc.update(
		{
			"return_reason": "",
			"reviewed_by": None,
			"reviewed_on": None,
			"approved_by": None,
			"approved_on": None,
		}
	)


def _return(doc: Document) -> None:
	if not (doc.return_reason or "").strip():
		_refuse(_("Write the reason for returning the file."))


def _review(doc: Document) -> None:
	_four_eyes(doc)
	_stamp(doc, "reviewed")


def _approve(doc: Document) -> None:
	from social_care.registry.duplicates import has_open_number_clash

	_four_eyes(doc)
	settings = frappe.get_cached_doc("Social Care Settings")
	if settings.distinct_reviewer_and_approver and doc.reviewed_by == frappe.session.user:
		_same_person(_("Whoever reviewed the file may not approve it."))
	if has_open_number_clash(doc.person):
		_refuse(
			_("Another person bears the same national number; the possible duplicate must be decided first.")
		)
	_stamp(doc, "approved")
	doc.content_editors = ""


def _four_eyes(doc: Document) -> None:
	entered = {doc.owner, doc.submitted_by, *(doc.content_editors or "").split()}
	if frappe.session.user in entered:
		_same_person(_("Whoever entered or edited the file may not review or approve it."))


def _same_person(message: str) -> None:
	frappe.throw(message, FourEyesError, title=_("Four Eyes"))


def _stamp(doc: Document, step: str) -> None:
	doc.set(f"{step}_by", frappe.session.user)
	doc.set(f"{step}_on", now())


def _refuse(message: str) -> None:
	frappe.throw(message, FileReviewError, title=_("File Review"))


STEPS = {SUBMITTED: _submit, RETURNED: _return, REVIEWED: _review, APPROVED: _approve}
