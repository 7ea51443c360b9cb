"""Rapid intervention: clock of arrival, team, action, follow-up, scope, figures of a week."""

import frappe
from frappe.utils import add_to_date, getdate, now_datetime, nowdate
from social_care.tests import CountryTestCase, factories
from social_care.tests.queries import queries

from social_care_inspections.inspections.interventions.case import RapidInterventionCaseError
from social_care_inspections.inspections.report.rapid_interventions_by_week import (
	rapid_interventions_by_week as report,
)
from social_care_inspections.tests.cases import step

CASE = "Rapid Intervention Case"
HELP = {"action_taken": "Help Given", "action_details": "نقلت الأسرة إلى أقاربها"}


class InterventionTestCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.member = factories.staff("Rapid Intervention Member", self.here.directorate)
		self.act_as(self.member)

	def case(self, minutes_ago: int = 10, **values):
		base = {
			"doctype": CASE,
			"case_kind": "RK-02",
			"channel": "Hotline",
			"org_unit": self.here.directorate,
		}
		base |= {"address": "ميدان رمسيس", "description": "طفل ينام في الشارع", "children": 1}
		base["reported_on"] = add_to_date(now_datetime(), minutes=-minutes_ago)
		return frappe.get_doc(base | values).insert()

	def dispatched(self, **values):
		return step(self.case(**values), "Dispatched", team=[{"user": self.member}])

	def arrived(self, **values):
		return step(self.dispatched(**values), "Arrived")


class TestCase(InterventionTestCase):
	def test_all_the_way(self) -> None:
		doc = self.arrived(minutes_ago=30, latitude=30.0626, longitude=31.2497)
		self.assertEqual((doc.arrival_minutes, doc.arrived_late, doc.governorate), (30, 0, "01"))
		self.assertEqual(doc.team[0].is_lead, 1)
		placed = {"action_taken": "Placed in a Home", "action_details": "سلم إلى الدار"}
		self.assertRefused(RapidInterventionCaseError, step, doc, "Action Taken", **placed)
		home = {"receiving_institution": self.here.institution, "received_by": "مشرفة الدار"}
		doc = step(doc, "Action Taken", **placed, **home)
		self.act_as(self.here.chief)
		self.assertRefused(RapidInterventionCaseError, step, doc, "Closed", closing_note="انتهت")
		self.act_as(self.member)
		self.assertRefused(RapidInterventionCaseError, step, doc, "In Follow-Up")
		doc = step(doc, "In Follow-Up", follow_ups=[{"followed_on": nowdate(), "note": "استقر"}])
		self.assertEqual(doc.follow_ups[0].followed_by, self.member)
		self.assertRefused(RapidInterventionCaseError, step, doc, "In Follow-Up", follow_ups=[])
		self.act_as(self.here.chief)
		self.assertEqual(step(doc, "Closed", closing_note="استقر في الدار").closed_by, self.here.chief)

	def test_late_by_the_clock_of_the_settings_or_of_the_kind(self) -> None:
		self.assertEqual(self.arrived(minutes_ago=61).arrived_late, 1)
		self.assertEqual(self.arrived(minutes_ago=59).arrived_late, 0)
		self.act_as("Administrator")
		frappe.db.set_value("Intervention Kind", "RK-03", "arrival_minutes", 20)
		self.act_as(self.member)
		self.assertEqual(self.arrived(minutes_ago=25, case_kind="RK-03").arrived_late, 1)

	def test_the_clock_is_not_turned_back(self) -> None:
		doc = self.dispatched(minutes_ago=90)
		doc.reported_on = now_datetime()
		self.assertRefused(RapidInterventionCaseError, doc.save)
		forged = {"arrival_due_on": add_to_date(now_datetime(), days=1), "arrived_late": 0}
		doc = step(doc, "Arrived", **forged)
		self.assertEqual(doc.arrived_late, 1)
		early = add_to_date(now_datetime(), minutes=-100)
		doc = self.dispatched(minutes_ago=90)
		self.assertRefused(RapidInterventionCaseError, step, doc, "Arrived", arrived_on=early)

	def test_time_and_place(self) -> None:
		for values in (
			{"reported_on": add_to_date(now_datetime(), hours=1)},
			{"latitude": 91, "longitude": 31},
			{"latitude": 30, "longitude": 0},
		):
			self.assertRefused(RapidInterventionCaseError, self.case, **values)

	def test_a_team_of_this_unit_without_an_office_in_the_institution(self) -> None:
		doc = self.case(case_kind="RK-06", institution=self.here.institution)
		self.assertRefused(RapidInterventionCaseError, step, doc, "Dispatched")
		for user in (self.there.chief, self.here.director):
			team = [{"user": user}]
			self.assertRefused(RapidInterventionCaseError, step, doc, "Dispatched", team=team)
		twice = [{"user": self.member}, {"user": self.member}]
		self.assertRefused(RapidInterventionCaseError, step, doc, "Dispatched", team=twice)

	def test_it_begins_as_received(self) -> None:
		doc = self.case(status="Closed", arrived_late=1, closed_by=self.member)
		self.assertEqual((doc.status, doc.closed_by, doc.arrived_late or 0), ("Received", None, 0))
		self.assertRefused(RapidInterventionCaseError, self.case, **HELP)

	def test_a_report_is_refused_with_a_reason_by_those_above(self) -> None:
		doc = self.case()
		self.assertRefused(frappe.PermissionError, step, doc, "Not Accepted", closing_note="بلاغ كاذب")
		self.act_as(self.here.chief)
		self.assertRefused(RapidInterventionCaseError, step, doc, "Not Accepted")
		self.assertEqual(step(doc, "Not Accepted", closing_note="بلاغ كاذب").status, "Not Accepted")

	def test_who_enters_and_who_sees(self) -> None:
		doc = self.case(case_kind="RK-06", institution=self.here.institution)
		for user, seen in (
			(self.member, True),
			(self.here.chief, True),
			(self.country.head, True),
			(self.here.director, False),
			(self.there.chief, False),
		):
			self.act_as(user)
			able = frappe.has_permission(CASE, "read")
			self.assertEqual(bool(able and frappe.get_list(CASE, {"name": doc.name})), seen, user)
		for user in (self.here.director, self.here.entry, self.there.chief):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, self.case)

	def test_only_members_are_told_without_the_report(self) -> None:
		other = self.colleague()
		doc = step(self.case(), "Dispatched", team=[{"user": self.member}, {"user": other}])
		rows = frappe.get_all("Notification Log", {"document_name": doc.name}, ["for_user", "subject"])
		self.assertEqual([row.for_user for row in rows], [other])
		self.assertNotIn("الشارع", rows[0].subject)

	def colleague(self) -> str:
		self.act_as("Administrator")
		user = factories.staff("Rapid Intervention Member", self.here.directorate)
		self.act_as(self.member)
		return user


class TestWeek(InterventionTestCase):
	def rows(self, user: str) -> list[dict]:
		self.act_as(user)
		return report.execute({})[1]

	def of_today(self, user: str) -> dict:
		"""The row of this week; nothing where nothing was reported."""
		rows = [row for row in self.rows(user) if getdate(row["week"]) <= getdate(nowdate())]
		return rows[-1] if rows else {"total": 0, "late": 0}

	def test_counts_by_kind_and_action_at_the_readers_places(self) -> None:
		before, other = self.of_today(self.here.chief), self.of_today(self.there.chief)
		self.act_as(self.member)
		step(self.arrived(minutes_ago=5), "Action Taken", **HELP)
		self.arrived(minutes_ago=3, case_kind="RK-01")
		after = self.of_today(self.here.chief)
		self.assertEqual(after["total"] - before["total"], 2)
		self.assertEqual(after["kind_rk_01"] - before.get("kind_rk_01", 0), 1)
		self.assertEqual(after["help_given"] - before.get("help_given", 0), 1)
		self.assertEqual(self.of_today(self.there.chief)["total"], other["total"])

	def test_queries_do_not_grow_with_cases(self) -> None:
		self.case()
		few = self.queries_of_the_report()
		for _number in range(3):
			self.act_as(self.member)
			self.case()
		self.assertEqual(self.queries_of_the_report(), few)

	def queries_of_the_report(self) -> int:
		self.act_as(self.here.chief)
		report.execute({})
		with queries() as sent:
			report.execute({})
		return len(sent)

	def test_a_time_that_ends_before_it_begins(self) -> None:
		self.act_as(self.here.chief)
		self.assertRefused(
			frappe.ValidationError, report.execute, {"from_date": nowdate(), "to_date": "2020-01-01"}
		)
