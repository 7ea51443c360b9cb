"""What the calls of the interface meet: published services, readers with keys, a request of each service."""

from datetime import date

import frappe
from frappe.utils.password import set_encrypted_password
from social_care.services import versions
from social_care.services.tests.packs import compile_packs
from social_care.services.tests.sample_walks import SampleRows
from social_care.tests.places import country


def publish(services: tuple[str, ...]) -> None:
	"""Those that are not published yet, as their packs say today."""
	missing = [code for code in services if not frappe.db.get_value("Service", code, "published_version")]
	if missing:
		compile_packs(missing)
	frappe.db.commit()


def keys_of(user: str) -> dict[str, str]:
	"""Headers with new keys of a user."""
	key, secret = frappe.generate_hash(length=15), frappe.generate_hash(length=15)
	frappe.db.set_value("User", user, "api_key", key)
	set_encrypted_password("User", user, secret, "api_secret")
	frappe.db.commit()
	return {"Authorization": f"token {key}:{secret}"}


def enter(service: str) -> tuple[str, str]:
	"""(record type, name) of a new request as the first sample of the pack has it, about a home of the readers."""
	pack = versions.published(service)
	rows = SampleRows(pack, pack["samples"][0], date.today(), country().here)
	values = rows.place() | rows.applicant() | rows.subject() | rows.values()
	if "institution" in values:
		values["institution"] = country().here.institution
	doc = frappe.get_doc({"doctype": pack["document_type"]} | values).insert()
	return doc.doctype, doc.name
