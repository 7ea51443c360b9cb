"""Identity of a human: held once by Person, shown on every file of that person.

A Child's form carries the same fields as its Person, so that the entry user fills one form and lists need no join.
Person is the truth: a file writes its identity through, and a change from elsewhere is brought to the files.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, nowdate

from social_care.registry import national_number
from social_care.registry.arabic import join_name, normalise
from social_care.registry.changes import differs
from social_care.registry.quality.keeping import refresh
from social_care.registry.together import companion

NAME_PARTS = ("first_name", "father_name", "grandfather_name", "family_name")
FIELDS = (
	*NAME_PARTS,
	"nickname",
	"full_name",
	"search_name",
	"sex",
	"birth_date",
	"birth_date_estimated",
	"birth_governorate",
	"birth_place",
	"nationality",
	"religion",
	"national_number",
	"national_number_check",
	"national_number_status",
	"national_number_reason",
	"national_number_status_date",
	"photo",
	"photo_date",
)
RECORDED = "Recorded"


class IdentityError(frappe.ValidationError):
	"""Names or dates of a person that cannot be."""


def complete_identity(doc: Document) -> None:
	"""Derive the full name, the search key and the check of the national number of a Person or Child."""
	for part in NAME_PARTS:
		doc.set(part, join_name(doc.get(part)))
	doc.full_name = join_name(*(doc.get(part) for part in NAME_PARTS))
	doc.search_name = normalise(join_name(doc.full_name, doc.nickname))
	check_birth_date(doc)
	check_national_number(doc)


def check_birth_date(doc: Document) -> None:
	"""A birth date lies in the past."""
	if doc.birth_date and getdate(doc.birth_date) > getdate(nowdate()):
		frappe.throw(_("The birth date is in the future."), IdentityError, title=_("Birth Date"))


def check_national_number(doc: Document) -> None:
	"""Rules of the national number; a doubt is shown and kept in `national_number_check`, a contradiction refused."""
	doc.national_number = national_number.clean(doc.national_number)
	_date_the_status(doc)
	if not doc.national_number:
		doc.national_number_check = ""
		_explain_absence(doc)
		return
	settings = frappe.get_cached_doc("Social Care Settings")
	number = national_number.parse(doc.national_number, _centuries(settings))
	for sentence in national_number.contradictions(number, _date(doc.birth_date), doc.sex):
		frappe.throw(sentence, national_number.NationalNumberError, title=_("National Number"))
	_check_digit(doc, number, settings.nid_checksum_mode)
	doc.national_number_status, doc.national_number_reason = RECORDED, ""


def _check_digit(doc: Document, number: national_number.NationalNumber, mode: str) -> None:
	differs = number.check_digit_agrees is False and mode != "Off"
	if differs and mode == "Block":
		frappe.throw(
			_("The check digit of the national number is wrong."),
			national_number.NationalNumberError,
			title=_("National Number"),
		)
	doc.national_number_check = national_number.DIGIT_DIFFERS if differs else national_number.VALID
	sentences = national_number.doubts(number, doc.birth_governorate, mode)
	if sentences and doc.has_value_changed("national_number"):
		frappe.msgprint(
			"<br>".join(sentences), title=_("Please Check the National Number"), indicator="orange"
		)


def _explain_absence(doc: Document) -> None:
	if doc.national_number_status == RECORDED:
		frappe.throw(
			_(
				"The national number is marked as recorded but is empty. Enter it, or choose why it is missing."
			),
			national_number.NationalNumberError,
			title=_("National Number"),
		)


def _date_the_status(doc: Document) -> None:
	if (
		not doc.national_number_status_date
		or doc.has_value_changed("national_number_status")
		or doc.has_value_changed("national_number")
	):
		doc.national_number_status_date = nowdate()


def _centuries(settings: Document) -> tuple[str, ...]:
	return tuple(part.strip() for part in (settings.nid_centuries or "2,3").split(",") if part.strip())


def _date(value):
	return getdate(value) if value else None


def write_through(doc: Document) -> None:
	"""Bring the identity of a file (Child, …) to its Person, making the Person where there is none.

	The permission asked is the one on the file: the Person has no form of its own for entry users.
	"""
	if doc.person and not any(differs(doc, doc.get_doc_before_save(), field) for field in FIELDS):
		return
	person = companion(doc, "Person", doc.person)
	person.update({field: doc.get(field) for field in FIELDS})
	person.flags.ignore_permissions = True
	person.flags.from_file = doc.name
	person.flags.updater_reference = doc.flags.updater_reference
	person.save()
	doc.person = person.name


def bring_to_files(person: Document) -> None:
	"""Refresh the identity columns of the person's Child file after a change made elsewhere."""
	if person.flags.from_file:
		return
	child = frappe.db.get_value("Child", {"person": person.name})
	if child:
		frappe.db.set_value(
			"Child", child, {field: person.get(field) for field in FIELDS}, update_modified=False
		)
		refresh("Child", [child])
