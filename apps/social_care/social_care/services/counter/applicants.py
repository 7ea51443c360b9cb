"""The applicant at the counter: found among those who came before, or checked before he is written for the first time.

Persons open by files only, so a counter finds the receipts of its own places, and the persons that its user may see.
"""

import frappe
from frappe import _

from social_care.registry import national_number
from social_care.registry.arabic import ascii_digits
from social_care.registry.levels import field_readable
from social_care.registry.search import NATIONAL_NUMBER, name_filters
from social_care.services.counter import offices
from social_care.services.counter.offices import RECEIPT
from social_care.services.runtime import persons
from social_care.services.runtime.telephones import phone_key

SHOWN, READ, FEWEST = 8, 60, 6
FIELDS = [
	"name",
	"person",
	"applicant_name",
	"search_name",
	"applicant_phone",
	"phone_key",
	"applicant_email",
]


def find(office: str, text: str) -> list[dict]:
	"""Earlier applicants by name, national number, telephone or receipt number, the latest first and each once."""
	offices.opened(office, RECEIPT)
	filters = _filters(str(text or "").strip())
	return _known(filters) if filters else []


def _filters(text: str) -> list | None:
	typed = ascii_digits(text).replace(" ", "")
	if typed.isdigit() and len(typed) == NATIONAL_NUMBER:
		return [["national_number", "=", typed]] if _numbers_are_shown() else None
	if typed.lstrip("+").isdigit():
		return [["phone_key", "=", phone_key(typed)]] if len(phone_key(typed)) >= FEWEST else None
	if typed.isascii() and any(sign.isdigit() for sign in typed):
		return [["name", "=", typed.upper()]]
	return name_filters("search_name", text) or None


def _numbers_are_shown() -> bool:
	return field_readable(RECEIPT, "national_number")


def _known(filters: list) -> list[dict]:
	"""Applicants on receipts within the user's scope; several receipts of one applicant are one line."""
	fields = FIELDS + (["national_number"] if _numbers_are_shown() else [])
	rows = frappe.get_list(
		RECEIPT, filters=filters, fields=fields, order_by="received_on desc", limit_page_length=READ
	)
	found: dict[tuple, dict] = {}
	for row in rows:
		key = (row.person or row.get("national_number") or row.phone_key, row.search_name)
		found.setdefault(key, _told(row) | {"receipts": 0})["receipts"] += 1
	return list(found.values())[:SHOWN]


def _told(row: dict) -> dict:
	number = row.get("national_number") or ""
	parsed = national_number.parse(number, persons.CENTURIES) if number else None
	return {
		"applicant_name": row.applicant_name,
		"applicant_national_number": number,
		"applicant_phone": row.applicant_phone or "",
		"applicant_email": row.applicant_email or "",
		"applicant_birth_date": str(parsed.birth_date) if parsed else "",
		"applicant_sex": parsed.sex if parsed else "",
		"last_receipt": row.name,
	}


def look(office: str, name: str, number: str, phone: str) -> dict:
	"""What is known of somebody who is about to be registered: {"notice", "similar", "birth_date", "sex"}.

	`notice` is a sentence about the national number, `similar` are applicants of the same places with the same number,
	telephone or name. Raises NationalNumberError.
	"""
	offices.opened(office, RECEIPT)
	number = national_number.clean(number)
	parsed = national_number.parse(number, persons.CENTURIES) if number else None
	return {
		"notice": _notice(number, name),
		"similar": _similar(name, number, phone),
		"birth_date": str(parsed.birth_date) if parsed else "",
		"sex": parsed.sex if parsed else "",
	}


def _notice(number: str, name: str) -> str:
	"""Whether the number is known, without a word of whose it is (services/runtime/persons.py)."""
	stored = frappe.db.get_value("Person", {"national_number": number}, "search_name") if number else None
	if not number or stored is None:
		return ""
	if persons.same_name(stored, name):
		return _("This applicant is registered already; the request joins the same person.")
	return _("This national number is registered under another name. Please compare it with the card.")


def _similar(name: str, number: str, phone: str) -> list[dict]:
	found: dict[str, dict] = {}
	words = (name or "").split()
	for text in (number, phone, " ".join(words[:3]) if len(words) > 1 else ""):
		filters = _filters(str(text or "").strip())
		for row in _known(filters) if filters else []:
			found.setdefault(row["last_receipt"], row)
	return list(found.values())[:SHOWN]
