"""Leaving care: who is on the list, how a plan is made, approved and followed up, and from which age on."""

import frappe
from frappe.utils import add_days, add_months, getdate, nowdate

from social_care.patches import remove_replaced_reports
from social_care.registry.aftercare import ages, leaving
from social_care.registry.child_paper import PaperError
from social_care.registry.file_review import FourEyesError
from social_care.registry.follow_up import FollowUpError
from social_care.registry.report.children_about_to_leave_care.children_about_to_leave_care import execute
from social_care.tests import factories
from social_care.tests.aftercare_cases import AREAS, AftercareTestCase, goals
from social_care.tests.queries import queries


class TestAboutToLeave(AftercareTestCase):
	def row(self, child, user: str | None = None) -> dict | None:
		self.act_as(user or self.here.chief)
		rows = {row["name"]: row for row in leaving.about_to_leave(12)}
		return rows.get(child.name)

	def test_within_the_months_of_the_settings(self) -> None:
		soon, later = self.young(days_past=-300), self.young(days_past=-400)
		self.assertEqual(self.row(soon).days_left, 300)
		self.assertIsNone(self.row(later))

	def test_past_the_age_without_anything_is_overdue(self) -> None:
		row = self.row(self.child)
		self.assertEqual((row.situation, row.days_left), (leaving.OVERDUE, -30))

	def test_who_left_is_not_listed(self) -> None:
		self.leave()
		self.assertIsNone(self.row(self.child))

	def test_an_extension_counts_while_it_lasts(self) -> None:
		asked = self.step(self.extension(), "Request Extension", self.here.entry)
		self.assertEqual(self.row(self.child).situation, leaving.OVERDUE)
		self.step(asked, "Approve Extension", self.here.chief)
		self.assertEqual(self.row(self.child).situation, leaving.EXTENDED)
		frappe.db.set_value("Stay Extension", asked.name, "valid_until", add_days(nowdate(), -1))
		self.assertEqual(self.row(self.child).situation, leaving.OVERDUE)

	def test_a_plan_counts_when_it_is_approved(self) -> None:
		plan = self.step(self.plan(), "Submit Plan", self.here.entry)
		self.assertEqual(self.row(self.child).situation, leaving.OVERDUE)
		self.step(plan, "Approve Plan", self.here.chief)
		self.assertEqual(self.row(self.child).situation, leaving.EXIT_DUE)

	def test_the_age_is_a_setting(self) -> None:
		young = self.young(days_past=-3 * 365)
		self.assertIsNone(self.row(young))
		self.act_as("Administrator")
		self.settings(leaving_age=15)
		self.assertIsNotNone(self.row(young))

	def test_the_report_shows_the_readers_scope_only(self) -> None:
		self.act_as(self.there.chief)
		self.assertNotIn(self.child.name, [row["name"] for row in execute({})[1]])
		self.act_as(self.here.chief)
		_columns, rows, *_rest, summary = execute({"situation": leaving.OVERDUE})
		self.assertIn(self.child.name, [row["name"] for row in rows])
		self.assertEqual(summary[1]["value"], len(rows))
		self.assertEqual({row["situation"] for row in rows}, {leaving.OVERDUE})

	def test_papers_of_a_place_where_the_reader_only_inspects(self) -> None:
		there = self.young(days_past=30, place=self.there)
		reader = factories.staff("Directorate Director", org_unit=self.here.directorate)
		factories.assign_unchecked(reader, "Inspector", self.there.institution)
		self.act_as(reader)
		self.assertTrue(frappe.get_list("Child", {"name": there.name}))
		listed = {row["name"] for row in leaving.about_to_leave(12)}
		self.assertIn(self.child.name, listed)
		self.assertNotIn(there.name, listed)

	def test_those_in_aftercare_are_a_group_of_their_own(self) -> None:
		frappe.db.set_value("Child", self.child.name, "life_state", "In Aftercare")
		young = self.young(days_past=-100)
		self.act_as(self.here.chief)

		def names(group: str) -> set[str]:
			return {row["name"] for row in execute({"group": group})[1]} & {self.child.name, young.name}

		self.assertEqual(names("In Aftercare"), {self.child.name})
		self.assertEqual(names("Turning of Age"), {young.name})
		self.assertEqual(names(""), {self.child.name, young.name})
		self.act_as(self.there.chief)
		self.assertEqual(names(""), set())

	def test_the_report_that_was_taken_over_goes(self) -> None:
		(name,) = remove_replaced_reports.REPLACED
		values = {"report_name": name, "ref_doctype": "Child", "report_type": "Script Report"}
		report = frappe.get_doc({"doctype": "Report", "is_standard": "Yes", "module": "Registry", **values})
		report.name = name
		if not frappe.db.exists("Report", name):
			report.db_insert()  # as an earlier version's migration left it
		frappe.flags.in_patch = True  # as `bench migrate` runs it
		self.addCleanup(frappe.flags.update, {"in_patch": False})
		for _run in range(2):
			remove_replaced_reports.execute()
			self.assertFalse(frappe.db.exists("Report", name))

	def test_the_cards_agree_with_the_list(self) -> None:
		from social_care.api.aftercare import overdue_leavers, without_plan

		self.young(days_past=-100)
		self.act_as(self.here.chief)
		rows = [row.situation for row in leaving.about_to_leave(12)]
		self.assertEqual(overdue_leavers()["value"], rows.count(leaving.OVERDUE))
		self.assertEqual(without_plan()["value"], rows.count(leaving.NO_PLAN))
		self.assertGreater(without_plan()["value"], 0)

	def test_queries_do_not_grow_with_rows(self) -> None:
		self.act_as(self.here.chief)
		few = self.queries_of(lambda: leaving.about_to_leave(12))
		self.act_as("Administrator")
		for _ in range(5):
			self.young(days_past=-10)
		self.act_as(self.here.chief)
		self.assertEqual(self.queries_of(lambda: leaving.about_to_leave(12)), few)

	def queries_of(self, call) -> int:
		call()  # warm
		self.forget()
		with queries() as sent:
			call()
		return len(sent)


class TestPlan(AftercareTestCase):
	def test_from_draft_to_the_end(self) -> None:
		plan = self.approved_plan()
		self.assertEqual((plan.status, plan.approved_by), ("Approved", self.here.chief))
		plan.completion_note = "يسكن ويعمل"
		plan.save()
		self.assertEqual(self.step(plan, "Complete Plan", self.here.chief).status, "Completed")

	def test_the_young_person_is_heard(self) -> None:
		self.assertRefused(
			PaperError, self.step, self.plan(young_person_view=""), "Submit Plan", self.here.entry
		)

	def test_every_area_of_life(self) -> None:
		plan = self.plan(goals=goals(AREAS[:-1]))
		refused = self.assertRefused(PaperError, self.step, plan, "Submit Plan", self.here.entry)
		self.assertIn(frappe._("Relatives"), str(refused))
		self.act_as("Administrator")
		self.settings(plan_covers_all_areas=0)
		self.assertEqual(self.step(plan, "Submit Plan", self.here.entry).status, "Submitted for Approval")

	def test_one_open_plan(self) -> None:
		self.plan()
		self.assertRefused(PaperError, self.plan)

	def test_four_eyes(self) -> None:
		self.act_as(self.here.chief)
		plan = self.plan()
		plan = frappe.get_doc("Aftercare Plan", plan.name)
		self.act_as(self.here.chief)
		plan.goals[0].responsible = "مدير المديرية"
		plan.save()
		plan = self.step(plan, "Submit Plan", self.here.entry)
		self.assertRefused(FourEyesError, self.step, plan, "Approve Plan", self.here.chief)

	def test_an_approved_plan_is_carried_out_not_rewritten(self) -> None:
		plan = self.approved_plan()
		self.act_as(self.here.entry)
		plan = frappe.get_doc("Aftercare Plan", plan.name)
		plan.goals[0].update({"progress": "Reached", "progress_note": "حصل على الشقة"})
		plan.save()
		for change in ({"goal": "هدف آخر"}, {"responsible": "غيره"}, {"due_date": add_days(nowdate(), 9)}):
			doc = frappe.get_doc("Aftercare Plan", plan.name)
			doc.goals[0].update(change)
			self.assertRefused(PaperError, doc.save)
		doc = frappe.get_doc("Aftercare Plan", plan.name)
		doc.remove(doc.goals[0])
		self.assertRefused(PaperError, doc.save)
		revised = self.step(plan, "Revise Plan", self.here.entry)
		self.assertEqual((revised.status, revised.approved_by), ("Draft", None))

	def test_returned_with_a_reason(self) -> None:
		plan = self.step(self.plan(), "Submit Plan", self.here.entry)
		self.assertRefused(PaperError, self.step, plan, "Return Plan", self.here.officer)
		plan = frappe.get_doc("Aftercare Plan", plan.name)
		plan.return_reason = "أضف هدف السكن"
		plan.save()
		self.assertEqual(self.step(plan, "Return Plan", self.here.officer).status, "Draft")

	def test_follow_up_begins_when_he_leaves(self) -> None:
		plan = self.approved_plan()
		self.assertEqual(plan.follow_ups, [])
		self.leave()
		plan.reload()
		due = [getdate(row.due_date) for row in plan.follow_ups]
		self.assertEqual(due, [getdate(add_months(nowdate(), month)) for month in (1, 3, 6, 12, 18, 24)])

	def test_follow_up_of_a_plan_approved_after_leaving(self) -> None:
		self.leave()
		self.act_as(self.here.officer)
		values = {
			"young_person_view": "رأيي",
			"goals": goals(),
			"planned_exit_date": nowdate(),
		}
		plan = frappe.get_doc({"doctype": "Aftercare Plan", "child": self.child.name, **values}).insert()
		plan = self.step(plan, "Submit Plan", self.here.officer)
		plan = self.step(plan, "Approve Plan", self.here.chief)
		self.assertEqual(len(plan.follow_ups), 6)

	def test_done_follow_ups_are_true_and_stay(self) -> None:
		self.approved_plan()
		self.leave()
		self.act_as(self.here.officer)
		tomorrow = add_days(nowdate(), 1)
		for values in (
			{"visit_date": tomorrow, "outcome": "Going Well"},
			{"visit_date": nowdate(), "outcome": ""},
		):
			plan = frappe.get_doc("Aftercare Plan", {"child": self.child.name})
			plan.follow_ups[0].update(values)
			self.assertRefused(FollowUpError, plan.save)
		plan = frappe.get_doc("Aftercare Plan", {"child": self.child.name})
		plan.follow_ups[0].update({"visit_date": nowdate(), "outcome": "Going Well"})
		plan.save()
		plan.remove(plan.follow_ups[0])
		self.assertRefused(FollowUpError, plan.save)

	def test_the_months_are_a_setting(self) -> None:
		self.assertRefused(frappe.ValidationError, self.settings, aftercare_follow_up_months="1, often")
		self.settings(aftercare_follow_up_months="2, 4")
		self.approved_plan()
		self.leave()
		plan = frappe.get_doc("Aftercare Plan", {"child": self.child.name})
		self.assertEqual(len(plan.follow_ups), 2)


class TestAges(AftercareTestCase):
	def test_the_part_of_the_file_appears_from_an_age_on(self) -> None:
		self.assertTrue(ages.is_for_aftercare(self.child))
		self.assertFalse(ages.is_for_aftercare(self.young(days_past=-5 * 365)))
		self.settings(aftercare_from_age=12)
		self.assertTrue(ages.is_for_aftercare(self.young(days_past=-5 * 365)))

	def test_leap_years(self) -> None:
		self.assertEqual(ages.leaving_day("2008-02-29"), getdate("2026-02-28"))
