"""What was done on a phone, applied once each, in the order of its doing and by the rules of the visit.

An operation is {id, kind, …}; the device makes the id, and an id that was applied is applied no second time, however often
it is sent. What the rules refuse, and what somebody changed meanwhile, comes back and stays on the device.
"""

import re

import frappe
from frappe import _
from frappe.database.database import savepoint
from frappe.model.document import Document
from frappe.utils import cint, now_datetime
from social_care.scope import row_visible

from social_care_inspections.inspections.phone import edits, shown
from social_care_inspections.inspections.visits import notes, states
from social_care_inspections.inspections.visits.people import is_inspector

APPLIED, CONFLICT, REFUSED = "applied", "conflict", "refused"
EDIT, BEGIN, NOTE, COMPLETE = "edit", "begin", "note", "complete"
KINDS = (EDIT, BEGIN, NOTE, COMPLETE)
MOST = 100
IDENTITY = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
NOTE_FIELDS = ("note_kind", "noted_on", "child", "person_heard", "age", "note", "suspects_violation")
REFUSALS = (frappe.ValidationError, frappe.PermissionError)


class PhoneOperationError(frappe.ValidationError):
	"""Something was sent that no phone sends."""


def apply(name: str, sent: list[dict]) -> dict:
	"""{results: [{id, state, message?, theirs?}], visit}. Raises PermissionError for whoever does not make the visit."""
	held(name)
	if len(sent) > MOST:
		refuse(_("Too many changes were sent at once."))
	for operation in sent:
		check(operation)
	results = [result for group in grouped(sent) for result in apply_group(name, group)]
	return {"results": results, "visit": shown.state(held(name))}


def held(name: str) -> Document:
	"""The visit, locked until the request ends, of whoever is ordered to make it."""
	if not row_visible(states.DOCTYPE, name):
		forbid()
	visit = frappe.get_doc(states.DOCTYPE, name, for_update=True)
	visit.check_permission("write")
	if not is_inspector(visit, frappe.session.user):
		forbid()
	return visit


def forbid() -> None:
	"""The same answer for a visit of others and for one that is not there."""
	message = _("Only an inspector of this visit takes this step.")
	frappe.throw(message, frappe.PermissionError, title=_(states.DOCTYPE))


def check(operation: dict) -> None:
	"""The shape of an operation; what it says is for the rules of the visit."""
	known = isinstance(operation, dict) and operation.get("kind") in KINDS
	check_identity(operation if known else {})


def check_identity(operation: dict) -> None:
	"""Without an id of the form that devices make nothing is applied."""
	if not IDENTITY.match(str(operation.get("id", ""))):
		refuse(_("The change that was sent is not understood."))


def refuse(message: str) -> None:
	frappe.throw(message, PhoneOperationError, title=_("Visit on a Phone"))


def grouped(sent: list[dict]) -> list[list[dict]]:
	"""Edits that follow one another are saved together; everything else stands alone."""
	groups: list[list[dict]] = []
	for operation in sent:
		if groups and operation["kind"] == EDIT == groups[-1][-1]["kind"]:
			groups[-1].append(operation)
		else:
			groups.append([operation])
	return groups


def apply_group(name: str, group: list[dict]) -> list[dict]:
	"""Together, or one by one where the rules refuse the whole."""
	results: list[dict] = []
	message = ""
	with savepoint(catch=REFUSALS):
		try:
			results = take(name, group)
		except REFUSALS as error:
			results, message = [], str(error)
			raise
	if results:
		return results
	frappe.clear_messages()
	if len(group) == 1:
		return [{"id": group[0]["id"], "state": REFUSED, "message": message}]
	return [result for operation in group for result in apply_group(name, [operation])]


def take(name: str, group: list[dict]) -> list[dict]:
	"""Apply what is new of a group in one save."""
	new = [operation for operation in group if claim(operation, name)]
	answers = {operation["id"]: {"state": APPLIED} for operation in group}
	if new and new[0]["kind"] == EDIT:
		answers |= edits.apply(held(name), new)
		give_back(identity for identity, answer in answers.items() if answer["state"] == CONFLICT)
	elif new:
		STEPS[new[0]["kind"]](name, new[0])
	return [{"id": identity, **answer} for identity, answer in answers.items()]


def claim(operation: dict, name: str) -> bool:
	"""Whether the operation is a new one; from now on it is not."""
	row = frappe.new_doc("Inspection Phone Operation")
	row.update({"operation": operation["id"], "institution_visit": name})
	try:
		row.insert(ignore_permissions=True)  # a note of the system that no role writes
	except frappe.DuplicateEntryError:
		frappe.clear_last_message()
		return False
	return True


def give_back(identities) -> None:
	"""What met another's edit was not applied: the inspector's choice comes as a new operation."""
	if lost := list(identities):
		frappe.db.delete("Inspection Phone Operation", {"name": ["in", lost]})


def begin(name: str, operation: dict) -> None:
	"""The visit begins on the day that the phone says; one that a colleague has begun goes on."""
	visit = held(name)
	if visit.status == states.BEGUN:
		return
	visit.update({"status": states.BEGUN, "visited_on": operation.get("visited_on") or None})
	visit.save()


def complete(name: str, operation: dict) -> None:
	visit = held(name)
	if visit.status == states.COMPLETED:
		return
	visit.status = states.COMPLETED
	visit.save()


def add_note(name: str, operation: dict) -> None:
	"""A sealed note, in the name of the session user. Nothing of it is ever sent down."""
	said = operation.get("note") if isinstance(operation.get("note"), dict) else {}
	values = {field: said.get(field) for field in NOTE_FIELDS}
	values["noted_on"] = shown.moment(values["noted_on"]) or now_datetime()
	values |= {"age": cint(values["age"]), "suspects_violation": cint(values["suspects_violation"])}
	if values["note_kind"] != notes.WITH_CHILD:
		values |= {"child": None, "age": 0}
	frappe.get_doc({"doctype": "Inspection Sealed Note", "institution_visit": name, **values}).insert()


STEPS = {BEGIN: begin, COMPLETE: complete, NOTE: add_note}
