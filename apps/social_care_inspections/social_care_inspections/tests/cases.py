"""Visits for tests, made through the controllers, in the names of those who would make them."""

import frappe
from frappe.utils import nowdate
from social_care.tests import CountryTestCase, factories

# A picture of one white point.
SIGNATURE = (
	"data:image/png;base64,"
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="
)
SIGNED = {"representative_name": "مدير الدار", "representative_signature": SIGNATURE}


def forget_changes() -> None:
	"""Cached rows that a test has changed and that its rollback does not take back."""
	frappe.clear_document_cache("Assessment Tool", "CHILD-42-1")
	frappe.clear_document_cache("Inspection Settings", "Inspection Settings")


def visit_values(institution: str, *inspectors: str, **values) -> dict:
	return {
		"doctype": "Institution Visit",
		"institution": institution,
		"visit_kind": "Periodic",
		"planned_on": nowdate(),
		"inspectors": [{"user": user} for user in inspectors],
		**values,
	}


def visit(institution: str, *inspectors: str, **values):
	"""A planned visit."""
	return frappe.get_doc(visit_values(institution, *inspectors, **values)).insert()


def inspector(unit: str) -> str:
	"""A new inspector of a unit, whoever the session is."""
	user = frappe.session.user
	frappe.set_user("Administrator")
	made = factories.staff("Inspector", unit)
	frappe.set_user(user)
	return made


def fresh(doc):
	"""The stored row, as the next request would read it."""
	return frappe.get_doc(doc.doctype, doc.name)


def step(doc, status: str, **values):
	"""Take a step by a plain save; returns the stored row."""
	doc = fresh(doc)
	doc.update({"status": status, **values})
	doc.save()
	return fresh(doc)


def answered(doc, score: int | str = 3, **scores):
	"""Score every indicator alike, but those that are named (`A1_1=0`); returns the stored row."""
	doc = fresh(doc)
	for row in doc.answers:
		row.score = str(scores.get(row.indicator_code.replace(".", "_"), score))
	doc.save()
	return fresh(doc)


def completed(institution: str, user: str, score: int = 3, scores: dict | None = None, **values):
	"""A visit made by `user`, whom the session becomes; its checklist is complete."""
	doc = visit(institution, user, **values)
	frappe.set_user(user)
	doc = answered(step(doc, "Begun"), score, **(scores or {}))
	return step(doc, "Completed", findings="المبنى نظيف", recommendations="تجديد الطفايات", **SIGNED)


class VisitTestCase(CountryTestCase):
	"""An inspector of the directorate and a manager of the district above the institution."""

	def setUp(self) -> None:
		super().setUp()
		self.addCleanup(forget_changes)
		self.inspector = inspector(self.here.directorate)
		self.manager = factories.staff("Social Administration Manager", self.here.district)

	def completed(self, **values):
		self.act_as(self.here.chief)
		doc = completed(self.here.institution, self.inspector, **values)
		self.act_as(self.inspector)
		return doc

	def reported(self, **values):
		return step(self.completed(**values), "Reported")
