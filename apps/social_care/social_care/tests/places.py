"""Two directorates that must know nothing of each other, with the staff that the tests act as."""

from dataclasses import dataclass
from functools import cache

import frappe

from social_care.tests import factories

HEADQUARTERS = "HQ"
ENTRY, DIRECTOR = "Institution Entry User", "Institution Director"
OFFICER, CHIEF = "Directorate Data Officer", "Directorate Director"


@dataclass
class Place:
	"""A directorate with a district, an institution below the district, and one user for each role."""

	directorate: str
	district: str
	institution: str
	entry: str
	director: str
	officer: str
	chief: str


@dataclass
class Country:
	"""Two places and the head of the central administration."""

	here: Place
	there: Place
	head: str


def make_place(governorate: str) -> Place:
	"""A directorate in a governorate, complete."""
	directorate = factories.org_unit(governorate=governorate).name
	district = factories.org_unit("Social Administration", directorate, governorate).name
	institution = factories.institution(district).name
	return Place(
		directorate,
		district,
		institution,
		entry=factories.staff(ENTRY, institution=institution),
		director=factories.staff(DIRECTOR, institution=institution),
		officer=factories.staff(OFFICER, org_unit=directorate),
		chief=factories.staff(CHIEF, org_unit=directorate),
	)


@cache
def country() -> Country:
	"""Cairo and Alexandria, and somebody above both: made once in a run and kept, for making users is slow."""
	frappe.set_user("Administrator")
	head = factories.staff("Central Administration Head", org_unit=HEADQUARTERS)
	made = Country(make_place("01"), make_place("02"), head)
	frappe.db.commit()
	return made
