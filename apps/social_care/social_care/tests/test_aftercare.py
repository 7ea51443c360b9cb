"""Leaving care: who is on the list, how long a stay is extended, how a plan is made, approved and followed up."""

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, add_months, add_years, getdate, nowdate

from social_care.registry.aftercare import ages, leaving
from social_care.registry.child_paper import PaperError
from social_care.registry.file_review import FourEyesError
from social_care.registry.follow_up import FollowUpError
from social_care.registry.report.children_about_to_leave_care.children_about_to_leave_care import execute
from social_care.tests import CountryTestCase, factories

AREAS = ("Life Skills", "Housing", "Work", "Study", "Identity Papers", "Bank Account", "Relatives")


def goals(areas: tuple[str, ...] = AREAS) -> list[dict]:
	return [
		{"area": area, "goal": f"هدف {area}", "responsible": "الأخصائي", "due_date": add_months(nowdate(), 6)}
		for area in areas
	]


class AftercareTestCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.child = self.young(days_past=30)

	def young(self, days_past: int, place=None, **values):
		"""A child who reached the age of leaving so many days ago (negative: will reach it)."""
		born = add_days(add_years(nowdate(), -18), -days_past)
		return factories.child((place or self.here).institution, birth_date=born, **values)

	def as_entry(self, doctype: str, child: str | None = None, **values):
		"""A paper entered at the institution."""
		self.act_as(self.here.entry)
		doc = frappe.get_doc({"doctype": doctype, "child": child or self.child.name, **values})
		return doc.insert()

	def step(self, doc, action: str, user: str):
		self.act_as(user)
		return apply_workflow(frappe.get_doc(doc.doctype, doc.name), action)

	def extension(self, **values):
		self.act_as(self.here.entry)
		return self.as_entry("Stay Extension", **self.extension_values(**values))

	def extension_values(self, **values) -> dict:
		return {
			"valid_from": nowdate(),
			"valid_until": add_days(add_months(nowdate(), 12), -1),
			"stage": "University",
			"last_result": "Passed",
			"education_proof": self.proof(),
			**values,
		}

	def proof(self) -> str:
		"""A file of whoever acts now."""
		return factories.file(factories.image(), f"{factories.unique('proof')}.png").file_url

	def plan(self, **values):
		wanted = {
			"young_person_view": "أريد أن أسكن قريبًا من عملي",
			"goals": goals(),
			"planned_exit_date": add_months(nowdate(), 3),
		}
		return self.as_entry("Aftercare Plan", **{**wanted, **values})

	def approved_plan(self):
		plan = self.step(self.plan(), "Submit Plan", self.here.entry)
		return self.step(plan, "Approve Plan", self.here.chief)

	def leave(self, child: str | None = None):
		"""Into independent living, from today."""
		self.act_as("Administrator")
		return factories.transfer(
			child or self.child.name,
			None,
			setting="Independent",
			org_unit=self.here.directorate,
			movement="Aftercare",
		)


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
		count, real = 0, frappe.db.sql

		def counted(*args, **kwargs):
			nonlocal count
			count += 1
			return real(*args, **kwargs)

		frappe.db.sql = counted
		try:
			call()
		finally:
			frappe.db.sql = real
		return count


class TestStayExtension(AftercareTestCase):
	def request(self, **values):
		return self.step(self.extension(**values), "Request Extension", self.here.entry)

	def test_from_request_to_approval(self) -> None:
		asked = self.request()
		self.assertEqual((asked.status, asked.requested_by), ("Requested", self.here.entry))
		done = self.step(asked, "Approve Extension", self.here.chief)
		self.assertEqual((done.status, done.decided_by), ("Approved", self.here.chief))

	def test_conditions_of_the_law(self) -> None:
		for values in (
			{"stage": "General Secondary"},
			{"last_result": "Not Passed"},
			{"education_proof": None},
		):
			doc = self.extension(**values)
			self.assertRefused(PaperError, self.step, doc, "Request Extension", self.here.entry)

	def test_conditions_are_settings(self) -> None:
		self.settings(
			extension_needs_passing=0, extension_needs_proof=0, entitling_stages=[{"stage": "Vocational"}]
		)
		asked = self.request(stage="Vocational", last_result="Not Yet", education_proof=None)
		self.assertEqual(asked.status, "Requested")

	def test_an_upper_age_where_the_ministry_sets_one(self) -> None:
		self.assertEqual(self.request().status, "Requested")
		self.act_as("Administrator")
		self.settings(extension_until_age=18)
		self.assertRefused(PaperError, self.request)

	def test_one_year_at_a_time(self) -> None:
		self.assertRefused(PaperError, self.extension, valid_until=add_months(nowdate(), 13))
		self.assertRefused(PaperError, self.extension, valid_until=nowdate())

	def test_not_for_who_is_still_a_child_at_its_end(self) -> None:
		young = self.young(days_past=-800)
		self.act_as(self.here.entry)
		self.assertRefused(
			PaperError, self.as_entry, "Stay Extension", child=young.name, **self.extension_values()
		)

	def test_not_for_who_left(self) -> None:
		doc = self.extension()
		self.leave()
		self.assertRefused(PaperError, self.step, doc, "Request Extension", self.here.officer)

	def test_two_for_the_same_days(self) -> None:
		first, second = self.request(), self.request()
		self.step(first, "Approve Extension", self.here.chief)
		self.assertRefused(PaperError, self.step, second, "Approve Extension", self.here.chief)

	def test_who_wrote_it_does_not_decide(self) -> None:
		self.act_as(self.here.chief)
		values = self.extension_values()
		doc = frappe.get_doc({"doctype": "Stay Extension", "child": self.child.name, **values}).insert()
		doc = self.step(doc, "Request Extension", self.here.entry)
		self.assertRefused(FourEyesError, self.step, doc, "Approve Extension", self.here.chief)
		self.assertEqual(self.step(doc, "Approve Extension", self.country.head).status, "Approved")

	def test_a_refusal_has_a_reason(self) -> None:
		doc = self.request()
		self.assertRefused(PaperError, self.step, doc, "Refuse Extension", self.here.chief)
		doc = frappe.get_doc("Stay Extension", doc.name)
		doc.decision_reason = "انقطع عن الدراسة"
		doc.save()
		self.assertEqual(self.step(doc, "Refuse Extension", self.here.chief).status, "Refused")

	def test_a_decided_one_stays_as_decided(self) -> None:
		doc = self.step(self.request(), "Approve Extension", self.here.chief)
		doc.valid_until = add_days(doc.valid_until, -10)
		self.assertRefused(PaperError, doc.save)

	def test_a_new_one_begins_at_the_beginning(self) -> None:
		doc = self.extension(status="Approved", decided_by=self.here.chief)
		self.assertEqual((doc.status, doc.decided_by), ("Draft", None))

	def test_a_direct_save_is_no_way_round(self) -> None:
		doc = self.request()
		doc.status = "Approved"
		self.assertRefused(frappe.PermissionError, doc.save)

	def test_nobody_deletes_it(self) -> None:
		doc = self.extension()
		self.act_as("Administrator")
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, "Stay Extension", doc.name)


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


class TestSupport(AftercareTestCase):
	def support(self, **values):
		wanted = {"kind": "Study Grant", "amount": 3000, "from_date": nowdate(), "reason": "مصروفات الكلية"}
		return self.as_entry("Aftercare Support", **{**wanted, **values})

	def test_from_request_to_end(self) -> None:
		plan = self.plan()
		doc = self.support()
		self.assertEqual((doc.status, doc.aftercare_plan), ("Requested", plan.name))
		self.act_as(self.here.chief)
		doc = frappe.get_doc("Aftercare Support", doc.name)
		doc.update({"decision_number": "12", "decision_date": nowdate()})
		doc.save()
		doc = self.step(doc, "Approve Support", self.here.chief)
		doc = self.step(doc, "Hand Over", self.here.officer)
		self.assertEqual(getdate(doc.delivered_on), getdate(nowdate()))
		doc = frappe.get_doc("Aftercare Support", doc.name)
		doc.to_date = nowdate()
		doc.save()
		self.assertEqual(self.step(doc, "End Support", self.here.officer).status, "Ended")

	def test_nothing_is_handed_over_before_it_is_approved(self) -> None:
		doc = self.support()
		self.assertRefused(frappe.ValidationError, self.step, doc, "Hand Over", self.here.officer)
		self.assertRefused(PaperError, self.step, doc, "Approve Support", self.here.chief)

	def test_a_decided_amount_is_not_changed(self) -> None:
		doc = self.support()
		doc.update({"decision_number": "12", "decision_date": nowdate()})
		doc.save()
		doc = self.step(doc, "Approve Support", self.here.chief)
		doc.amount = 9000
		self.assertRefused(PaperError, doc.save)

	def test_bad_input(self) -> None:
		self.assertRefused(PaperError, self.support, amount=0)
		self.assertRefused(frappe.ValidationError, self.support, amount=-5)
		self.assertRefused(PaperError, self.support, to_date=add_days(nowdate(), -1))
		self.assertRefused(frappe.ValidationError, self.support, kind="Car")


class TestScope(AftercareTestCase):
	"""Papers belong to whoever the child's file belongs to, today."""

	def papers(self) -> list:
		return [self.plan(), self.extension(), TestSupport.support(self)]

	def sees(self, user: str, doc) -> bool:
		self.act_as(user)
		listed = bool(frappe.get_list(doc.doctype, filters={"name": doc.name}))
		self.assertEqual(listed, frappe.has_permission(doc.doctype, "read", doc=doc.name))
		return listed

	def test_another_directorate_sees_nothing(self) -> None:
		for doc in self.papers():
			self.assertTrue(self.sees(self.here.entry, doc) and self.sees(self.here.chief, doc))
			self.assertFalse(self.sees(self.there.entry, doc) or self.sees(self.there.chief, doc))

	def test_they_move_with_the_child(self) -> None:
		papers = self.papers()
		self.act_as("Administrator")
		factories.transfer(self.child.name, self.there.institution)
		for doc in papers:
			self.assertTrue(self.sees(self.there.entry, doc))
			self.assertFalse(self.sees(self.here.entry, doc) or self.sees(self.here.chief, doc))

	def test_nothing_is_written_about_a_child_elsewhere(self) -> None:
		self.act_as(self.there.entry)
		values = {"child": self.child.name, "plan_date": nowdate()}
		doc = frappe.get_doc({"doctype": "Aftercare Plan", **values})
		self.assertRefused(frappe.PermissionError, doc.insert)

	def test_a_right_elsewhere_is_no_right_here(self) -> None:
		"""Who may enter plans in one institution and only read files in another enters none there."""
		reader = factories.staff("Social Administration Manager", org_unit=self.here.district)
		other = factories.institution(self.here.district).name
		doc = self.plan()
		self.act_as(reader)
		self.assertRefused(frappe.PermissionError, frappe.get_doc("Aftercare Plan", doc.name).save)
		self.act_as("Administrator")
		self.assertFalse(frappe.get_all("Staff Assignment", {"user": reader, "institution": other}))

	def test_levels(self) -> None:
		self.act_as("Administrator")
		reader = factories.staff("Social Administration Manager", org_unit=self.here.district)
		plan = self.plan()
		self.act_as(reader)
		doc = frappe.get_doc("Aftercare Plan", plan.name)
		doc.apply_fieldlevel_read_permissions()
		self.assertFalse(doc.get("young_person_view"))
		self.assertTrue(doc.goals)


class TestAges(AftercareTestCase):
	def test_the_part_of_the_file_appears_from_an_age_on(self) -> None:
		self.assertTrue(ages.is_for_aftercare(self.child))
		self.assertFalse(ages.is_for_aftercare(self.young(days_past=-5 * 365)))
		self.settings(aftercare_from_age=12)
		self.assertTrue(ages.is_for_aftercare(self.young(days_past=-5 * 365)))

	def test_leap_years(self) -> None:
		self.assertEqual(ages.leaving_day("2008-02-29"), getdate("2026-02-28"))
