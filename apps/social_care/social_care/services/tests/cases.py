"""A published service to test with, and requests of it."""

from typing import Any

import frappe
from frappe.utils import add_days, nowdate

from social_care.services import versions
from social_care.services.tests.packs import compile_packs
from social_care.tests import CountryTestCase, factories

VISIT, VISITS = "SC-07", "Family Visit Permit Request"
WORKER, DIRECTOR = "Institution Social Worker", "Institution Director"
PAPERS = ("host_id", "kinship_proof", "undertaking")


class ServiceTestCase(CountryTestCase):
	"""Two directorates, and the visit permit published on the site (once: making tables cannot be taken back)."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		if not versions.published_version(VISIT):
			compile_packs([VISIT])
		cls.worker = _worker("worker.here", cls.here.institution)
		cls.worker_there = _worker("worker.there", cls.there.institution)

	def child(self, institution: str) -> str:
		return factories.child(institution).name

	def visit(self, **values: Any):
		"""A request for a visit at the institution, not inserted yet."""
		first = {
			"doctype": VISITS,
			"institution": self.here.institution,
			"org_unit": self.here.district,
			"applicant_name": "سعاد محمود علي حسن",
			"applicant_phone": "0100 123 4567",
			"applicant_birth_date": "1965-04-02",
			"permit_kind": "Day Out",
			"visit_from": add_days(nowdate(), 2),
			"stay_address": "12 شارع النصر",
			"relation_to_child": "Grandparent",
		}
		return frappe.get_doc(first | values)

	def move(self, doc, status: str, **values: Any):
		"""Take a step as the session user."""
		doc.reload()
		doc.update(values)
		doc.status = status
		return doc.save()

	def hand_in(self, doc, state: str = "Verified", codes: tuple[str, ...] = PAPERS) -> None:
		"""Papers of a request, looked at by the session user."""
		doc.reload()
		for row in doc.documents:
			if row.document_code in codes:
				row.state = state
		doc.save()


class StepsTestCase(ServiceTestCase):
	"""Tests that begin with a request about a child of the institution, entered by its social worker."""

	def setUp(self) -> None:
		super().setUp()
		self.act_as(self.worker)
		child = self.child_here()
		self.doc = self.visit(child=child).insert()

	def child_here(self) -> str:
		self.act_as("Administrator")
		name = self.child(self.here.institution)
		self.act_as(self.worker)
		return name

	def study(self) -> None:
		self.move(self.doc, "Under Study")
		self.hand_in(self.doc)
		self.doc.update({"child_view": "يريد الزيارة", "social_worker_opinion": "Agree"})
		self.doc.save()

	def to_decision(self) -> None:
		self.study()
		self.move(self.doc, "Before Decision")


def _worker(name: str, institution: str) -> str:
	email = f"{name}@test.invalid"
	if not frappe.db.exists("User", email):
		factories.user(name, email)
		factories.assign(email, WORKER, institution=institution)
		frappe.db.commit()
	return email
