"""Kafalas that are to end: a child who lives with a family, and the steps of an ending."""

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, nowdate
from social_care.tests import factories
from social_care.tests.move_cases import second_home

from social_care_kafala.kafala.endings import words
from social_care_kafala.kafala.path import states
from social_care_kafala.tests import cases
from social_care_kafala.tests.test_family_file import FileTestCase

DOCTYPE = words.DOCTYPE
STUDY = {
	"study_on": "2026-11-01",
	"study_by": "وحدة إدارة الحالة",
	"study": "تعذر استمرار الطفل في الأسرة",
	"psychological_report": "يحتاج الطفل إلى دعم نفسي",
	"child_view": "يريد أن يبقى قريبًا من مدرسته",
	"best_interests": "وُزنت البدائل",
	"ending_cause": "KE-09",
}
RULING = {
	"decision_number": "31/2026",
	"decision_date": "2026-11-02",
	"decision_authority": "اللجنة العليا للأسر البديلة",
}
CAME = -60  # days from today on which the child came to the family


def decision(**more) -> dict:
	"""A ruling, and a move today."""
	return RULING | {"planned_on": nowdate()} | more


class EndingTestCase(FileTestCase):
	"""`self.kafala` is the file of a family with which `self.child` has lived since 60 days ago."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.second, cls.second_entry, cls.second_director = second_home(cls.here.district)
		cls.manager = factories.staff("General Manager", "HQ")

	def setUp(self) -> None:
		super().setUp()
		self.child = factories.child(self.here.institution, birth_date=add_days(nowdate(), -900))
		self.kafala = self.with_a_family(self.child.name)

	def with_a_family(self, child: str, came: int = CAME, **values):
		"""A family's file in the follow-up, and the child's stay with it."""
		doc = self.file(**values)
		self.act_as("Administrator")
		day = add_days(nowdate(), came)
		doc = cases.at(doc, states.FOLLOW_UP, child=child, handed_over_on=day)
		self.place(child, doc, day)
		return doc

	def place(self, child: str, file, day: str):
		"""The stay that a hand-over opens."""
		stay = {"setting": "Kafala Family", "family": file.family, "org_unit": file.org_unit}
		return factories.transfer(child, None, movement="Kafala", from_date=day, **stay)

	def ending(self, kind: str = words.RETURN, **values):
		"""An ending with its study, written by the specialist."""
		self.act_as(self.specialist)
		wanted = {
			"doctype": DOCTYPE,
			"family_file": self.kafala.name,
			"ending_kind": kind,
			"is_unjustified": "No",
		}
		if kind in words.TO_INSTITUTION:
			wanted["to_institution"] = self.second
		return frappe.get_doc(wanted | STUDY | values).insert()

	def act(self, doc, action: str, user: str | None = None, **values):
		"""Take a step as `user`, having written `values`."""
		self.act_as(user or self.specialist)
		doc = frappe.get_doc(DOCTYPE, doc.name)
		if values:
			doc.update(values)
			doc.save()
		return apply_workflow(doc, action)

	def decided(self, kind: str = words.RETURN, **values):
		doc = self.act(self.ending(kind, **values), "Put the Ending to the Directorate")
		return self.act(doc, "Decide on the Ending", self.here.chief, **decision())

	def answered(self, doc, action: str, user: str, **values):
		"""A step of the request to the institution."""
		self.act_as(user)
		change = frappe.get_doc(
			"Placement Change", frappe.db.get_value(DOCTYPE, doc.name, "placement_change")
		)
		if values:
			change.update(values)
			change.save()
		return apply_workflow(change, action)

	def returned(self, doc):
		"""The institution accepts the child and records the hand-over."""
		self.answered(doc, "Accept the Child", self.second_director)
		self.answered(doc, "Record Hand-over", self.second_entry)
		self.act_as("Administrator")
		return frappe.get_doc(DOCTYPE, doc.name)

	def history(self, child: str | None = None) -> list[dict]:
		return frappe.get_all(
			"Placement",
			filters={"child": child or self.child.name},
			fields=[
				"name",
				"setting",
				"institution",
				"family",
				"from_date",
				"to_date",
				"is_current",
				"end_reason",
			],
			order_by="from_date asc",
		)

	def file_state(self) -> str:
		return frappe.db.get_value(states.DOCTYPE, self.kafala.name, "status")
