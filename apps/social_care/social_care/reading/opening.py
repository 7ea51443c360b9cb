"""Opening one child's file to somebody beyond its place: emergency access of one user, and grants between units.

Both give the right to read that file, with the levels of fields that the reader's roles have anyway, from one moment to
another. Who asks does not decide; the file's own side decides, may revoke at any moment, and is told of every emergency.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, add_to_date, cint, now_datetime, nowdate

from social_care.organisation.grants import forget_grants, roles_at
from social_care.reading import opened
from social_care.reading.opened import ASKED, BETWEEN_UNITS, EMERGENCY, GRANT, OPEN, REFUSED, REVOKED
from social_care.registry import notices
from social_care.registry.moves.notices import staff
from social_care.scope import row_in_scope

DIRECTORATE, HEADQUARTERS = "Directorate Director", "Central Administration Head"
HEADS = {
	BETWEEN_UNITS: {"Institution Director", DIRECTORATE, HEADQUARTERS},
	EMERGENCY: {DIRECTORATE, HEADQUARTERS},
}
TOLD = ("Institution Director", DIRECTORATE, "Directorate Data Officer")
SETTINGS = "Reading Control Settings"
TRIES = "social_care_file_tries"
DAY = 24 * 60 * 60  # seconds
LEAST_WORDS = 15  # characters of a reason


class AccessRefusedError(frappe.PermissionError):
	"""A file that is not opened, or a decision that is not the user's."""


def ask_emergency(child: str, purpose: str, reason: str) -> dict:
	"""Open a file at once, or (by the settings) ask for it, for the session user alone. Answers {name, state, closes_at}."""
	_check_asker(child, reason)
	_check_number_of_the_day()  # before the insert, with the user's row held: requests side by side count each other
	hours = cint(_settings().emergency_hours)
	doc = _request(EMERGENCY, child, purpose, reason, hours)
	if not _settings().emergency_approval:
		_open(doc, hours)
	_make(doc)
	forget_grants()
	_tell_owners(doc)
	return _answer(doc)


def ask_between_units(child: str, purpose: str, reason: str, days: int) -> dict:
	"""Ask the unit of a file to open it to one's own unit for some days."""
	_check_asker(child, reason)
	longest = cint(_settings().grant_longest_days)
	if not 0 < cint(days) <= longest:
		frappe.throw(
			_("A file is opened for one day or more, at most: {0}.").format(longest),
			title=_("File Access Grant"),
		)
	doc = _request(BETWEEN_UNITS, child, purpose, reason, cint(days) * 24)
	_make(doc)
	_tell_owners(doc)
	return _answer(doc)


def decide(name: str, approve: bool, note: str) -> dict:
	"""Approve or refuse, by a head of the file's side who did not ask himself."""
	doc = _locked(name)
	_check_decider(doc)
	if doc.state != ASKED:
		frappe.throw(_("This request has been decided already."), title=_("File Access Grant"))
	if _has_lapsed(doc):
		frappe.throw(
			_("Nobody decided this request in time, so it has lapsed."), title=_("File Access Grant")
		)
	if not approve and not (note or "").strip():
		frappe.throw(
			_("Write the reason for the decision."), frappe.MandatoryError, title=_("File Access Grant")
		)
	if approve:
		_open(doc, doc.hours)
	else:
		doc.state = REFUSED
	doc.update({"decided_by": frappe.session.user, "decided_at": now_datetime(), "decision_note": note})
	return _keep(doc, [doc.asked_by])


def revoke(name: str, note: str = "") -> dict:
	"""Close an open file before its time, or take a request back: the file's side, or whoever asked."""
	doc = _locked(name)
	if frappe.session.user != doc.asked_by:
		_check_decider(doc)
	if doc.state not in (ASKED, OPEN):
		frappe.throw(_("This access is closed already."), title=_("File Access Grant"))
	doc.update({"state": REVOKED, "revoked_by": frappe.session.user, "revoked_at": now_datetime()})
	doc.decision_note = note or doc.decision_note
	return _keep(doc, [doc.asked_by])


def may_decide(doc: Document) -> bool:
	"""Whether the session user is a head of the file's side, as it stands today, and did not ask himself."""
	user = frappe.session.user
	place = frappe.db.get_value("Child", doc.child, ["org_unit", "institution"])
	return bool(place) and user != doc.asked_by and bool(HEADS[doc.kind] & roles_at(user, *place))


def _settings() -> Document:
	return frappe.get_cached_doc(SETTINGS)


def _check_asker(child: str, reason: str) -> None:
	"""Only whoever reads children's files anyway may ask; levels of fields come from his roles."""
	if not opened.reads_files(frappe.session.user):
		_refuse(_("Only staff who read children's files may ask for one."))
	if len((reason or "").strip()) < LEAST_WORDS:
		frappe.throw(
			_("Write the reason in a whole sentence."), frappe.MandatoryError, title=_("File Access Grant")
		)
	_count_try()  # before the answer says whether there is such a file
	if not frappe.db.exists("Child", child):
		_refuse(_("There is no file with this code."))
	if row_in_scope("Child", child, frappe.session.user):
		_refuse(_("This file is open to you already."))


def _count_try() -> None:
	"""Tries of both kinds of one user in a day. They are counted outside the transaction: a refused one stays counted."""
	key = frappe.cache.make_key(f"{TRIES}:{nowdate()}:{frappe.session.user}")
	tries = frappe.cache.incrby(key, 1)
	frappe.cache.expire(key, DAY)
	if tries > cint(_settings().tries_a_day):
		_refuse(_("You have asked for too many files today; please try again tomorrow."))


def _check_number_of_the_day() -> None:
	user, table = frappe.session.user, frappe.qb.DocType(GRANT)
	frappe.db.get_value("User", user, "name", for_update=True)
	made = (  # a locking read sees what others have committed since this transaction began
		frappe.qb.from_(table)
		.select(table.name)
		.where((table.kind == EMERGENCY) & (table.asked_by == user) & (table.asked_at >= nowdate()))
		.for_update()
		.run()
	)
	if len(made) >= cint(_settings().emergency_a_day):
		_refuse(_("You have used all emergency accesses of today; ask the unit of the file."))


def _request(kind: str, child: str, purpose: str, reason: str, hours: int) -> Document:
	unit, institution = opened.asking_place(frappe.session.user)
	owner = frappe.db.get_value("Child", child, ["org_unit", "institution"], as_dict=True)
	return frappe.get_doc(
		{
			"doctype": GRANT,
			"kind": kind,
			"child": child,
			"purpose": purpose,
			"reason": reason.strip(),
			"state": ASKED,
			"hours": hours,
			"asked_by": frappe.session.user,
			"asked_at": now_datetime(),
			"asking_unit": unit,
			"asking_institution": institution,
			"owner_unit": owner.org_unit,
			"owner_institution": owner.institution,
		}
	)


def _make(doc: Document) -> None:
	doc.flags.by_service = True
	doc.insert(
		ignore_permissions=True
	)  # nobody has the right to make such rows; who may ask was checked above


def _open(doc: Document, hours: int) -> None:
	now = now_datetime()
	doc.update({"state": OPEN, "opens_at": now, "closes_at": add_to_date(now, hours=cint(hours))})


def _locked(name: str) -> Document:
	"""The request as it stands, held until it is decided, so that two heads do not decide it twice."""
	frappe.get_doc(GRANT, name).check_permission("read")
	return frappe.get_doc(GRANT, name, for_update=True)


def _check_decider(doc: Document) -> None:
	if doc.asked_by == frappe.session.user:
		_refuse(_("Whoever asks for a file does not decide on it."))
	if not may_decide(doc):
		_refuse(_("Only a head of the unit that the file belongs to decides this."))


def _has_lapsed(doc: Document) -> bool:
	return add_days(doc.asked_at, cint(_settings().ask_within_days)) < now_datetime()


def _keep(doc: Document, told: list[str]) -> dict:
	doc.flags.by_service = True
	doc.save(
		ignore_permissions=True
	)  # nobody has the right to change such rows; who may decide was checked above
	forget_grants()
	sentence = _("Access to the file {0}: {1}").format(doc.child, _(doc.state))
	notices.notify([user for user in told if user != frappe.session.user], sentence, GRANT, doc.name)
	return _answer(doc)


def _tell_owners(doc: Document) -> None:
	"""The heads and the data officer of the file's side."""
	users = set(notices.responsible(doc.owner_unit, TOLD)) | staff(doc.owner_institution, TOLD)
	opened_now = doc.state == OPEN
	sentence = (
		_("Emergency access to the file {0} was opened; see who and why.")
		if opened_now
		else _("Access to the file {0} is asked for and waits for your decision.")
	)
	notices.notify(sorted(users - {frappe.session.user}), sentence.format(doc.child), GRANT, doc.name)


def _answer(doc: Document) -> dict:
	return {"name": doc.name, "state": doc.state, "closes_at": str(doc.closes_at) if doc.closes_at else None}


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, AccessRefusedError, title=_("File Access Grant"))
