"""A request decided: at the directorate, at headquarters, or at both, by others than who asked; then applied by the file's save."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from social_care.governance.change_requests import (
	APPLIED,
	AT_DIRECTORATE,
	AT_HEADQUARTERS,
	CONFLICT,
	REFUSED,
	REQUEST,
	WAITING,
	notices,
)
from social_care.governance.change_requests.asking import opened, refuse
from social_care.organisation.grants import roles_at

DECIDERS = {AT_DIRECTORATE: ("Directorate Director",), AT_HEADQUARTERS: ("Central Administration Head",)}
STAMPS = {AT_DIRECTORATE: "directorate", AT_HEADQUARTERS: "headquarters"}


def decide(name: str, approved: bool, note: str = "") -> Document:
	"""Approve the step that the request waits for, or refuse the request with a reason. The last step applies it; where the value
	was changed meanwhile the request ends as a conflict and nothing is written."""
	request = opened(name)
	if request.state not in WAITING:
		refuse(_("This request is decided already."))
	child = frappe.get_doc("Child", request.child, for_update=True)
	_check_decider(request, child)
	if not approved and not (note or "").strip():
		refuse(_("Write the reason of the refusal."))
	stamp = STAMPS[request.state]
	request.update({f"{stamp}_by": frappe.session.user, f"{stamp}_on": now_datetime(), "note": note})
	request.state = _next_state(request, approved)
	if request.state == APPLIED:
		_apply(request, child)
	request.save(ignore_permissions=True)  # the role at the place was asked
	notices.tell_deciders(request) if request.state in WAITING else notices.tell_asker(request)
	return request


def _check_decider(request: Document, child: Document) -> None:
	user = frappe.session.user
	if not set(DECIDERS[request.state]) & roles_at(user, child.org_unit, child.institution):
		frappe.throw(_("Your role does not do this here."), frappe.PermissionError, title=_("Not Permitted"))
	if user in (request.requested_by, request.directorate_by):
		frappe.throw(
			_("Somebody else has to decide: you have signed this already."),
			frappe.PermissionError,
			title=_("Four Eyes"),
		)


def _next_state(request: Document, approved: bool) -> str:
	if not approved:
		return REFUSED
	if request.state == AT_DIRECTORATE and request.through_headquarters:
		return AT_HEADQUARTERS
	return APPLIED


def _apply(request: Document, child: Document) -> None:
	"""Write the value by the rules of the file, with a version that names the request."""
	if str(child.get(request.field) or "") != (request.old_value or ""):
		request.state = CONFLICT
		return
	is_date = child.meta.get_field(request.field).fieldtype == "Date"
	value = request.new_value or None
	child.set(request.field, getdate(value) if is_date and value else value)
	label = _("by request")
	child.flags.updater_reference = {"doctype": REQUEST, "docname": request.name, "label": label}
	child.flags.by_decision = True
	child.save(ignore_permissions=True)
