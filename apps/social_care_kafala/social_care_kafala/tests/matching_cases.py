"""Families that look for a child, children who wait for a family, and the way from the choice to the accepted match."""

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, nowdate
from social_care.tests import factories

from social_care_kafala.kafala.matching import reserving, states
from social_care_kafala.kafala.path import states as path
from social_care_kafala.tests import cases
from social_care_kafala.tests.test_family_file import FileTestCase


def waiting_child(institution: str, **values):
	"""A child of two years and a half, for kafala; made by the Administrator."""
	values = {"birth_date": add_days(nowdate(), -900), "religion": "Muslim"} | values
	child = factories.child(institution, **values)
	frappe.db.set_value("Child", child.name, "kafala_candidate", 1)
	return child


def looking(unit: str, **values):
	"""A file of a family that waits for a child, as the session user's."""
	doc = cases.file(unit, **cases.STUDY, training_result="Passed", **values)
	return cases.at(doc, path.VIEWING)


VISITED = {
	"medical_result": "Fit for Placement",
	"child_view": "يضحك معهم ويسأل متى يعودون",
}


def visits(count: int = 6) -> list[dict]:
	return [
		{"visit_date": nowdate(), "reaction": "Warm", "child_says": "أحب اللعب معهم"}
		for _visit in range(count)
	]


def step(test, doc, action: str, user: str, **values):
	"""One step of a reservation, by a user who writes `values` first."""
	test.act_as(user)
	doc = frappe.get_doc(states.DOCTYPE, doc.name)
	if values:
		doc.update(values)
		doc.save()
	return apply_workflow(doc, action)


def visited(test, doc, worker: str):
	"""Every visit made, examined and heard, as the specialist writes it down."""
	test.act_as(worker)
	doc = frappe.get_doc(states.DOCTYPE, doc.name)
	for row in visits():
		doc.append("visits", row)
	return doc.update(VISITED | {"medical_on": nowdate()}).save()


def accepted_match(test, file, child: str, worker: str, chief: str):
	"""The whole way from the choice of a child to the accepted match."""
	test.act_as(worker)
	doc = frappe.get_doc(states.DOCTYPE, reserving.reserve(file.name, child))
	doc = step(test, doc, "Issue the Letter", chief)
	return step(test, visited(test, doc, worker), "Accept the Match", chief)


class MatchingTestCase(FileTestCase):
	"""A specialist, two directors and headquarters of one place, and the specialist and director of another."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.chief = cls.here.chief
		cls.other_chief = factories.staff("Directorate Director", cls.here.directorate)
		cls.manager = factories.staff("General Manager", "HQ")

	def child(self, institution: str = "", **values):
		self.act_as("Administrator")
		return waiting_child(institution or self.here.institution, **values)

	def family(self, **values):
		self.act_as(self.specialist)
		return looking(self.here.district, **values)

	def reserve(self, file, child, user: str = "", **values) -> Document:
		self.act_as(user or self.specialist)
		return frappe.get_doc(states.DOCTYPE, reserving.reserve(file.name, child.name, **values))

	def step(self, doc, action: str, user: str, **values):
		return step(self, doc, action, user, **values)

	def with_letter(self, file, child):
		return self.step(self.reserve(file, child), "Issue the Letter", self.chief)

	def visited(self, doc):
		return visited(self, doc, self.specialist)

	def matched(self, file, child):
		return accepted_match(self, file, child.name, self.specialist, self.chief)
