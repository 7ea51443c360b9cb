"""Differences decided field by field: one proposes, another one decides, and what is taken goes the way of every change."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from social_care.registry.verification import (
	CONFIRMED,
	DEATH,
	DIED,
	DIFFERENCE,
	DIFFERS,
	FIELDS,
	QUESTION,
	SOURCE,
	VerificationError,
	rights,
)
from social_care.registry.verification.standing import UNDECIDED

TAKE, KEEP = "Take the Value of the Source", "Keep Our Value"
ACCEPTED, KEPT = "Accepted", "Ours Kept"


def propose(name: str, decision: str, reason: str = "") -> Document:
	"""Propose what becomes of a difference; where the source asks for one person alone, it is decided at once."""
	doc = _opened(name, rights.PROPOSERS)
	if doc.state not in UNDECIDED:
		_refuse(_("This difference is not open any more."))
	if decision not in (TAKE, KEEP):
		_refuse(_("Choose one of the two values."))
	if decision == KEEP and not reason.strip():
		_refuse(_("Write why our value is right."))
	stamp = {"proposed_by": frappe.session.user, "proposed_on": now_datetime()}
	doc.update({"decision": decision, "reason": reason, "refusal": "", "state": "Proposed", **stamp})
	if frappe.db.get_value(SOURCE, doc.source, "four_eyes"):
		doc.save(ignore_permissions=True)  # the role at the place was asked
	else:
		_carry_out(doc)
	return doc


def decide(name: str, approved: bool, refusal: str = "") -> Document:
	"""Approve a proposal, which carries it out, or refuse it with a reason, which opens the difference again."""
	doc = _opened(name, rights.DECIDERS)
	if doc.state != "Proposed":
		_refuse(_("Nothing is proposed for this difference."))
	if frappe.session.user == doc.proposed_by:
		frappe.throw(
			_("Somebody else has to decide: you have proposed this."),
			frappe.PermissionError,
			title=_("Four Eyes"),
		)
	if approved:
		_carry_out(doc)
	elif not refusal.strip():
		_refuse(_("Write the reason of the refusal."))
	else:
		doc.update({"state": "Not Yet Decided", "refusal": refusal, "decision": ""})
		doc.save(ignore_permissions=True)
	return doc


def _opened(name: str, roles: tuple[str, ...]) -> Document:
	"""The difference, locked, for who sees the person and holds one of the roles where the file is."""
	doc = frappe.get_doc(DIFFERENCE, name, for_update=True)
	doc.check_permission("read")
	place = frappe.db.get_value("Child", doc.child, ["org_unit", "institution"]) if doc.child else None
	rights.check(roles, *(place or (None, None)))
	return doc


def _carry_out(doc: Document) -> None:
	_check_unchanged(doc)
	if doc.decision == TAKE:
		_write(doc)
	doc.state = ACCEPTED if doc.decision == TAKE else KEPT
	doc.update({"decided_by": frappe.session.user, "decided_on": now_datetime()})
	doc.save(ignore_permissions=True)
	_settle(doc)


def _check_unchanged(doc: Document) -> None:
	"""What was compared still stands; else there is nothing to decide."""
	field = FIELDS.get(doc.field, "death_date")
	frappe.db.get_value("Person", doc.person, "name", for_update=True)
	if str(frappe.db.get_value("Person", doc.person, field) or "") != (doc.our_value or ""):
		_refuse(_("The value was changed meanwhile; the person has to be asked about anew."))


def _write(doc: Document) -> None:
	"""The value of the source, by the rules of the record and with its history, in which the difference is named."""
	target = frappe.get_doc("Child", doc.child) if doc.child and doc.field != DEATH else None
	target = target or frappe.get_doc("Person", doc.person)
	if doc.field == DEATH:
		target.update({"is_deceased": 1, "death_date": doc.registry_value or None})
	else:
		target.set(FIELDS[doc.field], doc.registry_value)
	target.flags.updater_reference = {
		"doctype": DIFFERENCE,
		"docname": doc.name,
		"label": _("by a decision on"),
	}
	target.flags.by_decision = True
	target.save(ignore_permissions=True)  # two people decided; the path of the file reviews it again


def _settle(doc: Document) -> None:
	"""The person's state after a decision: confirmed once everything is as the source says."""
	states = frappe.get_all(
		DIFFERENCE, {"question": doc.question}, pluck="state"
	)  # of the person that was opened
	answered = frappe.db.get_value(QUESTION, doc.question, "state")
	agreed = all(state == ACCEPTED for state in states)
	state = DIED if answered == DIED else CONFIRMED if agreed else DIFFERS
	values = {
		"identity_state": state,
		"identity_state_on": doc.answered_on,
		"identity_source": doc.source,
	}
	frappe.db.set_value("Person", doc.person, values, update_modified=False)


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, VerificationError, title=_("Verification of Identity"))
