"""A change asked for, taken back, or undone by another request."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint, getdate, now_datetime, nowdate

from social_care.governance.change_requests import (
	APPLIED,
	AT_DIRECTORATE,
	AT_HEADQUARTERS,
	REQUEST,
	WAITING,
	WITHDRAWN,
	ChangeRequestError,
	notices,
	rules,
)
from social_care.registry import identity
from social_care.registry.changes import differs
from social_care.registry.levels import field_readable


def open_fields(child: str) -> list[dict]:
	"""Fields of a file whose change the reader may ask for: {"fieldname", "label", "fieldtype", "options", "value"}."""
	doc = _file(child)
	fields = [doc.meta.get_field(name) for name in rules.protected(doc) if field_readable("Child", name)]
	return [
		{
			"fieldname": df.fieldname,
			"label": _(df.label),
			"fieldtype": df.fieldtype,
			"options": df.options or "",
			"value": str(doc.get(df.fieldname) or ""),
		}
		for df in fields
	]


def ask(child: str, field: str, value: str, reason: str, paper: str, undo_of: str = "") -> Document:
	"""Ask for another value of a protected field, for who reads the file and the field. One request at a time for a field."""
	doc = _file(child, lock=True)
	rule = rules.protected(doc).get(field)
	if not rule or not field_readable("Child", field):
		refuse(_("This field is not changed by a request."))
	if not (reason or "").strip() or not (paper or "").strip():
		refuse(_("Write the reason, and the document that proves it."))
	if frappe.db.exists(REQUEST, {"child": child, "field": field, "state": ["in", WAITING]}):
		refuse(_("A request for this field is waiting already."))
	old, new = doc.get(field), checked(doc, field, value)
	if undo_of == "" and not differs(frappe._dict({field: new}), frappe._dict({field: old}), field):
		refuse(_("This is the value that stands."))
	return _store(
		doc,
		field,
		rule,
		{"old_value": _text(old), "new_value": _text(new), "reason": reason, "paper": paper},
		undo_of,
	)


def _store(doc: Document, field: str, rule: Document, told: dict, undo_of: str) -> Document:
	df = doc.meta.get_field(field)
	request = frappe.new_doc(REQUEST)
	request.update(told)
	request.update({"child": doc.name, "field": field, "field_label": df.label, "level": df.permlevel or 0})
	request.update({"record_type": "Child", "undo_of": undo_of or None})
	request.update({"requested_by": frappe.session.user, "requested_on": now_datetime()})
	request.state = AT_DIRECTORATE if rule.directorate or not rule.headquarters else AT_HEADQUARTERS
	request.through_headquarters = cint(rule.headquarters)
	request.due_on = add_days(nowdate(), rule.days or 0)
	request.insert(ignore_permissions=True)  # the right to read the field was asked
	notices.tell_deciders(request)
	return request


def withdraw(name: str) -> Document:
	"""Whoever asked takes it back."""
	request = opened(name)
	if request.state not in WAITING:
		refuse(_("This request is decided already."))
	if frappe.session.user != request.requested_by:
		frappe.throw(
			_("Only who asked takes a request back."), frappe.PermissionError, title=_("Not Permitted")
		)
	request.state = WITHDRAWN
	request.save(ignore_permissions=True)
	return request


def undo(name: str, reason: str) -> Document:
	"""Ask that the former value comes back: a request like any other. Refused where somebody changed the value since."""
	done = opened(name)
	if done.state != APPLIED:
		refuse(_("Only a change that was applied can be undone."))
	if _text(frappe.db.get_value("Child", done.child, done.field)) != (done.new_value or ""):
		refuse(_("The value was changed since; ask for a change of its own."))
	return ask(done.child, done.field, done.old_value or "", reason, done.paper, undo_of=done.name)


def opened(name: str) -> Document:
	"""The request, locked, for who may see it."""
	request = frappe.get_doc(REQUEST, name, for_update=True)
	request.check_permission("read")
	return request


def checked(doc: Document, field: str, value: str):
	"""The value as the file would take it. Raises what the file's own rules raise."""
	df, probe = doc.meta.get_field(field), frappe.get_doc("Child", doc.name)
	probe.set(field, (getdate(value) if df.fieldtype == "Date" else value) if value else None)
	probe.load_doc_before_save()
	if df.reqd and not value:
		refuse(_("This field cannot be empty."))
	if df.fieldtype == "Link" and value and not frappe.db.exists(df.options, value):
		refuse(_("This is not in the list."))
	probe._validate_selects()
	probe._validate_length()
	identity.complete_identity(probe)
	frappe.clear_messages()  # doubts about the number are told when it is saved
	return probe.get(field)


def _file(child: str, lock: bool = False) -> Document:
	doc = frappe.get_doc("Child", child, for_update=lock)
	doc.check_permission("read")
	return doc


def _text(value) -> str:
	return str(value or "")


def refuse(sentence: str) -> None:
	frappe.throw(sentence, ChangeRequestError, title=_("Changed by Request"))
