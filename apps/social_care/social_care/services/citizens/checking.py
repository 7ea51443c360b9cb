"""What of a written form cannot stay, as a sentence for each field: the same rules that the request itself is saved by."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, nowdate, validate_email_address

from social_care.registry import national_number
from social_care.services.citizens.forms import INSTITUTION
from social_care.services.citizens.offers import Offer
from social_care.services.packs import evaluation
from social_care.services.packs.definition import fields_of
from social_care.services.runtime.facts import facts
from social_care.services.runtime.persons import CENTURIES
from social_care.services.runtime.telephones import phone_key

FEWEST_DIGITS = 8


def wrong_fields(offer: Offer, doc: Document, asked: list[dict]) -> dict[str, str]:
	"""Sentences by field: the applicant's, then those of the pack. Staff's fields are not asked for."""
	found = {field["name"]: _missing() for field in asked if "fill" in field and _is_open(field, doc)}
	found |= applicant(offer.pack, doc)
	known, day = facts(doc, offer.pack), getdate(nowdate())
	names, fields = {field["name"] for field in asked}, {row["name"]: row for row in fields_of(offer.pack)}
	for row in evaluation.wrong_fields(offer.pack, known, day, by_staff=False):
		name = row.name.partition(".")[0]
		if name in names and name not in found:
			found[name] = sentence(fields[name], row)
	return found


def _is_open(field: dict, doc: Document) -> bool:
	return field["required"] and not doc.get(field["name"])


def _missing() -> str:
	return _("Please complete this.")


def applicant(pack: dict, doc: Document) -> dict[str, str]:
	"""Name, telephone, national number and mail of who asks."""
	found = {}
	if doc.applicant_name and len(doc.applicant_name.split()) < 2:
		found["applicant_name"] = _("Write the applicant's name with at least two parts.")
	if not pack["anonymous"]:
		found |= {name: _missing() for name in ("applicant_name", "applicant_phone") if not doc.get(name)}
	if doc.applicant_phone and len(phone_key(doc.applicant_phone)) < FEWEST_DIGITS:
		found["applicant_phone"] = _("Write a whole telephone number.")
	if doc.applicant_email and not validate_email_address(doc.applicant_email):
		found["applicant_email"] = _("Write a whole mail address, or leave it empty.")
	if number := _number(doc):
		found["applicant_national_number"] = number
	return found


def _number(doc: Document) -> str:
	cleaned = national_number.clean(doc.applicant_national_number)
	try:
		read = national_number.parse(cleaned, CENTURIES) if cleaned else None
	except national_number.NationalNumberError as error:
		frappe.clear_last_message()
		return str(error)
	if read:
		doc.applicant_birth_date, doc.applicant_sex = read.birth_date, read.sex
	return ""


def sentence(field: dict, row: evaluation.WrongField) -> str:
	"""What is wrong with a field of the pack, in a few words beside it."""
	if row.row:
		column = next(part for part in field["columns"] if part["name"] == row.name.partition(".")[2])
		text = _missing() if row.kind == "required" else _("Choose one of the list.")
		return _("Row {0}, {1}: {2}").format(row.row, column["label"]["ar"], text)
	return {
		"required": _missing,
		"value": lambda: field["message"]["ar"] if field["message"] else _("This value does not fit."),
		"minimum": lambda: _("At least {0}.").format(f"{field['minimum']:g}"),
		"maximum": lambda: _("At most {0}.").format(f"{field['maximum']:g}"),
		"option": lambda: _("Choose one of the list."),
	}[row.kind]()


def links(asked: list[dict], values: dict, listed: dict[str, set[str]]) -> dict[str, str]:
	"""Links that do not stand on the list that the page offered; those that do are turned into names."""
	wrong = {}
	for field in asked:
		sent = values.get(field["name"])
		if field["type"] != "link" or not sent:
			continue
		if sent not in listed[field["target"]]:
			wrong[field["name"]] = _("Choose one of the list.")
		elif field["target"] == INSTITUTION:
			values[field["name"]] = sent.partition(":")[2]
	return wrong
