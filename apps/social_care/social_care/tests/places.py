"""Two directorates that must know nothing of each other, with the staff that the tests act as."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import frappe
from frappe.utils import add_days, nowdate

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
	"""Two places, the head of the central administration, and somebody with another role in each place."""

	here: Place
	there: Place
	head: str
	both: str


@cache
def country() -> Country:
	"""Cairo and Alexandria, and somebody above both. Kept on the site from run to run: making users is slow."""
	frappe.set_user("Administrator")
	head = _staff("head", "Central Administration Head", org_unit=HEADQUARTERS)
	here, there = _place("HERE", "01"), _place("THERE", "02")
	both = _staff("both", DIRECTOR, institution=here.institution)
	if not frappe.db.exists("Staff Assignment", {"user": both, "role": CHIEF}):
		# given before a record of an app had levels that differ for the two roles
		factories.assign_unchecked(both, CHIEF, org_unit=there.directorate)
	made = Country(here, there, head, both)
	frappe.db.commit()
	return made


@contextmanager
def one_place_each() -> Iterator[None]:
	"""While packs are published `both` has one place, as a ministry would have to part the two: levels would spread."""
	second = {"user": "both@test.invalid", "role": CHIEF}
	frappe.db.set_value("Staff Assignment", second, "valid_to", add_days(nowdate(), -1))
	try:
		yield
	except Exception:
		frappe.db.rollback()
		raise
	finally:
		frappe.db.set_value("Staff Assignment", second, "valid_to", None)
		frappe.db.commit()


def _place(code: str, governorate: str) -> Place:
	directorate = _unit(f"T-{code}", "Directorate", HEADQUARTERS, governorate)
	district = _unit(f"T-{code}-1", "Social Administration", directorate, governorate)
	institution = f"T-{code}-HOME"
	if not frappe.db.exists("Institution", institution):
		factories.institution(district, institution_code=institution, licensed_capacity=100_000)
	return Place(
		directorate,
		district,
		institution,
		entry=_staff(f"entry.{code}", ENTRY, institution=institution),
		director=_staff(f"director.{code}", DIRECTOR, institution=institution),
		officer=_staff(f"officer.{code}", OFFICER, org_unit=directorate),
		chief=_staff(f"chief.{code}", CHIEF, org_unit=directorate),
	)


def _unit(code: str, level: str, parent: str, governorate: str) -> str:
	if not frappe.db.exists("Org Unit", code):
		factories.org_unit(level, parent, governorate, unit_code=code)
	return code


def _staff(name: str, role: str, **place: str) -> str:
	email = f"{name}@test.invalid".lower()
	if not frappe.db.exists("User", email):
		factories.user(name, email)
		factories.assign(email, role, **place)
	return email
