"""What an ending says of file, child and stay: written by the system. And what has to be true of the place where the child goes."""

from datetime import date

import frappe
from dateutil.relativedelta import relativedelta
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate
from social_care.registry.placements import KAFALA

from social_care_kafala.kafala.endings import words
from social_care_kafala.kafala.path import states as path
from social_care_kafala.kafala.path.clock import settings

OF_FILE = ("org_unit", "governorate", "child", "status", "family")
# The field that names the next place; of age and in death there is none to name.
TARGET = {
	words.RETURN: "to_institution",
	words.REMOVAL: "to_institution",
	words.TRANSFER: "next_file",
	words.REINTEGRATION: "reintegration_case",
}


def fill(ending: Document) -> None:
	"""Place, child and stay, from the file and the child's history; targets of other kinds are emptied."""
	file = frappe.db.get_value(path.DOCTYPE, ending.family_file, OF_FILE, as_dict=True)
	if not file or file.status not in words.WITH_THE_FAMILY:
		ending.refuse(_("Only a kafala in which the child lives with the family is ended."))
	for field in set(TARGET.values()) - {TARGET.get(ending.ending_kind)}:
		ending.set(field, None)
	stay = stay_of(file.child, file.family)
	born = frappe.db.get_value("Child", file.child, "birth_date")
	ending.update({field: file[field] for field in ("org_unit", "governorate", "child")})
	ending.update(
		{"family_placement": stay.name if stay else None, "placed_on": stay.from_date if stay else None}
	)
	ending.age_at_placement = months(born, stay.from_date) if stay and born else None


def stay_of(child: str | None, family: str | None, **more) -> dict | None:
	"""The child's last Placement with this family, whether it goes on or not: {name, from_date}."""
	if not child or not family:
		return None
	stay = {"child": child, "family": family, "setting": KAFALA, **more}
	fields = ["name", "from_date"]
	return frappe.db.get_value("Placement", stay, fields, as_dict=True, order_by="from_date desc")


def months(start: date | str, end: date | str) -> int:
	"""Whole months from one day to another."""
	gap = relativedelta(getdate(end), getdate(start))
	return gap.years * 12 + gap.months


def check_target(ending: Document) -> None:
	"""What is named belongs to this child, and the child is old enough for a life of his own."""
	check = CHECKS.get(ending.ending_kind)
	if check:
		check(ending)


def check_next_file(ending: Document) -> None:
	"""The next family's file names this child and is past its committee."""
	file = frappe.db.get_value(path.DOCTYPE, ending.next_file, ["child", "status"], as_dict=True)
	ready = path.STEPS[path.STEPS.index(path.DEPOSIT) : path.STEPS.index(path.FOLLOW_UP)]
	if ending.next_file == ending.family_file or file.child != ending.child or file.status not in ready:
		ending.refuse(_("The file of the next family has to name this child, with the viewing behind it."))


def check_case(ending: Document) -> None:
	"""The return to the family of origin was prepared in its own case."""
	case = frappe.db.get_value(
		"Reintegration Case", ending.reintegration_case, ["child", "status"], as_dict=True
	)
	if case.child != ending.child or case.status not in ("Prepared", "Reintegrated"):
		ending.refuse(_("The reintegration case has to be this child's, and prepared."))


def check_age(ending: Document) -> None:
	"""Kafala is followed up to the age of the settings."""
	age = cint(settings().age_of_ending)
	born = frappe.db.get_value("Child", ending.child, "birth_date")
	if relativedelta(getdate(ending.planned_on), getdate(born)).years < age:
		ending.refuse(_("A kafala ends of age at {0} years.").format(age))


CHECKS = {words.TRANSFER: check_next_file, words.REINTEGRATION: check_case, words.OF_AGE: check_age}
