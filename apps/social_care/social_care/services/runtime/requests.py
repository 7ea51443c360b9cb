"""The events of a request, as named steps. Registered for every DocType; it has to be quick where it is none of ours."""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care import workflow_actions
from social_care.services import versions
from social_care.services.runtime import (
	beginning,
	certificates,
	clock,
	documents,
	form,
	persons,
	records,
	rules,
	steps,
	units,
)

KEPT = (
	*("service", "pack_version", "submitted_on", "due_on", "state_due_on", "overdue", "channel", "person"),
	*("decided_by", "decided_on", "closed_on", "working_days", "paused_days", "external_days", "fee_amount"),
	*("rating", "rating_comment", "asked_users", "priority_points", "second_unit"),
)


def is_request(doc: Document) -> bool:
	"""Whether the record is a request of a service."""
	meta = doc.meta
	return bool(meta.custom) and meta.module == "Services" and meta.has_field("pack_version")


def before_validate(doc: Document, method: str | None = None) -> None:
	"""First values of a new request, and of a stored one what nobody but the system writes."""
	if not is_request(doc):
		return
	if doc.is_new():
		beginning.begin(doc)
		units.drop_sent(doc)
	else:
		keep_system_fields(doc)


def keep_system_fields(doc: Document) -> None:
	"""Put back what a client sent for fields that the system keeps; tables of the system row by row."""
	before = doc.get_doc_before_save()
	if before and doc.flags.by_citizen:
		before.flags.ignore_permissions = True  # the framework asks the stored row for its open steps
	if not before or doc.flags.by_system:
		return
	for field in KEPT:
		doc.set(field, before.get(field))
	doc.set("clock", before.clock)
	beginning.keep_place(doc, before)
	units.keep_places(doc, before, versions.at(doc.service, doc.pack_version))
	rules.keep(doc, before)
	documents.keep(doc, before)


def validate(doc: Document, method: str | None = None) -> None:
	"""Every rule that holds however a request is saved: form, REST, import, bulk action, citizen's page."""
	if not is_request(doc):
		return
	pack = versions.at(doc.service, doc.pack_version)
	persons.complete_applicant(doc)
	documents.check(doc, pack)
	form.check(doc, pack)
	documents.list_asked(doc, pack)
	rules.evaluate(doc, pack)
	steps.guard(doc, pack)
	clock.follow(doc, pack)
	if not doc.is_new():
		note_next_step(doc)


def note_next_step(doc: Document) -> None:
	"""Before the framework's own turn after the save, which would ask for every holder of a role in the country."""
	workflow_actions.note_next_step(doc, "status")


def on_update(doc: Document, method: str | None = None) -> None:
	"""What follows from a saved request."""
	if not is_request(doc):
		return
	if doc.flags.by_record:  # what is handed out then is the record's
		return
	certificates.issue_for_state(doc, versions.at(doc.service, doc.pack_version))
	records.after_step(doc)


def after_insert(doc: Document, method: str | None = None) -> None:
	if is_request(doc):
		beginning.count_on_receipt(doc)
		note_next_step(doc)


def on_trash(doc: Document, method: str | None = None) -> None:
	"""A request is withdrawn or closed, never deleted."""
	if is_request(doc):
		frappe.throw(_("A request is never deleted."), frappe.PermissionError, title=_("Not Deleted"))
