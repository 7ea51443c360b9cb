"""The public page of complaints: sent without an account, with or without a name, and followed by number and secret word.

Nothing is listed, and nothing of a sender who gives no name is stored: no address, no account, no device.
"""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, format_date
from social_care.services.citizens import answers, places, visits
from social_care.services.citizens.answers import Unreadable
from social_care.services.citizens.apply import PAGE_KEY

from social_care_inspections.inspections.complaints import states

FEWEST = 10  # signs of a text that says something
SENDERS = ("Citizen", "Family of a Child", "Child of the Institution", "Worker of the Institution")
FIELDS = [
	{"name": name, "type": kind}
	for name, kind in {
		"governorate": "text",
		"institution": "text",
		"institution_as_written": "text",
		"complaint_kind": "text",
		"abuse_alleged": "yes_no",
		"about_office": "yes_no",
		"description": "long_text",
		"with_name": "yes_no",
		"sender_kind": "text",
		"full_name": "text",
		"telephone": "text",
	}.items()
]


class ComplaintPageError(frappe.ValidationError):
	"""The page is closed, was not opened rightly, or nothing has this number and this word."""


def is_open() -> bool:
	return bool(cint(frappe.get_cached_doc("Inspection Settings").complaints_in_public))


def check_open() -> None:
	visits.check_guest()
	if not is_open():
		refuse(_("Complaints are not taken on this page now."))


def kinds() -> list[str]:
	return frappe.get_meta(states.COMPLAINT).get_field("complaint_kind").options.split("\n")


def institutions(governorate: str) -> list[list[str]]:
	"""[[key, name]] of institutions of a governorate that are named on public pages."""
	check_open()
	return places.institutions(places.known(str(governorate)))


def send(data: str, page_key: str) -> dict:
	"""{"receipt", "secret"} of a new complaint, or {"errors": {field: sentence}}. The same page key is one complaint."""
	check_open()
	if not isinstance(page_key, str) or not PAGE_KEY.fullmatch(page_key):
		refuse(_("Please open the page again."))
	if known := sent_before(page_key):
		return told(known, page_key)
	try:
		values, wrong = answers.read(FIELDS, answers.parsed(data))
	except Unreadable as error:
		return {"errors": {"": str(error)}}
	wrong |= missing(values)
	return {"errors": wrong} if wrong else store(values, page_key)


def sent_before(page_key: str) -> str | None:
	return frappe.db.get_value(states.RECEIPT, {"page_key": visits.page_digest(page_key)})


def told(receipt: str, page_key: str) -> dict:
	return {"receipt": receipt, "secret": visits.secret_word(page_key)}


def missing(values: dict[str, Any]) -> dict[str, str]:
	"""Sentences by field for what the page has to ask again."""
	wrong, please = {}, _("Please complete this.")
	governorate = values.get("governorate")
	if governorate not in {code for code, _name in places.governorates()}:
		wrong["governorate"] = _("Choose the governorate first.")
	elif values.get("institution") and values["institution"] not in keys(governorate):
		wrong["institution"] = please
	if not values.get("institution") and not values.get("institution_as_written"):
		wrong["institution_as_written"] = please
	if values.get("complaint_kind") not in kinds():
		wrong["complaint_kind"] = please
	if len(values.get("description") or "") < FEWEST:
		wrong["description"] = _("Please write what happened.")
	if values.get("with_name") and not (values.get("full_name") or values.get("telephone")):
		wrong["full_name"] = please
	return wrong


def keys(governorate: str) -> set[str]:
	return {row[0] for row in places.institutions(governorate)}


def store(values: dict[str, Any], page_key: str) -> dict:
	"""Complaint, sender where a name was given, and receipt. A second sending that came in between finds the first one's."""
	frappe.db.savepoint("complaint")
	try:
		complaint = frappe.get_doc(complaint_values(values))
		complaint.flags.by_page = True
		# guests hold no right to any record; the complaint's own rules ask everything else
		complaint.insert(ignore_permissions=True)
		receipt = frappe.get_doc(receipt_values(complaint.name, page_key))
		receipt.flags.by_page = True
		receipt.insert(ignore_permissions=True)  # of the page alone
	except frappe.UniqueValidationError:
		frappe.db.rollback()  # to the end of the snapshot, which does not know the first one's receipt
		return told(sent_before(page_key), page_key)
	if values.get("with_name"):
		frappe.get_doc(sender_values(complaint.name, values)).insert(ignore_permissions=True)
	return told(receipt.name, page_key)


def complaint_values(values: dict[str, Any]) -> dict:
	"""What the page may fill of a complaint. An office complained of is the directorate, so that it is handled above it."""
	from social_care_inspections.inspections.complaints.places import directorate

	institution = (values.get("institution") or "").partition(":")[2] or None
	return {
		"doctype": states.COMPLAINT,
		"governorate": values["governorate"],
		"institution": institution,
		"institution_as_written": None if institution else values["institution_as_written"],
		"against_unit": directorate(values["governorate"]) if values.get("about_office") else None,
		"complaint_kind": values["complaint_kind"],
		"abuse_alleged": values["abuse_alleged"],
		"description": values["description"],
		"channel": states.PAGE,
	}


def receipt_values(complaint: str, page_key: str) -> dict:
	return {
		"doctype": states.RECEIPT,
		"institution_complaint": complaint,
		"secret_digest": visits.word_digest(visits.secret_word(page_key)),
		"page_key": visits.page_digest(page_key),
	}


def sender_values(complaint: str, values: dict[str, Any]) -> dict:
	kind = values.get("sender_kind")
	return {
		"doctype": states.SENDER,
		"institution_complaint": complaint,
		"sender_kind": kind if kind in SENDERS else SENDERS[0],
		"full_name": values.get("full_name"),
		"telephone": values.get("telephone"),
	}


def follow(receipt: str, secret: str) -> dict:
	"""What is told of a complaint. A wrong number and a wrong word get one answer; whoever guesses waits."""
	visits.check_guest()
	number = visits.clean_receipt(receipt)
	complaint = visits.guarded(number, lambda: opened(number, secret))
	if not complaint:
		refuse(_("There is no complaint with this number and this word."))
	return shown(complaint)


def opened(number: str, secret: str) -> str | None:
	"""The complaint that number and word open: one look into the index and one comparison, whatever was typed."""
	known = visits.RECEIPT.fullmatch(number)
	fields = ["institution_complaint", "secret_digest"]
	complaint, digest = (frappe.db.get_value(states.RECEIPT, number, fields) if known else None) or (None, "")
	right = visits.same(visits.word_digest(visits.clean_word(str(secret or "")[:60])), digest or "")
	return complaint if right else None


def shown(name: str) -> dict:
	"""State in plain words and the answer; names neither people nor the institution."""
	row = frappe.db.get_value(
		states.COMPLAINT, name, ["status", "received_on", "answer", "decided_on"], as_dict=True
	)
	words = {
		states.RECEIVED: _("Your complaint arrived and waits for its examination."),
		states.EXAMINED: _("Your complaint is being examined."),
		states.DECIDED: _("Your complaint was examined and decided on."),
		states.CLOSED: _("Your complaint was examined and decided on."),
	}
	decided = row.status in (states.DECIDED, states.CLOSED)
	facts = [[_("Complaint Received On"), format_date(row.received_on)]]
	if decided:
		facts.append([_("Complaint Decided On"), format_date(row.decided_on)])
	answer = (row.answer or "") if decided else ""
	return {"state": _(row.status), "words": words[row.status], "facts": facts, "answer": answer}


def refuse(sentence: str) -> None:
	frappe.throw(sentence, ComplaintPageError, title=_("Complaint"))
