"""Is what a service issued valid? Whoever holds its number is told kind, office, day and validity, and nothing of whom
it was issued to."""

import re

import frappe
from frappe import _
from frappe.utils import format_date, getdate, nowdate

from social_care.registry.arabic import ascii_digits

# code of the service (packs/schema.json), year, random signs
NUMBER = re.compile(r"([A-Z]{2,4})([0-9]{2,4})([0-9]{2})([0-9A-HJKMNP-TV-Z]{8})")
FIELDS = ["output_title", "output_kind", "state", "issued_on", "valid_until", "org_unit", "request_type"]


def number_in(typed: str) -> str | None:
	"""«sc-07-26-4f7k2m9q» with any signs between, or None for what cannot be the number of a certificate."""
	signs = "".join(sign for sign in ascii_digits(str(typed or "")[:60]).upper() if sign.isalnum())
	found = NUMBER.fullmatch(signs)
	return "-".join(found.groups()) if found else None


def verified(number: str) -> dict:
	"""{"state", "title", "facts"} as the page of prints shows them; one look into the index for every number."""
	row = frappe.db.get_value("Service Certificate", number, FIELDS, as_dict=True)
	state = _state(row)
	return {"state": state, "title": _title(state), "facts": _facts(row) if row else [], "file": ""}


def _state(row: dict | None) -> str:
	if not row:
		return "unknown"
	if row.state != "Valid":
		return "withdrawn"
	return "expired" if row.valid_until and getdate(row.valid_until) < getdate(nowdate()) else "valid"


def _title(state: str) -> str:
	return {
		"unknown": _("No paper bears this number."),
		"withdrawn": _("This paper was withdrawn or replaced and is no longer valid."),
		"expired": _("This paper was issued by the ministry, and its time has passed."),
		"valid": _("This paper is valid."),
	}[state]


def _facts(row: dict) -> list[list[str]]:
	facts = [
		[_("Kind of Paper"), _(row.output_kind) if _is_quiet(row) else _(row.output_title)],
		[_("Issued By"), frappe.db.get_value("Org Unit", row.org_unit, "unit_name") or ""],
		[_("Issued On"), format_date(row.issued_on)],
	]
	if row.valid_until:
		facts.append([_("Valid Until"), format_date(row.valid_until)])
	return facts


def _is_quiet(row: dict) -> bool:
	"""Whether the paper's own title would tell too much of its bearer."""
	from social_care.services import versions

	service = frappe.db.get_value("Service", {"request_type": row.request_type})
	pack = versions.published(service) if service else None
	return bool(not pack or pack["confidential"])
