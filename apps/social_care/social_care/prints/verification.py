"""Is a print genuine? Anybody who holds its code is answered, without a word about whom the print is about."""

import hmac

import frappe
from frappe import _
from frappe.translate import print_language
from frappe.utils import cint, format_date, format_datetime, getdate, nowdate

from social_care.prints import codes
from social_care.prints.sheet import ARABIC
from social_care.services.citizens import certificates

RECORD = "Print Verification"
FIELDS = [
	*("state", "print_kind", "issuing_unit", "issued_on", "valid_until", "pages"),
	*("content_digest", "file_digest", "withdrawn_on"),
]


def checks_a_minute() -> int:
	"""How often one address may ask in a minute."""
	return cint(frappe.get_cached_doc("Social Care Settings").print_checks_per_minute) or 20


def verify(code: str, file_digest: str = "") -> dict:
	"""{"state": "unknown" | "withdrawn" | "expired" | "valid", "title", "facts": [[label, value]], "file": "same" | "other" | ""}.

	The number of a certificate, card or permit that a service issued is answered likewise (services/citizens/certificates.py).
	`file_digest` is the SHA-256 (hexadecimal) of a PDF that the reader holds. Every code costs one look into the
	index by its digest, so the time of an answer tells nothing that the answer does not.
	"""
	if number := certificates.number_in(code):
		with print_language(ARABIC):
			answer = certificates.verified(number)
		if answer["state"] != "unknown" or not codes.clean(
			code
		):  # signs of a print's code may read as a number
			return answer
	digest = codes.code_digest(codes.clean(code))
	row = frappe.db.get_value(RECORD, {"code_digest": digest}, FIELDS, as_dict=True)
	state = _state(row)
	with print_language(ARABIC):
		answer = {"state": state, "title": _title(state), "facts": _facts(row, state)}
	return answer | {"file": _same_file(row, file_digest)}


def _state(row: dict | None) -> str:
	if not row:
		return "unknown"
	if row.state == "Withdrawn":
		return "withdrawn"
	return "expired" if row.valid_until and getdate(row.valid_until) < getdate(nowdate()) else "valid"


def _title(state: str) -> str:
	return {
		"unknown": _("No print bears this code."),
		"withdrawn": _("This print was withdrawn and is no longer valid."),
		"expired": _("This print was issued by the ministry, and its time has passed."),
		"valid": _("This print is genuine."),
	}[state]


def _facts(row: dict | None, state: str) -> list[list[str]]:
	if not row:
		return []
	facts = [
		[_("Kind of Print"), _(row.print_kind)],
		[_("Issued By"), row.issuing_unit],
		[_("Issued On"), format_datetime(row.issued_on)],
	]
	if state == "withdrawn":
		return [*facts, [_("Withdrawn On"), format_datetime(row.withdrawn_on)]]
	if row.valid_until:
		facts.append([_("Valid Until"), format_date(row.valid_until)])
	return [
		*facts,
		[_("Number of Pages"), str(row.pages)],
		[_("Digest of the Content"), codes.shown(row.content_digest)],
	]


def _same_file(row: dict | None, file_digest: str) -> str:
	if not (row and row.file_digest and file_digest):
		return ""
	return "same" if hmac.compare_digest(row.file_digest, str(file_digest).lower()) else "other"


def find(code: str) -> str | None:
	"""Name of the record behind a code, where the session user may read it."""
	name = frappe.db.get_value(RECORD, {"code_digest": codes.code_digest(codes.clean(code))})
	return name if name and frappe.has_permission(RECORD, "read", doc=name) else None


def withdraw(name: str, reason: str) -> None:
	"""Take back a print: from now on its code is answered with «withdrawn». Needs write on the record."""
	record = frappe.get_doc(RECORD, name, for_update=True)
	record.check_permission("write")
	record.withdraw(reason)
	record.save()
