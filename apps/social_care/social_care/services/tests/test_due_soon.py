"""Whoever works on a request is told once before its last day."""

import frappe
from frappe.utils import add_days, getdate, nowdate

from social_care.services import versions
from social_care.services.runtime import due_soon
from social_care.services.tests.cases import VISIT, VISITS, StepsTestCase
from social_care.services.working_days import due_day
from social_care.tests import factories


class TestDueSoon(StepsTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.act_as("Administrator")
		self.pack = versions.published(VISIT)
		self.near = due_day(getdate(nowdate()), due_soon.days_before(self.pack), self.pack["clock"]["basis"])

	def due(self, day) -> None:
		frappe.db.set_value(VISITS, self.doc.name, "due_on", day, update_modified=False)

	def look(self) -> list[str]:
		"""The hourly look at this request; returns whom it told, one a notice."""
		known = set(self.notices())
		rows = due_soon._unknown(VISITS, self.doc.pack_version, self.near)
		due_soon.tell_chunk(VISITS, [row for row in rows if row[0] == self.doc.name])
		new = [name for name in self.notices() if name not in known]
		return sorted(frappe.get_all("Notification Log", {"name": ["in", new or [""]]}, pluck="for_user"))

	def notices(self) -> list[str]:
		told = {"document_type": VISITS, "document_name": self.doc.name}
		return frappe.get_all("Notification Log", told, pluck="name")

	def test_the_days_are_those_of_the_pack(self) -> None:
		self.assertEqual(due_soon.days_before(self.pack), self.pack["clock"]["warn_days"])
		short = self.pack | {"clock": self.pack["clock"] | {"days": 2, "warn_days": 3}}
		none = self.pack | {"clock": self.pack["clock"] | {"warn_days": 0}}
		self.assertEqual([due_soon.days_before(pack) for pack in (short, none)], [1, 0])
		self.assertIn((self.doc.pack_version, self.near), list(due_soon._near(VISITS)))

	def test_those_who_work_on_it_are_told_once(self) -> None:
		self.due(self.near)
		told = self.look()
		self.assertIn(self.worker, told)
		self.assertIn(self.here.director, told)
		self.assertFalse(
			{self.worker_there, self.there.director, self.here.chief, self.here.entry} & set(told)
		)
		self.assertEqual(self.look(), [])

	def test_a_day_further_off_a_day_that_passed_and_a_waiting_request_are_not_told(self) -> None:
		for day in (add_days(self.near, 1), add_days(nowdate(), -1)):
			self.due(day)
			self.assertEqual(self.look(), [])
		self.act_as(self.worker)
		self.move(self.doc, "Under Study")
		self.move(self.doc, "Waiting for the Applicant", reason="صورة البطاقة غير واضحة")
		self.act_as("Administrator")
		self.due(self.near)
		self.assertEqual(self.look(), [])

	def test_the_next_state_is_not_told_again_and_a_day_that_moved_is(self) -> None:
		self.due(self.near)
		self.assertTrue(self.look())
		self.act_as(self.worker)
		self.move(self.doc, "Under Study")
		self.act_as("Administrator")
		self.due(self.near)
		self.assertEqual(self.look(), [])
		self.due(nowdate())
		self.assertTrue(self.look())

	def test_whom_it_is_assigned_to_is_told_alone(self) -> None:
		self.due(self.near)
		frappe.db.set_value(VISITS, self.doc.name, "_assign", frappe.as_json([self.here.director]))
		self.assertEqual(self.look(), [self.here.director])

	def test_the_notice_names_the_request_and_nobody(self) -> None:
		self.due(self.near)
		self.look()
		subject = frappe.db.get_value("Notification Log", {"name": ["in", self.notices()]}, "subject")
		self.assertIn(self.doc.name, subject)
		self.assertNotIn("سعاد", subject)

	def test_where_nobody_works_yet_the_next_look_tells(self) -> None:
		self.due(self.near)
		frappe.db.set_value("Staff Assignment", {"name": ["is", "set"]}, "valid_to", add_days(nowdate(), -1))
		self.assertEqual(self.look(), [])
		new = factories.staff("Institution Social Worker", institution=self.here.institution)
		self.assertEqual(self.look(), [new])
