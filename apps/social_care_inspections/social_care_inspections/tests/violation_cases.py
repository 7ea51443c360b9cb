"""Violations and penalties for tests, made through the controllers, step by step, by those whose steps they are."""

import frappe
from frappe.utils import nowdate
from social_care.tests import CountryTestCase, factories

from social_care_inspections.tests.cases import fresh, inspector, step

REFERRED = {"referral_number": "120/2026", "referral_authority": "نيابة الطفل"}
BASIS = [{"instrument": "قانون 149 لسنة 2019", "article": "22"}]


def inquiry() -> dict:
	"""What the investigator writes."""
	return {
		"investigation_report": "سُمعت الأقوال وفُحصت السجلات",
		"hearing_on": nowdate(),
		"hearing_statement": "أقرت المؤسسة بالواقعة",
		"conclusion": "ثبتت الواقعة بالمستندات",
	}


def decision() -> dict:
	"""What the decision bears."""
	return {"decision_number": "55/2026", "decision_date": nowdate(), "decision_authority": "مدير المديرية"}


class ViolationTestCase(CountryTestCase):
	"""An inspector who records and investigates, the directorate's director who concludes, a legal adviser."""

	def setUp(self) -> None:
		super().setUp()
		self.inspector = inspector(self.here.directorate)
		self.adviser = factories.staff("Legal Adviser", "HQ")
		self.control = factories.staff("Inspection Adviser", "HQ")
		self.act_as(self.inspector)

	def violation(self, **values):
		"""Observed by the inspector."""
		self.act_as(self.inspector)
		base = {
			"doctype": "Violation Record",
			"institution": self.here.institution,
			"violation_type": "AD-02",
			"description": "عشرون ملفا بلا شهادة ميلاد",
		}
		return frappe.get_doc(base | values).insert()

	def by(self, user: str, doc, status: str, **values):
		"""A step by somebody; returns the stored row."""
		self.act_as(user)
		return step(doc, status, **values)

	def investigated(self, **values):
		doc = self.violation(**values)
		doc = self.by(self.inspector, doc, "In Investigation")
		doc.update(inquiry())
		doc.save()
		return fresh(doc)

	def proven(self, **values):
		return self.by(self.here.chief, self.investigated(**values), "Proven")

	def penalty_values(self, record: str, **values) -> dict:
		base = {"doctype": "Violation Penalty", "violation_record": record, "penalty_kind": "PE-01"}
		return base | {"legal_basis": BASIS} | values

	def penalty(self, record: str, **values):
		"""Drafted by the directorate's director."""
		self.act_as(self.here.chief)
		return frappe.get_doc(self.penalty_values(record, **values)).insert()

	def decided(self, record: str, **values):
		"""With the adviser's opinion, decided by headquarters."""
		doc = self.by(self.here.chief, self.penalty(record, **values), "Before the Legal Adviser")
		doc = self.by(self.adviser, doc, "Opinion Given", legal_opinion="يجوز قانونا")
		return self.by(self.country.head, doc, "Decided", **decision())

	def state(self, doc) -> str:
		return frappe.db.get_value(doc.doctype, doc.name, "status")
