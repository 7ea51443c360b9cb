"""One visit: an applicant, several requests, one receipt, and a number for the queue. All of it or nothing.

Every rule of a request is asked by its own saving (services/runtime); nothing is checked here only. The page sends a
key of its own making: the same key of the same user is one visit, however often it is sent.
"""

import re
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import strip_html

from social_care.registry.national_number import NationalNumberError
from social_care.services.citizens import requests as receipts
from social_care.services.citizens import visits
from social_care.services.counter import offered, offices, tickets
from social_care.services.counter.offices import RECEIPT, CounterError
from social_care.services.runtime import persons
from social_care.services.runtime.documents import HANDED_IN
from social_care.services.runtime.persons import ApplicantError

KEY = re.compile(r"[0-9A-Za-z-]{20,64}")
MOST = 10  # requests of one visit
TRIES = 5  # the database ends one of two that wait for each other, as where a year's first numbers are drawn
OF_APPLICANT = (ApplicantError, NationalNumberError)


def register(office: str, visit: dict) -> dict:
	"""{"receipt", "requests", "ticket"} of a new visit, or {"errors": {"applicant" or place in the list: sentence}}.

	`visit`: {"key", "applicant": {…}, "requests": [{"service", "values", "papers"}], "ticket": the number that the
	applicant took before, or "take_ticket": 1 for a new one, "priority", "group"}.
	"""
	opened = offices.opened(office, RECEIPT)
	digest = _digest(visit)
	_check_number(visit.get("requests"))
	return _try(opened, visit, digest, TRIES)


def _try(office: Document, visit: dict, digest: str, left: int) -> dict:
	"""The visit, tried again from its beginning where another hand was in the way: the same key, person or number."""
	try:
		return _once(office, visit, digest)
	except (frappe.QueryDeadlockError, frappe.UniqueValidationError):
		frappe.db.rollback()  # to the end of the snapshot, which does not know what the other one wrote
		frappe.clear_messages()
		if left == 1:
			raise
		return _try(office, visit, digest, left - 1)


def _once(office: Document, visit: dict, digest: str) -> dict:
	if receipt := _sent_before(digest):
		return told(receipt)
	frappe.db.savepoint("visit")
	receipt, errors = _write(office, visit, digest)
	if errors:
		frappe.db.rollback(save_point="visit")
		return {"errors": errors}
	_give_number(office, visit, receipt)
	frappe.clear_messages()  # boxes of the framework (no SMS gateway, …) would lie over the receipt; the log keeps faults
	return told(receipt)


def _digest(visit: dict) -> str:
	key = visit.get("key")
	if not isinstance(key, str) or not KEY.fullmatch(key):
		_refuse(_("Please open the counter again."))
	return visits.page_digest(f"{frappe.session.user}:{key}")


def _sent_before(digest: str) -> str | None:
	return frappe.db.get_value(RECEIPT, {"page_key": digest})


def _check_number(wanted: Any) -> None:
	if not isinstance(wanted, list) or not 1 <= len(wanted) <= MOST:
		_refuse(_("The number of requests of a visit is from 1 to {0}.").format(MOST))


def _write(office: Document, visit: dict, digest: str) -> tuple[str | None, dict[str, str]]:
	"""Insert the requests by code of service (two counters never wait for each other's numbers), and collect what is wrong."""
	receipt, errors = None, {}
	wanted = sorted(enumerate(visit["requests"]), key=lambda row: str(row[1].get("service")))
	for place, row in wanted:
		frappe.db.savepoint("one_request")
		try:
			doc = _request(office, visit.get("applicant") or {}, row, receipt)
			doc.flags.of_page = {"page_key": digest}
			doc.insert()
		except frappe.UniqueValidationError:
			raise
		except (frappe.ValidationError, frappe.PermissionError) as error:
			frappe.db.rollback(save_point="one_request")
			errors[_place(error, place)] = _sentence(error)
		else:
			receipt = doc.receipt
	return receipt, errors


def _place(error: Exception, place: int) -> str:
	return "applicant" if isinstance(error, OF_APPLICANT) else str(place)


def _sentence(error: Exception) -> str:
	"""What the user is told of a refused request; the framework's own boxes are put away."""
	frappe.clear_messages()
	return strip_html(str(error)) or _("You may not enter this request here.")


def _request(office: Document, applicant: dict, row: dict, receipt: str | None) -> Document:
	"""One request of the visit, not inserted."""
	pack = offered.pack_of(row.get("service"))
	doc = frappe.new_doc(pack["document_type"])
	doc.update({field: applicant.get(field) for field in persons.FIELDS})
	doc.update(offered.values(pack, row.get("values") or {}))
	doc.update({"org_unit": office.org_unit, "receipt": receipt})
	if office.institution:
		doc.institution = office.institution
	known = {paper["code"] for paper in pack["documents"]}
	for code in row.get("papers") or []:
		if code in known:
			doc.append("documents", {"document_code": code, "state": HANDED_IN})
	return doc


def _give_number(office: Document, visit: dict, receipt: str) -> None:
	"""The ticket comes last: the lock of the counter is held only until the end of the transaction."""
	if visit.get("ticket"):
		tickets.join(visit["ticket"], receipt)
	elif visit.get("take_ticket"):
		tickets.issue(office.name, str(visit.get("group") or ""), visit.get("priority") or 0, "", receipt)


def told(receipt: str) -> dict:
	"""What the desk shows of a registered visit."""
	frappe.get_doc(RECEIPT, receipt).check_permission("read")
	rows = [row for row in receipts.of_receipt(receipt) if frappe.has_permission(row[0], "read", doc=row[1])]
	ticket = frappe.db.get_value(offices.TICKET, {"receipt": receipt, "state": ["!=", "Cancelled"]})
	return {
		"receipt": receipt,
		"requests": [{"doctype": doctype, "name": name, "title": _(doctype)} for doctype, name in rows],
		"ticket": tickets.told(ticket) if ticket else None,
	}


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, CounterError, title=_("Service Counter"))
