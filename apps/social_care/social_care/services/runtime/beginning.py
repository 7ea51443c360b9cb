"""How a request begins: its service and version, place, channel, receipt, first state."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime, nowdate

from social_care.services import versions
from social_care.services.packs.fact_names import SUBJECT_FIELDS, place_fields

CHANNELS = {
	"counter": "Service Counter",
	"citizen": "Citizen",
	"institution": "Institution",
	"headquarters": "Headquarters",
}


class NotOfferedError(frappe.ValidationError):
	"""The service takes no requests now, or none on this way."""


def begin(doc: Document) -> None:
	"""First values of a new request; what a client sent for them is dropped."""
	service = service_of(doc.doctype)
	pack = versions.published(service.name)
	check_offered(service, pack)
	doc.update(
		{"service": service.name, "pack_version": service.published_version, "submitted_on": now_datetime()}
	)
	doc.update(
		{
			"status": pack["workflow"]["states"][0]["title"]["en"],
			"overdue": 0,
			"rating": 0,
			"rating_comment": "",
		}
	)
	doc.update(dict.fromkeys(("decided_by", "decided_on", "closed_on", "due_on", "state_due_on", "person")))
	doc.update({"working_days": 0, "paused_days": 0, "external_days": 0, "editors": "", "asked_users": ""})
	doc.set("clock", [])
	doc.set("rule_results", [])
	doc.channel = _channel(doc, pack)
	take_place_of_subject(doc, pack)
	doc.fee_amount = fee(doc, pack)


def service_of(doctype: str) -> Document:
	"""The catalogue's row whose requests are of this record type."""
	name = frappe.db.get_value("Service", {"request_type": doctype}, cache=True)
	if not name:
		_refuse(_("No service takes requests of this kind."))
	return frappe.get_cached_doc("Service", name)


def check_offered(service: Document, pack: dict | None) -> None:
	"""The service is published and in force today."""
	if not pack or service.status in ("Suspended", "Dropped"):
		_refuse(_("{0} takes no requests now.").format(service.service_name))
	today = getdate(nowdate())
	if service.active_from and getdate(service.active_from) > today:
		_refuse(_("{0} takes no requests now.").format(service.service_name))
	if service.active_to and getdate(service.active_to) < today:
		_refuse(_("{0} takes no requests now.").format(service.service_name))


def _channel(doc: Document, pack: dict) -> str:
	"""How it came in: the citizen's page says so itself, staff by where they stand."""
	if doc.flags.by_citizen:
		channel = "citizen"
	elif doc.get("institution") and "institution" in pack["channels"]:
		channel = "institution"
	else:
		channel = next(
			(name for name in ("counter", "institution", "headquarters") if name in pack["channels"]),
			"counter",
		)
	if channel not in pack["channels"] and channel == "citizen":
		_refuse(_("This service takes no requests from its public page."))
	return CHANNELS[channel]


def take_place_of_subject(doc: Document, pack: dict) -> None:
	"""A request about a child or an institution is handled where these are; its unit is the institution's."""
	field, target = SUBJECT_FIELDS.get(pack["subject"], ("", ""))
	if target == "Child" and doc.get(field) and not doc.org_unit:
		doc.org_unit, doc.institution = frappe.db.get_value(
			"Child", doc.get(field), ["org_unit", "institution"]
		)
	if doc.get("institution") and not doc.org_unit:
		doc.org_unit = frappe.db.get_value("Institution", doc.institution, "org_unit")
	if not doc.org_unit:
		_refuse(_("Choose the office that handles the request."))


def keep_place(doc: Document, before: Document) -> None:
	"""The office and whom the request is about may be changed and not emptied: nobody would see it any more."""
	for field in place_fields(versions.at(doc.service, doc.pack_version)):
		if before.get(field) and not doc.get(field):
			_refuse(_("{0} cannot be emptied.").format(_(doc.meta.get_label(field))))


def fee(doc: Document, pack: dict) -> float:
	"""The fee of the request in Egyptian pounds; 0 where none is fixed."""
	from social_care.services.packs import expressions
	from social_care.services.runtime.facts import facts

	rule = pack["fee"]
	if rule["kind"] != "fixed":
		return 0
	exempt = expressions.holds(rule.get("exempt_when"), facts(doc, pack), getdate(nowdate()))
	return 0 if exempt else rule.get("amount", 0)


def ensure_receipt(doc: Document) -> None:
	"""The receipt under which the request came; made where the counter has none yet."""
	if doc.receipt:
		check_receipt(doc)
		return
	receipt = frappe.new_doc("Service Receipt")
	receipt.update(
		{
			"org_unit": doc.org_unit,
			"institution": doc.get("institution"),
			"channel": doc.channel,
			"person": doc.person,
			"applicant_name": doc.applicant_name,
			"national_number": doc.applicant_national_number,
			"applicant_phone": doc.applicant_phone,
			"applicant_email": doc.applicant_email,
		}
		| (doc.flags.of_page or {})
	)
	receipt.write_with_request()
	doc.receipt, doc.flags.own_receipt = receipt.name, True


def check_receipt(doc: Document) -> None:
	"""Several requests of one visit are those of one applicant at one office."""
	row = frappe.db.get_value(
		"Service Receipt", doc.receipt, ["org_unit", "national_number", "search_name"], as_dict=True
	)
	from social_care.registry.arabic import normalise

	other = (
		row.national_number
		and doc.applicant_national_number
		and row.national_number != doc.applicant_national_number
	)
	if (
		row.org_unit != doc.org_unit
		or other
		or normalise(doc.applicant_name or "") != (row.search_name or "")
	):
		_refuse(_("This receipt is another applicant's, or another office's."))


def count_on_receipt(doc: Document) -> None:
	"""One request more on a receipt that was there before it."""
	if doc.flags.own_receipt:
		return
	receipt = frappe.qb.DocType("Service Receipt")
	frappe.qb.update(receipt).set(receipt.requests, receipt.requests + 1).where(
		receipt.name == doc.receipt
	).run()


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, NotOfferedError, title=_("Request"))
