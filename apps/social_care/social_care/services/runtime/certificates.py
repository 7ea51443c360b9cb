"""What a service hands out: one Service Certificate for each output, made when the request reaches the output's state."""

import secrets

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_months, getdate, now_datetime, nowdate

from social_care.organisation.grants import roles_at
from social_care.services import versions
from social_care.services.doctype.service_receipt.service_receipt import SIGNS
from social_care.services.versions import state_named

LENGTH = 8
KINDS = {
	kind: kind.title()
	for kind in ("certificate", "card", "letter", "decision", "record", "licence", "permit")
}


def issue_for_state(doc: Document, pack: dict) -> None:
	"""Issue the outputs of the state that this save has reached; none twice."""
	before = doc.get_doc_before_save()
	if before and before.status == doc.status:
		return
	state = state_named(pack, doc.status)["code"]
	for output in pack["outputs"]:
		if output["on_state"] == state:
			issue(doc, pack, output)


def issue(doc: Document, pack: dict, output: dict) -> str:
	"""Issue one output; an earlier valid one of the same request is replaced. Returns its number."""
	_replace_earlier(doc, output)
	certificate = frappe.new_doc("Service Certificate")
	certificate.update(_of_request(doc, output) | _content(doc, output))
	# by the step that issues it
	certificate.insert(ignore_permissions=True, set_name=new_number(doc.service))
	return certificate.name


def _of_request(doc: Document, output: dict) -> dict:
	return {"request_type": doc.doctype, "request": doc.name, "output_code": output["code"], "state": "Valid"}


def _replace_earlier(doc: Document, output: dict) -> None:
	# certificates of this very request
	for earlier in frappe.get_all("Service Certificate", filters=_of_request(doc, output), pluck="name"):
		frappe.db.set_value("Service Certificate", earlier, "state", "Replaced")


def _content(doc: Document, output: dict) -> dict:
	return {
		"service": doc.service,
		"output_title": output["title"]["en"],
		"output_kind": KINDS[output["kind"]],
		"org_unit": doc.org_unit,
		"institution": doc.get("institution"),
		"person": doc.person,
		"issued_on": nowdate(),
		"issued_by": frappe.session.user,
		"valid_until": last_day(doc, output),
	}


def last_day(doc: Document, output: dict):
	"""The last day on which the output is valid; None for ever."""
	if output["valid_until_field"] and doc.get(output["valid_until_field"]):
		return getdate(doc.get(output["valid_until_field"]))
	return add_months(getdate(nowdate()), output["valid_months"]) if output["valid_months"] else None


def new_number(service: str) -> str:
	"""«SC-07-26-4F7K2M9Q»: the service, the year and eight random signs, which nobody counts through."""
	return f"{service}-{now_datetime():%y}-{''.join(secrets.choice(SIGNS) for _sign in range(LENGTH))}"


def withdraw(name: str, reason: str) -> None:
	"""Take back what was issued, with a reason; for a role that may issue it at the place of the request. Once."""
	certificate = frappe.get_doc("Service Certificate", name, for_update=True)
	doc = frappe.get_doc(certificate.request_type, certificate.request)
	doc.check_permission("write")
	check_issuer(doc, certificate.output_code)
	if certificate.state != "Valid":
		frappe.throw(_("Only what is valid can be withdrawn."), title=_("Withdrawal"))
	if not (reason or "").strip():
		frappe.throw(_("Write the reason of the withdrawal."), title=_("Withdrawal"))
	certificate.update({"state": "Withdrawn", "withdrawal_reason": reason})
	certificate.save(ignore_permissions=True)  # checked at the request above


def check_issuer(doc: Document, output_code: str) -> None:
	"""Whoever may bring the request into the state that issues the output takes it back, too. Raises PermissionError."""
	pack = versions.at(doc.service, doc.pack_version)
	state = next(row["on_state"] for row in pack["outputs"] if row["code"] == output_code)
	able = {role for row in pack["workflow"]["actions"] if row["to"] == state for role in row["roles"]}
	held = roles_at(frappe.session.user, doc.org_unit, doc.get("institution"))
	if frappe.session.user != "Administrator" and not able & held:
		frappe.throw(
			_("You may not withdraw what was issued here."), frappe.PermissionError, title=_("Withdrawal")
		)
