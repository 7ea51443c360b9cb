"""Husband and wife, or who applies alone: the form holds them, Person and Family of the core are the truth of them.

A family that applies belongs to its file and to no place of its own, so that nobody sees it who may not see the file.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import comma_and

from social_care_kafala.kafala.path import states

HUSBAND, WIFE = "husband", "wife"
PARTS = {
	"Husband": HUSBAND,
	"Wife": WIFE,
	"Woman Who Applies Alone": WIFE,
	"Man Who Applies Alone": HUSBAND,
}
NAMES = ("first_name", "father_name", "grandfather_name", "family_name")
IDENTITY = (*NAMES, "birth_date", "nationality", "religion", "national_number")
RELATIONS = {HUSBAND: "Kafala Father", WIFE: "Kafala Mother"}
EGYPT = "Egypt"


def expected(kind: str) -> list[str]:
	"""Parts of a kind of family."""
	if kind == states.COUPLE:
		return ["Husband", "Wife"]
	return ["Man Who Applies Alone"] if kind == states.MAN_ALONE else ["Woman Who Applies Alone"]


def check(file: Document) -> None:
	"""The adults that a kind of family has, each once; rows keep the person that they are."""
	wanted = expected(file.family_kind)
	if sorted(row.part for row in file.adults) != sorted(wanted):
		names = comma_and([_(part) for part in wanted], add_quotes=False)
		file.refuse(_("A family of this kind is entered with: {0}").format(names))
	before = file.get_doc_before_save()
	persons = file.flags.known_persons or {}  # found by the system for a file that it makes
	if before:
		persons = {PARTS[row.part]: row.person for row in before.adults}
	for row in file.adults:
		row.person = persons.get(PARTS[row.part])


def by_prefix(file: Document) -> dict[str, Document]:
	"""Rows of husband and wife; a woman who applies alone stands as wife, a man as husband."""
	return {PARTS[row.part]: row for row in file.adults}


def write_through(file: Document) -> None:
	"""Bring the form to the persons and the family, making them where there are none."""
	before = file.get_doc_before_save()
	if before and file.family and not changed(file, before):
		return
	for row in file.adults:
		write_person(file, row)
	write_family(file)


def changed(file: Document, before: Document) -> bool:
	"""Whether what persons and family hold has changed."""

	def held(doc: Document) -> list:
		rows = [[str(row.get(field) or "") for field in IDENTITY] for row in doc.adults]
		return [rows, doc.home_address or "", doc.phone or ""]

	return held(file) != held(before)


def write_person(file: Document, row: Document) -> None:
	"""One adult. His national number is checked as everybody's."""
	person = frappe.get_doc("Person", row.person) if row.person else frappe.new_doc("Person")
	person.update({field: row.get(field) for field in IDENTITY})
	person.sex = "Male" if PARTS[row.part] == HUSBAND else "Female"
	if not row.national_number:
		egyptian = row.nationality in (EGYPT, None, "")
		person.national_number_status = "In Process" if egyptian else "Not Egyptian"
	person.flags.ignore_permissions = True  # the right that counts is the one to the file
	person.flags.from_file = file.name
	person.save()
	row.update({"person": person.name, "full_name": person.full_name})
	row.national_number = person.national_number


def write_family(file: Document) -> None:
	"""The family with its members; it has no place of registration."""
	family = frappe.get_doc("Family", file.family) if file.family else frappe.new_doc("Family")
	family.update(
		{
			"family_title": _("Family of {0}", lang="ar").format(file.adults[0].full_name),
			"governorate": file.governorate,
			"address": file.home_address,
			"phone": file.phone,
		}
	)
	family.set("members", [member(row) for row in file.adults])
	family.flags.ignore_permissions = True  # as above
	family.save()
	family.db_set({"registering_unit": None, "registering_institution": None}, update_modified=False)
	file.family = family.name


def member(row: Document) -> dict:
	"""An adult as a row of the core's family."""
	return {
		"relation": RELATIONS[PARTS[row.part]],
		"member_name": row.full_name,
		"person": row.person,
		"national_number": row.national_number,
		"birth_date": row.birth_date,
		"life_status": "Alive",
	}
