"""A directorate with one institution and one user of each kind, committed for the web process to see."""

from dataclasses import dataclass

import frappe
from social_care.tests import factories

PASSWORD = "Kg7!tests-only-Zq"
NAMES = {
	"Institution Entry User": "منى حسن",
	"Directorate Data Officer": "سامح فؤاد",
	"Directorate Director": "إيمان شوقي",
	"Central Administration Head": "هالة منصور",
	"Functional Administrator": "كريم عادل",
}


@dataclass
class World:
	"""Places and people of one run; users by their kind."""

	directorate: str
	institution: str
	entry: str
	colleague: str
	officer: str
	director: str
	head: str
	administrator: str

	def users(self) -> dict[str, str]:
		"""One user of each kind, by kind."""
		kinds = ("entry", "officer", "director", "head", "administrator")
		return {kind: getattr(self, kind) for kind in kinds}


def make_world() -> World:
	"""Rows of this run alone; nothing of them is looked for by another test."""
	frappe.set_user("Administrator")
	directorate = factories.org_unit(unit_name="مديرية التضامن الاجتماعي بالقاهرة").name
	district = factories.org_unit(
		"Social Administration", directorate, unit_name="إدارة مصر الجديدة الاجتماعية"
	).name
	home = factories.institution(
		district, institution_name="دار النور لرعاية الأطفال", licensed_capacity=500
	).name
	at_home, at_directorate, above = {"institution": home}, {"org_unit": directorate}, {"org_unit": "HQ"}
	frappe.db.set_single_value("Social Care Settings", "figures_kept_minutes", 0)  # the machine may be busy
	world = World(
		directorate,
		home,
		entry=_person("Institution Entry User", at_home),
		colleague=_person("Institution Entry User", at_home, "نادية علي"),
		officer=_person("Directorate Data Officer", at_directorate),
		director=_person("Directorate Director", at_directorate),
		head=_person("Central Administration Head", above),
		administrator=_person("Functional Administrator", above),
	)
	frappe.db.commit()
	return world


def _person(role: str, place: dict, full_name: str = "") -> str:
	first, last = (full_name or NAMES[role]).split()
	values = {
		"first_name": first,
		"last_name": last,
		"language": "ar",
		"send_welcome_email": 0,
		"new_password": PASSWORD,
	}
	doc = frappe.get_doc(
		{"doctype": "User", "email": f"{factories.unique('desk').lower()}@test.invalid", **values}
	)
	doc.flags.ignore_password_policy = True
	doc.insert(ignore_permissions=True)
	factories.assign(doc.name, role, **place)
	return doc.name


def registered_child(world: World, **values) -> str:
	"""A draft file entered by the entry user."""
	frappe.set_user(world.entry)
	try:
		name = factories.child(world.institution, **values).name
	finally:
		frappe.set_user("Administrator")
	frappe.db.commit()
	return name
