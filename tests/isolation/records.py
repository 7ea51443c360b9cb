"""A child on each side, every text of which bears a mark that must not be seen from the other side."""

from dataclasses import dataclass, field

import frappe
from frappe.utils.password import update_password
from social_care.tests import factories
from social_care.tests.places import Country, Place, country

from isolation.browser import PASSWORD, Browser

TEXTS = (
	*(
		"first_name",
		"nickname",
		"birth_place",
		"room_group",
		"caregiver",
		"hobbies",
		"referral_authority",
		"decision_number",
	),
	*(
		"mother_full_name",
		"finding_place",
		"finder_name",
		"finding_record_number",
		"finding_police_station",
		"abuse_history",
	),
	*(
		"chronic_conditions",
		"medicines",
		"child_view",
		"savings_account",
		"health_insurance_number",
		"services_card_number",
	),
)


@dataclass
class Victim:
	"""What exists of one child, and the mark of its texts."""

	place: Place
	mark: str
	child: str
	person: str
	family: str
	placement: str
	national_number: str
	photo: str
	attachment: str
	names: list[str] = field(default_factory=list)


@dataclass
class Stage:
	"""Both children and everybody who looks at them."""

	country: Country
	here: Victim
	there: Victim

	def browser(self, user: str) -> Browser:
		"""A logged-in browser, one for each user in a run."""
		if user not in BROWSERS:
			BROWSERS[user] = Browser(user)
		return BROWSERS[user]


BROWSERS: dict[str, Browser] = {}


def account(role: str, unit: str) -> str:
	"""A new user with a role over a unit who can log in: committed, so that the web process knows him."""
	frappe.set_user("Administrator")
	user = factories.staff(role, unit)
	update_password(user, PASSWORD)
	frappe.db.commit()
	return user


def make_stage() -> Stage:
	"""Committed rows, so that the web process sees them."""
	places = country()
	frappe.set_user("Administrator")
	for user in (*vars(places.here).values(), *vars(places.there).values(), places.head, places.both):
		if "@" in user:
			update_password(user, PASSWORD)
	stage = Stage(places, make_victim(places.here), make_victim(places.there))
	frappe.db.commit()
	return stage


def make_victim(place: Place) -> Victim:
	"""A child with every protected field filled, entered by the institution's entry user."""
	mark = "zq" + frappe.generate_hash(length=10)
	frappe.set_user(place.entry)
	family = factories.family(family_title=f"{mark} family_title")
	texts = {name: f"{mark} {name}" for name in TEXTS}
	child = factories.child(place.institution, family=family.name, **texts, **tables(mark))
	photo = factories.file(
		factories.image(),
		f"{mark}.png",
		attached_to_doctype="Child",
		attached_to_name=child.name,
		attached_to_field="photo",
	)
	child.reload()
	child.update(
		{
			"photo": photo.file_url,
			"abuse_history": f"{mark} abuse_history again",
			"hobbies": f"{mark} hobbies again",
		}
	)
	child.save(ignore_version=False)
	paper = factories.file(
		f"{mark} court paper".encode(),
		f"{mark}-court.txt",
		attached_to_doctype="Child",
		attached_to_name=child.name,
	)
	frappe.set_user("Administrator")
	frappe.db.commit()
	return Victim(
		place,
		mark,
		child.name,
		child.person,
		family.name,
		child.current_placement,
		child.national_number,
		photo.file_url,
		paper.file_url,
		names=[child.person, family.name, child.current_placement, photo.name, paper.name],
	)


def tables(mark: str) -> dict:
	"""Rows of every table of the file."""
	return {
		"identity_papers": [{"paper_kind": "Passport", "paper_number": f"{mark} paper"}],
		"education_records": [
			{"school_year": "2025/2026", "enrolment_status": "Enrolled", "school_name": f"{mark} school"}
		],
		"health_records": [
			{"record_date": frappe.utils.nowdate(), "record_kind": "Illness", "finding": f"{mark} finding"}
		],
	}
