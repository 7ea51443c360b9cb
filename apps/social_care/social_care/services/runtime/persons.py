"""The applicant: his data on the request, and the Person whom his national number names."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate, nowdate

from social_care.registry import national_number
from social_care.registry.arabic import join_name, name_words, normalise
from social_care.services import versions
from social_care.services.runtime import beginning

PARTS = ("first_name", "father_name", "grandfather_name", "family_name")
FIELDS = (
	"applicant_name",
	"applicant_national_number",
	"applicant_phone",
	"applicant_email",
	"applicant_birth_date",
	"applicant_sex",
)
CENTURIES = ("2", "3")


class ApplicantError(frappe.ValidationError):
	"""Who asks, and how he is reached, has to be known."""


def complete_applicant(doc: Document) -> None:
	"""Names joined, number read, birth date and sex taken from it; person found or made; receipt written."""
	before = doc.get_doc_before_save()
	if before and not _has_changed(doc, before, FIELDS):
		if not doc.person:
			doc.person = find_or_make(doc)
		return
	pack = versions.at(doc.service, doc.pack_version)
	doc.applicant_name = join_name(doc.applicant_name)
	read_number(doc)
	if not pack["anonymous"]:
		check_reachable(doc)
	if not doc.person or (before and _has_changed(doc, before, ("applicant_national_number",))):
		doc.person = find_or_make(doc)
	if doc.is_new():
		beginning.ensure_receipt(doc)


def _has_changed(doc: Document, before: Document, fields: tuple[str, ...]) -> bool:
	return any(str(doc.get(field) or "") != str(before.get(field) or "") for field in fields)


def read_number(doc: Document) -> None:
	"""Birth date and sex stand in the national number and agree with it. Raises NationalNumberError."""
	doc.applicant_national_number = national_number.clean(doc.applicant_national_number)
	if not doc.applicant_national_number:
		return
	number = national_number.parse(doc.applicant_national_number, CENTURIES)
	doc.applicant_birth_date, doc.applicant_sex = number.birth_date, number.sex


def check_reachable(doc: Document) -> None:
	if not doc.applicant_name:
		frappe.throw(_("Write the applicant's name."), ApplicantError, title=_("Applicant"))
	if len(doc.applicant_name.split()) < 2:
		frappe.throw(
			_("Write the applicant's name with at least two parts."), ApplicantError, title=_("Applicant")
		)
	if doc.flags.by_citizen and not doc.applicant_phone:
		frappe.throw(
			_("Write a telephone number; you follow the request with it."),
			ApplicantError,
			title=_("Applicant"),
		)


def find_or_make(doc: Document) -> str | None:
	"""The Person with the applicant's national number; made where there is none, nobody where no number is given.

	A number that belongs to another name is not taken: the request stays without a person, and its rules say so.
	Nobody sees more of the person by this: Person opens by files only. The public page makes nobody, or whoever writes
	a stranger's number with another name there would keep him out: the person is made when staff first save the request.
	"""
	number = doc.applicant_national_number
	if not number:
		return None
	found = frappe.db.get_value("Person", {"national_number": number}, ["name", "search_name"], as_dict=True)
	if found:
		return found.name if same_name(found.search_name, doc.applicant_name) else None
	if doc.flags.by_citizen or doc.flags.by_system:
		return None
	person = frappe.new_doc("Person")
	person.update(dict(zip(PARTS, split_name(doc.applicant_name), strict=False)))
	person.update(
		{"national_number": number, "birth_date": doc.applicant_birth_date, "sex": doc.applicant_sex}
	)
	person.nationality = "Egypt" if frappe.db.exists("Country", "Egypt", cache=True) else None
	person.insert(ignore_permissions=True)  # one row a human, made with his first request
	return person.name


def same_name(stored: str, written: str) -> bool:
	"""Whether two names are one man's: the first name and one more part agree, however they are spelled."""
	old, new = (stored or "").split(), normalise(written or "").split()
	return bool(old and new) and old[0] == new[0] and len(set(old) & set(new)) >= min(2, len(old), len(new))


def split_name(name: str) -> list[str]:
	"""First, father's, grandfather's and family name; further words belong to the last part."""
	words = name_words(name)
	return [*words[:3], " ".join(words[3:])] if len(words) > 3 else words


def age_today(doc: Document) -> int | None:
	"""Whole years of the applicant, None where his birth date is not known."""
	from social_care.services.packs.expressions import years_between

	return (
		cint(years_between(doc.applicant_birth_date, getdate(nowdate())))
		if doc.applicant_birth_date
		else None
	)
