"""Files of families, and staff that works on them."""

import frappe
from frappe.utils import add_days, add_years, nowdate
from social_care.tests import factories

DOCTYPE = "Kafala Family File"
IDENTITY = (
	*("first_name", "father_name", "family_name", "birth_date"),
	*("national_number", "nationality", "religion"),
)
SPECIALIST, SECRETARY = "Family and Childhood Specialist", "Committee Secretary"


def born(years: int, sex: str) -> tuple[str, str]:
	"""A birth date so many years ago, and a national number that fits it."""
	day = add_days(add_years(nowdate(), -years), -40)
	return day, factories.national_number(day, sex)


def adult(part: str, years: int = 38, **values) -> dict:
	"""One adult with names and a number."""
	sex = "Male" if part in ("Husband", "Man Who Applies Alone") else "Female"
	birth_date, number = born(years, sex)
	return {
		"part": part,
		"first_name": f"اسم{factories.letters()}",
		"father_name": f"أب{factories.letters()}",
		"family_name": f"عائلة{factories.letters()}",
		"birth_date": birth_date,
		"national_number": number,
		"nationality": "Egypt",
		"religion": "Muslim",
	} | values


def values(unit: str, **more) -> dict:
	"""A couple that meets every condition as far as a form can say so."""
	return {
		"doctype": DOCTYPE,
		"org_unit": unit,
		"family_kind": "Married Couple",
		"applied_on": nowdate(),
		"source_of_knowledge": "Awareness Campaign",
		"adults": [adult("Husband"), adult("Wife", 35)],
		"married_on": add_years(nowdate(), -8),
		"home_address": "شارع السلام",
		"phone": "01000000000",
		"lives_abroad": "No",
		"best_education": "University Degree",
		"has_own_children": "No",
		"keeps_lineage": "Yes",
		"accepts_return": "Yes",
		"no_travel": "Yes",
		"home_in_egypt": "Yes",
		"has_stable_income": "Yes",
		"wished_sex": "No Preference",
	} | more


STUDY = {
	"initial_visit_on": "2026-11-01",
	"initial_visit_result": "Suitable",
	"home_suitable": "Yes",
	"administration_inquiry": "Suitable",
	"association_inquiry": "Suitable",
	"criminal_record": "Clean",
	"hepatitis_free": "Yes",
	"drug_test": "Negative",
	"psychological_test": "Fit",
	"credit_result": "Sound",
}


def file(unit: str, **more):
	"""A stored file, made by the session user."""
	return frappe.get_doc(values(unit, **more)).insert()


def bring_papers(doc) -> None:
	"""Every paper that is asked for, issued today."""
	for row in doc.documents:
		stored = factories.file(factories.image(), f"{frappe.generate_hash(length=8)}.png")
		row.update({"file": stored.file_url, "issued_on": nowdate(), "original_seen": 1})


def at(doc, status: str, **more):
	"""The file as it would be in a step, put there past the path."""
	frappe.db.set_value(DOCTYPE, doc.name, {"status": status, **more}, update_modified=False)
	return frappe.get_doc(DOCTYPE, doc.name)
