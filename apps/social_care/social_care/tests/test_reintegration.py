"""The search for families, the way back to them, and what is told when something waits or fails."""

import frappe
from frappe.utils import add_days, add_months, getdate, now, nowdate

from social_care.registry import reminders
from social_care.registry.child_paper import PaperError
from social_care.registry.file_review import FourEyesError
from social_care.registry.kin import steps
from social_care.tests import factories
from social_care.tests.kin_cases import KinTestCase, ReturnTestCase


class TestTracing(KinTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.child = self.sibling()

	def tracing(self, user: str | None = None, **values):
		self.act_as(user or self.here.entry)
		wanted = {
			"doctype": "Family Tracing",
			"child": self.child.name,
			"relation": "Mother",
			"next_step": "مخاطبة السجل المدني",
			"next_step_due": add_days(nowdate(), 7),
		}
		return frappe.get_doc({**wanted, **values}).insert()

	def change(self, name: str, **values):
		doc = frappe.get_doc("Family Tracing", name)
		doc.update(values)
		return doc.save()

	def test_an_open_search_has_a_next_step(self) -> None:
		self.assertRefused(PaperError, self.tracing, next_step="")
		self.assertRefused(PaperError, self.tracing, next_step_due=None)

	def test_kinship_comes_before_contact(self) -> None:
		name, values = self.tracing().name, {"first_contact_date": nowdate()}
		self.assertRefused(PaperError, self.change, name, **values)
		values |= {"kinship_verified": 1}
		self.assertRefused(PaperError, self.change, name, **values)
		values |= {"verification_method": "Birth Certificate"}
		self.assertRefused(PaperError, self.change, name, **values)
		doc = self.change(name, **values, child_wish="يريد أن يرى أمه")
		self.assertEqual((doc.verified_by, getdate(doc.verified_on)), (self.here.entry, getdate(nowdate())))

	def test_closed_with_a_reason(self) -> None:
		name = self.tracing().name
		self.assertRefused(PaperError, self.change, name, status="Nobody Found")
		doc = self.change(name, status="Nobody Found", closing_reason="لا بيانات بالسجل المدني")
		self.assertEqual(getdate(doc.closed_on), getdate(nowdate()))

	def test_steps_are_true(self) -> None:
		step = {"action": "Home Visit", "result": "لا أحد", "done_by": "الأخصائي"}
		name = self.tracing().name
		for day in (add_days(nowdate(), 1), add_days(nowdate(), -1)):
			self.assertRefused(PaperError, self.change, name, steps=[{**step, "step_date": day}])
		self.assertEqual(len(self.change(name, steps=[{**step, "step_date": nowdate()}]).steps), 1)

	def test_overdue_steps_of_the_readers_scope(self) -> None:
		doc = self.tracing(next_step_due=add_days(nowdate(), -3))
		self.act_as(self.here.chief)
		(row,) = [row for row in steps.overdue() if row.name == doc.name]
		self.assertEqual((row.kind, row.days_overdue), ("Family Tracing", 3))
		self.act_as(self.there.chief)
		self.assertNotIn(doc.name, [row.name for row in steps.overdue()])
		self.act_as("Administrator")
		reader = factories.staff("Directorate Director", org_unit=self.there.directorate)
		factories.assign_unchecked(reader, "Inspector", self.here.institution)
		self.act_as(reader)
		self.assertTrue(frappe.get_list("Child", {"name": doc.child}))
		self.assertNotIn(doc.name, [row.name for row in steps.overdue()])

	def test_who_is_sought_is_level_three(self) -> None:
		doc = self.tracing(sought_name="أم الطفل", known_facts="كانت تسكن في الحي")
		self.act_as("Administrator")
		reader = factories.staff("Social Administration Manager", org_unit=self.here.district)
		self.act_as(reader)
		doc = frappe.get_doc("Family Tracing", doc.name)
		doc.apply_fieldlevel_read_permissions()
		self.assertFalse(doc.get("sought_name") or doc.get("known_facts") or doc.get("relation"))

	def test_scope(self) -> None:
		doc = self.tracing()
		self.act_as(self.there.chief)
		self.assertFalse(frappe.has_permission("Family Tracing", "read", doc=doc.name))
		self.assertRefused(frappe.PermissionError, self.tracing, user=self.there.entry)


class TestReintegration(ReturnTestCase):
	def returned(self):
		self.prepared()
		decision = {
			"decision_number": "7",
			"decision_date": nowdate(),
			"decision_authority": "اللجنة المركزية",
		}
		self.change(self.here.chief, **decision)
		return self.step("Return to the Family", self.here.chief)

	def test_all_the_way_home(self) -> None:
		case = self.returned()
		child = frappe.get_doc("Child", self.child.name)
		self.assertEqual((child.life_state, child.institution), ("Reintegrated", None))
		placement = frappe.get_doc("Placement", case.placement)
		self.assertEqual(
			(placement.setting, placement.family, placement.movement),
			("Family", self.family, "Reintegration"),
		)
		due = [getdate(row.due_date) for row in case.follow_ups]
		self.assertEqual(due, [getdate(add_months(nowdate(), month)) for month in (1, 3, 6, 12)])

	def test_only_known_parentage(self) -> None:
		self.child.db_set("parentage", "Karim Al-Nasab")
		self.open()
		self.assertRefused(PaperError, self.step, "Complete Assessment", self.here.entry)
		self.act_as("Administrator")
		self.settings(reintegration_known_parentage=0)
		self.assertEqual(self.step("Complete Assessment", self.here.entry).status, "Assessed")

	def test_the_child_is_asked_and_the_family_seen(self) -> None:
		for field in ("child_view", "housing_assessment", "recommendation"):
			self.open(**{field: ""})
			self.assertRefused(PaperError, self.step, "Complete Assessment", self.here.entry)
			self.act_as("Administrator")
			frappe.db.delete("Reintegration Case", {"name": self.case.name})

	def test_best_interests_and_support_before_the_decision(self) -> None:
		self.open()
		self.step("Complete Assessment", self.here.entry)
		self.assertRefused(PaperError, self.step, "Mark as Prepared", self.here.officer)

	def test_what_is_not_recommended_is_not_prepared(self) -> None:
		self.open(recommendation="Return Not Recommended")
		self.step("Complete Assessment", self.here.entry)
		support = [{"kind": "Counselling"}]
		values = {"best_interests": "لا", "support_items": support, "planned_date": nowdate()}
		self.change(self.here.entry, **values)
		self.assertRefused(PaperError, self.step, "Mark as Prepared", self.here.officer)

	def test_no_return_without_a_decision(self) -> None:
		self.prepared()
		self.assertRefused(PaperError, self.step, "Return to the Family", self.here.chief)
		self.assertEqual(frappe.db.get_value("Child", self.child.name, "life_state"), "Active")

	def test_four_eyes(self) -> None:
		self.open()
		self.step("Complete Assessment", self.here.entry)
		support = [{"kind": "Cash Support"}]
		values = {"best_interests": "خير له", "support_items": support, "planned_date": nowdate()}
		self.change(self.here.chief, **values)
		self.step("Mark as Prepared", self.here.officer)
		decision = {"decision_number": "7", "decision_date": nowdate(), "decision_authority": "اللجنة"}
		self.change(self.here.chief, **decision)
		self.assertRefused(FourEyesError, self.step, "Return to the Family", self.here.chief)

	def test_another_app_may_still_say_no(self) -> None:
		from unittest.mock import patch

		self.prepared()
		decision = {"decision_number": "7", "decision_date": nowdate(), "decision_authority": "اللجنة"}
		self.change(self.here.chief, **decision)
		real = frappe.get_hooks
		asked = lambda hook=None, *args, **kwargs: (  # noqa: E731
			["social_care.tests.test_reintegration.say_no"]
			if hook == "social_care_reintegration_checks"
			else real(hook, *args, **kwargs)
		)
		with patch("frappe.get_hooks", asked):
			self.assertRefused(PaperError, self.step, "Return to the Family", self.here.chief)

	def test_one_open_case(self) -> None:
		self.open()
		self.assertRefused(PaperError, self.open)

	def test_separated_again_is_marked_and_told(self) -> None:
		self.returned()
		frappe.db.set_value(
			"Placement", {"child": self.child.name, "is_current": 1}, "from_date", add_days(nowdate(), -5)
		)
		self.act_as("Administrator")
		factories.transfer(self.child.name, self.here.institution, movement="Return")
		case = frappe.get_doc("Reintegration Case", self.case.name)
		self.assertEqual((case.separated_again, getdate(case.separated_again_on)), (1, getdate(nowdate())))
		notices = frappe.get_all("Notification Log", {"document_name": case.name}, ["for_user", "subject"])
		told = {row.for_user for row in notices}
		self.assertTrue({self.here.chief, self.here.officer, self.country.head} <= told)
		self.assertNotIn(self.there.chief, told)
		self.assertFalse([row for row in notices if self.child.full_name in row.subject])

	def test_closed_only_when_nothing_is_left(self) -> None:
		self.returned()
		self.change(self.here.officer, closing_reason="استقرت الأسرة")
		self.assertRefused(PaperError, self.step, "Close Case", self.here.officer)
		self.act_as(self.here.officer)
		case = frappe.get_doc("Reintegration Case", self.case.name)
		for row in case.follow_ups:
			row.update({"visit_date": nowdate(), "outcome": "Going Well", "visit_kind": "Visit"})
		case.save()
		self.assertEqual(self.step("Begin Follow-up", self.here.officer).status, "Follow-up")
		self.assertEqual(self.step("Close Case", self.here.officer).status, "Closed")

	def test_the_institution_that_cared_before_no_longer_sees_it(self) -> None:
		self.returned()
		self.act_as(self.here.entry)
		self.assertFalse(frappe.has_permission("Reintegration Case", "read", doc=self.case.name))
		self.act_as(self.here.officer)
		self.assertTrue(frappe.has_permission("Reintegration Case", "read", doc=self.case.name))


def say_no(case) -> None:
	"""Stands for an app whose committee has not decided yet."""
	case.refuse("Not decided")


class TestReminders(KinTestCase):
	def test_numbers_and_no_names_once_a_week(self) -> None:
		child = self.sibling(birth_date=add_months(nowdate(), -12 * 19))
		readers = [self.here.chief, self.here.director, self.there.chief]
		filters = {"for_user": ["in", readers], "type": "Alert", "creation": [">=", now()]}
		reminders.remind_all()
		rows = frappe.get_all("Notification Log", filters, ["for_user", "subject", "document_name"])
		told = [row.for_user for row in rows]
		self.assertTrue({self.here.chief, self.here.director} <= set(told))
		self.assertFalse([row for row in rows if child.first_name in row.subject or row.document_name])
		reminders.remind_all()
		self.assertEqual(len(frappe.get_all("Notification Log", filters)), len(rows))
