"""A citizen sends a form: read, checked field by field, and saved as a request with its receipt.

Every rule that the request has to keep is asked by its own saving (services/runtime); nothing is checked here only.
The page sends a key of its own making with the form: the same key is one request, however often it is sent.
"""

import re

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime, strip_html

from social_care.services.citizens import answers, checking, forms, offers, places, requests, visits
from social_care.services.citizens.answers import Unreadable
from social_care.services.citizens.offers import Offer

PAGE_KEY = re.compile(r"[0-9A-Za-z-]{20,64}")


class PageKeyError(frappe.ValidationError):
	"""The page did not send the key that makes its form one request."""


def apply(service: str, data: str, page_key: str) -> dict:
	"""{"receipt", "pass", "secret", …} of a new request, or {"errors": {field: sentence}} with "" for the whole form."""
	visits.check_guest()
	offer = offers.offer(service)
	if not isinstance(page_key, str) or not PAGE_KEY.fullmatch(page_key):
		frappe.throw(_("Please open the page of the service again."), PageKeyError, title=_("Request"))
	if receipt := _sent_before(page_key):
		return answer(receipt, page_key)
	try:
		doc, wrong = read(offer, answers.parsed(data))
	except Unreadable as error:
		return {"errors": {"": str(error)}}
	return {"errors": wrong} if wrong else save(offer, doc, page_key)


def _sent_before(page_key: str) -> str | None:
	return frappe.db.get_value("Service Receipt", {"page_key": visits.page_digest(page_key)})


def read(offer: Offer, sent: dict) -> tuple[Document, dict[str, str]]:
	"""The request that the form makes, not saved, and what is wrong with it."""
	doc = frappe.new_doc(offer.web_form.doc_type)
	doc.flags.by_citizen = True
	asked, governorate = forms.fields(offer), str(sent.get("governorate") or "")[:20]
	values, wrong = answers.read(asked, sent)
	wrong |= checking.links(asked, values, listed(asked, governorate))
	doc.update(values | {"submitted_on": now_datetime(), "channel": "Citizen"})
	try:
		doc.update(places.place_of(offer.pack, governorate, str(sent.get("place") or "")))
	except places.PlaceError as error:
		frappe.clear_last_message()
		wrong["place"] = str(error)
	return doc, checking.wrong_fields(offer, doc, asked) | wrong


def listed(asked: list[dict], governorate: str) -> dict[str, set[str]]:
	"""Keys that a link may hold, by its target: exactly those that the page offered."""
	found: dict[str, set[str]] = {}
	for field in asked:
		if field["type"] == "link" and field["target"] not in found:
			institutions = field["target"] == forms.INSTITUTION
			rows = places.institutions(governorate) if institutions else forms.options(field)
			found[field["target"]] = {row[0] for row in rows}
	return found


def save(offer: Offer, doc: Document, page_key: str) -> dict:
	"""Insert the request. A second sending that came in between finds the first one's receipt."""
	doc.flags.of_page = {"page_key": visits.page_digest(page_key)}
	if not doc.applicant_phone:
		doc.flags.of_page["secret_digest"] = visits.word_digest(visits.secret_word(page_key))
	frappe.db.savepoint("citizen")
	try:
		# guests hold no right to any record; the runtime asks of such a request what it asks of every other
		doc.insert(ignore_permissions=True)
	except frappe.UniqueValidationError:
		frappe.db.rollback()  # to the end of the snapshot, which does not know the first one's receipt
		return first_of(page_key)
	except frappe.ValidationError as error:
		frappe.db.rollback(save_point="citizen")
		return unsaved(strip_html(str(error)))
	return answer(doc.receipt, page_key)


def first_of(page_key: str) -> dict:
	"""The answer to the sending that came first."""
	frappe.clear_messages()
	receipt = _sent_before(page_key)
	return answer(receipt, page_key) if receipt else unsaved("")


def unsaved(sentence: str) -> dict:
	"""Why the request as a whole could not be saved."""
	frappe.clear_messages()
	return {"errors": {"": sentence or _("The form could not be taken. Please look through it.")}}


def answer(receipt: str, page_key: str) -> dict:
	"""What the page shows after sending; papers are brought with the pass."""
	row = requests.of_receipt(receipt)[0]
	doc = frappe.get_doc(*row)
	by_word = frappe.db.get_value("Service Receipt", receipt, "secret_digest")
	return {
		"receipt": receipt,
		"pass": visits.new_pass(receipt),
		"request": requests.key_of(row),
		"secret": visits.secret_word(page_key) if by_word else "",
		"facts": requests.told(row)["facts"],
		"papers": requests.wanted_papers(doc),
	}
