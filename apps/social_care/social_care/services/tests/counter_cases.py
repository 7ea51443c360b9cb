"""A counter to test with: its clerks in two directorates, and visits of applicants."""

from typing import Any

import frappe

from social_care.services import versions
from social_care.services.counter import registering
from social_care.services.tests.cases import VISIT
from social_care.services.tests.packs import compile_packs
from social_care.tests import CountryTestCase, factories

CLERK = "Rehabilitation Office Clerk"
CARD, PROSTHESIS, CERTIFICATE = "SC-28", "SC-29", "SC-30"
SERVICES = (CARD, PROSTHESIS, CERTIFICATE)
GROUP, OTHER_GROUP = "REH", "ELD"


class CounterTestCase(CountryTestCase):
	"""A counter in each of two directorates; the services of rehabilitation offices are published (once a site)."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		missing = [code for code in (*SERVICES, VISIT) if not versions.published_version(code)]
		if missing:
			compile_packs(missing)
		cls.clerk = clerk("clerk.here", cls.here.district)
		cls.clerk_there = clerk("clerk.there", cls.there.district)
		cls.office = counter(cls.here.district, "مكتب تأهيل هنا")
		cls.office_there = counter(cls.there.district, "مكتب تأهيل هناك")
		frappe.db.commit()

	def visit(self, *services: str, **values: Any) -> dict:
		"""A visit of one applicant with whole requests."""
		wanted = [request(code) for code in services or SERVICES]
		return {
			"key": frappe.generate_hash(length=30),
			"applicant": applicant(),
			"requests": wanted,
			"take_ticket": 1,
		} | values

	def registered(self, *services: str, **values: Any) -> dict:
		"""The answer of a visit that the clerk registers."""
		answer = registering.register(self.office, self.visit(*services, **values))
		self.assertNotIn("errors", answer)
		return answer


def clerk(name: str, unit: str, role: str = CLERK) -> str:
	email = f"{name}@test.invalid"
	if not frappe.db.exists("User", email):
		factories.user(name, email)
		factories.assign(email, role, org_unit=unit)
	return email


def counter(unit: str, name: str, **values: Any) -> str:
	"""The counter of a unit; made once a site."""
	found = frappe.db.get_value("Service Office", {"org_unit": unit})
	if found:
		return found
	doc = frappe.get_doc(
		{"doctype": "Service Office", "office_name": name, "org_unit": unit, "windows": 4, **values}
	)
	doc.append("capacities", {"places": 3})
	return doc.insert().name


def applicant(**values: Any) -> dict:
	return {
		"applicant_name": "سعاد محمود علي حسن",
		"applicant_phone": "0100 765 4321",
		"applicant_national_number": factories.national_number("1984-03-09", "Female"),
	} | values


def request(service: str, **changes: Any) -> dict:
	"""What a clerk fills in for a service."""
	values = {
		PROSTHESIS: {
			"entry_kind": "Request at the Office",
			"surveyed_on": frappe.utils.nowdate(),
			"device_kind": "Prosthesis",
			"limb": "Lower Limb",
			"side": "Right",
			"lower_level": "Below Knee",
			"loss_cause": "Diabetes or Vascular Disease",
			"loss_date": "2020-05-01",
			"works_in": "Day Labour",
			"household_income": 3000,
		},
		CERTIFICATE: {
			"certificate_kind": "First Certificate",
			"disability_group": "Motor",
			"qualification_level": "Literacy Certificate",
			"occupation_wished": "حياكة",
			"can_move_to": "In the Same Town",
		},
		CARD: {
			"request_kind": "First Issue",
			"portal_request_number": "CSP-2210087",
			"applies_as": "The Person Himself or Herself",
			"disability_type": "Motor",
			"disability_cause": "Accident",
			"disability_since": "2019-04-01",
			"medical_report_date": frappe.utils.nowdate(),
			"occupation_status": "Works",
			"benefits_wanted": [{"benefit": "Transport Reduction", "unknown": "x"}],
		},
	}[service]
	return {"service": service, "values": values | changes, "papers": []}
