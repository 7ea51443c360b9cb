"""What the counter prints: the receipt of all requests of a visit, and the number of the queue."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, fmt_money, format_date, format_datetime

from social_care.prints.digits import in_digits
from social_care.prints.sheet import sheet, speak_arabic
from social_care.services import versions
from social_care.services.citizens import requests as receipts
from social_care.services.counter.offices import OFFICE, TICKET

RECEIPT_FORMAT, TICKET_FORMAT = "Receipt of Requests", "Queue Ticket"


def counter_receipt(receipt: Document) -> dict:
	"""Everything that the receipt shows: {sheet, number, facts, requests, total, ticket}.

	Requests that the reader may not see are not on it; of a confidential service it says no more than that there is a request.
	"""
	speak_arabic()
	rows = [row for row in receipts.of_receipt(receipt.name) if frappe.has_permission(row[0], doc=row[1])]
	docs = [frappe.get_doc(*row) for row in rows]
	fees = sum(flt(doc.fee_amount) for doc in docs)
	shown = {
		"number": receipt.name,
		"facts": _facts(receipt),
		"requests": [_request(doc) for doc in docs],
		"total": in_digits(fmt_money(fees, currency="EGP")) if fees else "",
		"ticket": _ticket_number(receipt.name),
	}
	place = _place(receipt)
	day = in_digits(format_datetime(receipt.received_on))
	head = sheet(RECEIPT_FORMAT, _("Receipt of Requests"), shown, receipt.org_unit, place, day)
	return shown | {"sheet": head}


def _facts(receipt: Document) -> list[dict]:
	office = frappe.db.get_value("Org Unit", receipt.org_unit, "unit_name")
	rows = (
		(_("Applicant's Name"), receipt.applicant_name, ""),
		(_("Telephone"), in_digits(receipt.applicant_phone or ""), "ltr"),
		(_("Office"), office, ""),
		(_("Received On"), in_digits(format_datetime(receipt.received_on)), ""),
	)
	return [{"label": label, "value": value, "direction": way} for label, value, way in rows if value]


def _request(doc: Document) -> dict:
	pack = versions.at(doc.service, doc.pack_version)
	quiet = pack["confidential"]
	return {
		"number": doc.name,
		"title": _("Request for a Service") if quiet else pack["title"]["ar"],
		"due": in_digits(format_date(doc.due_on)) if doc.due_on else "",
		"missing": [] if quiet else [row["title"] for row in receipts.wanted_papers(doc) if _is_missing(row)],
		"fee": in_digits(fmt_money(doc.fee_amount, currency="EGP")) if flt(doc.fee_amount) else "",
	}


def _is_missing(paper: dict) -> bool:
	return paper["required"] and paper["state"] != "Handed In"


def _ticket_number(receipt: str) -> str:
	number = frappe.db.get_value(TICKET, {"receipt": receipt, "state": ["!=", "Cancelled"]}, "number")
	return in_digits(str(number)) if number else ""


def _place(receipt: Document) -> str:
	if receipt.institution:
		return frappe.db.get_value("Institution", receipt.institution, "institution_name") or ""
	return frappe.db.get_value("Org Unit", receipt.org_unit, "unit_name") or ""


def queue_ticket(ticket: Document) -> dict:
	"""What a ticket shows: {sheet, number, office, group, day, waiting}. It names nobody."""
	speak_arabic()
	group = frappe.db.get_value("Service Group", ticket.service_group, "group_name")
	before = {"office": ticket.office, "day": ticket.day, "number": ["<", ticket.number], "state": "Waiting"}
	shown = {
		"number": in_digits(str(cint(ticket.number))),
		"office": frappe.db.get_value(OFFICE, ticket.office, "office_name") or "",
		"group": group or "",
		"day": in_digits(format_datetime(ticket.issued_on)),
		"waiting": in_digits(str(frappe.db.count(TICKET, before))),
	}
	return shown | {"sheet": sheet(TICKET_FORMAT, _("Queue Ticket"), shown, ticket.org_unit)}
