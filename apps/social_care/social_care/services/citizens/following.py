"""Following a request, and what its applicant does with it: answer, withdraw, appeal, rate."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, now_datetime

from social_care.services.citizens import answers, requests, visits
from social_care.services.citizens.requests import RequestError

STARS = range(1, 6)


def follow(receipt: str, phone: str) -> dict:
	"""A new visit: {"pass", "receipt", "requests"}. Wrong number and wrong telephone get the same answer."""
	visits.check_guest()
	return view(visits.begin(receipt, phone))


def look(visit: str) -> dict:
	"""The requests of a visit as they stand now."""
	visits.check_guest()
	return view(visit)


def view(visit: str) -> dict:
	receipt = visits.receipt_of(visit)
	found = [requests.told(row) for row in requests.of_receipt(receipt)]
	return {"pass": visit, "receipt": receipt, "requests": found}


def step(visit: str, request: str, code: str, text: str, seen: int) -> dict:
	"""Take a step of the applicant's own. `seen` counts the steps that his page showed: a second tap finds the first one done."""
	visits.check_guest()
	doc, pack = requests.open_request(visits.receipt_of(visit), request, lock=True)
	if len(doc.clock) != cint(seen):
		return view(visit)
	offered = next((row for row in requests.steps(doc, pack) if row["code"] == str(code)), None)
	if not offered:
		_refuse(_("This step is not open for this request."))
	doc.reason = _words(text)
	if offered["asks"] and not doc.reason:
		_refuse(_("Please write some words."))
	action = next(row for row in pack["workflow"]["actions"] if row["code"] == offered["code"])
	doc.status = next(row for row in pack["workflow"]["states"] if row["code"] == action["to"])["title"]["en"]
	doc.save(
		ignore_permissions=True
	)  # the pass opened it; runtime/steps.py lets an applicant take his own steps only
	return view(visit)


def rate(visit: str, request: str, stars: int, text: str) -> dict:
	"""One rating of one to five after the end, with a remark. It changes nothing else of the request."""
	visits.check_guest()
	doc, pack = requests.open_request(visits.receipt_of(visit), request, lock=True)
	if doc.rating:
		return view(visit)
	if cint(stars) not in STARS:
		_refuse(_("Choose one to five stars."))
	if not _has_ended(doc, pack):
		_refuse(_("A request is rated after its end."))
	values = {"rating": cint(stars), "rating_comment": _words(text), "modified": now_datetime()}
	frappe.db.set_value(doc.doctype, doc.name, values, update_modified=False)
	return view(visit)


def _has_ended(doc: Document, pack: dict) -> bool:
	state = next(row for row in pack["workflow"]["states"] if row["title"]["en"] == doc.status)
	return state["kind"] in requests.ENDED


def _words(text: str) -> str:
	try:
		return answers.words(str(text or ""), answers.TEXT)
	except answers.Unreadable as error:
		_refuse(str(error))


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, RequestError, title=_("Request"))
