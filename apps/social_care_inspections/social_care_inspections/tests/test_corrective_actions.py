"""Corrective action plans: where they come from, who writes what, the visit that the system orders, escalation, closing."""

import frappe
from frappe.utils import add_days, getdate, nowdate
from social_care.registry.file_review import FourEyesError
from social_care.tests import factories
from social_care.tests.queries import queries

from social_care_inspections.inspections import risk
from social_care_inspections.inspections.actions import escalation, follow_up, proposals
from social_care_inspections.inspections.actions.action import CorrectiveActionError
from social_care_inspections.inspections.actions.plan import CorrectiveActionPlanError
from social_care_inspections.inspections.report.corrective_actions_and_their_age import (
	corrective_actions_and_their_age as report,
)
from social_care_inspections.tests.action_cases import ACTION, PLAN, ActionTestCase, evidence
from social_care_inspections.tests.cases import fresh, step
from social_care_inspections.tests.violation_cases import ViolationTestCase


class TestSource(ActionTestCase):
	def test_failed_indicators_are_proposed_and_a_person_chooses(self) -> None:
		plan = self.plan(institution_visit=self.failed_visit().name)
		rows = proposals.of_plan(plan.name)
		self.assertEqual({row["indicator_code"] for row in rows}, {"A1.1", "A1.2"})
		self.assertEqual(proposals.add(plan.name, ["A1.1", "A1.1", "B9.9"]), 1)
		action = frappe.get_doc(ACTION, {"corrective_action_plan": plan.name})
		self.assertEqual((action.indicator_code, action.status), ("A1.1", "To Be Done"))
		self.assertEqual([row["indicator_code"] for row in proposals.of_plan(plan.name)], ["A1.2"])
		self.assertEqual(fresh(plan).open_count, 1)
		self.assertRefused(CorrectiveActionPlanError, proposals.add, plan.name, ["A1.1"])

	def test_of_a_visit_of_this_institution_that_was_reported(self) -> None:
		visit = self.completed(scores={"A1_1": 0})
		self.assertRefused(CorrectiveActionPlanError, self.plan, institution_visit=visit.name)
		self.act_as(self.inspector)
		visit = step(visit, "Reported")
		self.act_as("Administrator")
		other = factories.institution(self.here.district).name
		self.assertRefused(
			CorrectiveActionPlanError, self.plan, institution=other, institution_visit=visit.name
		)
		self.assertRefused(CorrectiveActionPlanError, self.plan)
		self.assertRefused(CorrectiveActionPlanError, self.improvement, institution_visit=visit.name)

	def test_proposals_are_asked_of_the_plans_own_reader(self) -> None:
		plan = self.plan(institution_visit=self.failed_visit().name)
		for user in (self.here.director, self.there.chief):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, proposals.of_plan, plan.name)
			self.assertRefused(frappe.PermissionError, proposals.add, plan.name, ["A1.1"])


class TestViolationAsSource(ViolationTestCase):
	def test_the_institution_does_not_learn_of_it(self) -> None:
		record = self.violation()
		self.act_as(self.here.chief)
		values = {"institution": self.here.institution, "goal": "استكمال الملفات"}
		values |= {"due_on": add_days(nowdate(), 20), "violation_record": record.name}
		plan = frappe.get_doc({"doctype": PLAN} | values).insert()
		row = {
			"action": "استخراج شهادات الميلاد",
			"responsible_name": "هدى",
			"due_on": add_days(nowdate(), 9),
		}
		frappe.get_doc({"doctype": ACTION, "corrective_action_plan": plan.name} | row).insert()
		plan = step(plan, "In Progress")
		self.act_as(self.here.director)
		doc = fresh(plan)
		self.assertTrue(doc.has_permission("read"))
		doc.apply_fieldlevel_read_permissions()
		self.assertFalse(doc.get("violation_record"))
		self.assertTrue(fresh(plan).violation_record)


class TestPlan(ActionTestCase):
	def test_who_plans(self) -> None:
		for user in (self.here.director, self.there.chief, self.here.entry):
			self.assertRefused(frappe.PermissionError, self.improvement, user=user)
		self.assertEqual(self.improvement(user=self.inspector).org_unit, self.here.district)

	def test_the_institution_sees_it_from_its_start_on(self) -> None:
		plan = self.improvement()
		action = self.action(plan)
		for user, begun in ((self.here.director, False), (self.there.director, False)):
			self.act_as(user)
			self.assertEqual(frappe.get_list(PLAN, {"name": plan.name}), [])
			self.assertEqual(frappe.get_list(ACTION, {"name": action.name}), [], begun)
		self.act_as(self.manager)
		step(plan, "In Progress")
		self.act_as(self.here.director)
		self.assertEqual(frappe.get_list(PLAN, {"name": plan.name}, pluck="name"), [plan.name])
		self.assertEqual(frappe.get_list(ACTION, {"name": action.name}, pluck="name"), [action.name])
		self.act_as(self.there.director)
		self.assertEqual(frappe.get_list(ACTION, {"name": action.name}), [])

	def test_it_starts_with_actions_owners_and_days(self) -> None:
		plan = self.improvement()
		self.assertRefused(CorrectiveActionPlanError, step, plan, "In Progress")
		action = self.action(plan, responsible_name=None)
		self.assertRefused(CorrectiveActionPlanError, step, plan, "In Progress")
		action = fresh(action)
		action.update({"responsible_name": "منى", "due_on": add_days(nowdate(), 31)})
		action.save()
		self.assertRefused(CorrectiveActionPlanError, step, plan, "In Progress")
		action.due_on = add_days(nowdate(), 30)
		action.save()
		self.assertEqual(step(plan, "In Progress").started_by, self.manager)

	def test_nobody_orders_the_follow_up_by_a_save(self) -> None:
		plan, _actions = self.started()
		self.assertRefused(CorrectiveActionPlanError, step, plan, "Follow-Up Ordered")
		for user in (self.here.director, self.there.chief):
			self.act_as(user)
			self.assertRefused((frappe.PermissionError, CorrectiveActionPlanError), step, plan, "Closed")

	def test_figures_and_budget(self) -> None:
		plan = self.improvement()
		self.action(plan, budget=1500)
		self.action(plan, budget=2500.5)
		row = fresh(plan)
		self.assertEqual((row.action_count, row.open_count, row.budget), (2, 2, 4000.5))


class TestAction(ActionTestCase):
	def test_the_institution_reports_with_evidence(self) -> None:
		_plan, (action,) = self.started()
		self.act_as(self.here.director)
		self.assertRefused(CorrectiveActionError, step, action, "Reported Done")
		self.assertRefused(CorrectiveActionError, step, action, "Reported Done", progress_note="تم")
		public = [{"file": "/files/a.png", "caption": "س"}]
		self.assertRefused(
			frappe.ValidationError, step, action, "Reported Done", progress_note="تم", evidence=public
		)
		done = self.reported_action(action)
		self.assertEqual((done.reported_by, done.percent_done), (self.here.director, 100))

	def test_it_writes_progress_and_nothing_else(self) -> None:
		_plan, (action,) = self.started()
		self.act_as(self.here.director)
		doc = fresh(action)
		doc.update({"percent_done": 40, "progress_note": "طلبت الطفايات"})
		doc.save()
		for field, value in (("due_on", add_days(nowdate(), 25)), ("action", "لا شيء"), ("budget", 1)):
			doc = fresh(action)
			doc.set(field, value)
			self.assertRefused(CorrectiveActionError, doc.save)
		for status in ("Accepted", "Withdrawn", "Not Done"):
			self.assertRefused(frappe.PermissionError, step, action, status)
			self.assertRefused(CorrectiveActionError, step, action, status, outcome_note="س")
		self.act_as(self.there.director)
		self.assertRefused(frappe.PermissionError, step, action, "Reported Done", progress_note="تم")

	def test_nor_does_the_supervising_level_write_the_progress(self) -> None:
		_plan, (action,) = self.started()
		self.act_as(self.manager)
		doc = fresh(action)
		doc.progress_note = "تم"
		self.assertRefused(CorrectiveActionError, doc.save)

	def test_it_is_returned_with_a_reason_or_accepted(self) -> None:
		_plan, (action,) = self.started()
		self.reported_action(action)
		self.act_as(self.manager)
		self.assertRefused(CorrectiveActionError, step, action, "To Be Done")
		back = step(action, "To Be Done", return_reason="الصورة لا تظهر الطابق الثاني")
		self.assertEqual((back.times_returned, back.reported_on), (1, None))
		told = frappe.get_all("Notification Log", {"document_name": action.name}, pluck="for_user")
		self.assertIn(self.here.director, told)
		self.assertIn(self.manager, told)
		done = self.accepted_action(action)
		self.assertEqual((done.status, done.decided_by), ("Accepted", self.manager))
		self.act_as(self.here.director)
		doc = fresh(action)
		doc.progress_note = "غير ذلك"
		self.assertRefused(CorrectiveActionError, doc.save)

	def test_more_time_is_given_with_a_reason(self) -> None:
		plan, (action,) = self.started()
		self.act_as(self.manager)
		later = {"due_on": add_days(nowdate(), 45)}
		self.assertRefused(CorrectiveActionError, self.write, action, later)
		self.assertRefused(CorrectiveActionError, self.write, action, {"due_on": nowdate()})
		self.write(action, later | {"extension_reason": "تأخر المورد"})
		self.assertEqual(fresh(action).times_extended, 1)
		self.assertEqual(getdate(fresh(plan).due_on), getdate(later["due_on"]))

	def write(self, action, values: dict) -> None:
		doc = fresh(action)
		doc.update(values)
		doc.save()

	def test_an_owner_works_there(self) -> None:
		plan = self.improvement()
		self.assertRefused(CorrectiveActionError, self.action, plan, responsible_user=self.there.director)
		made = self.action(plan, responsible_user=self.here.director, responsible_name=None)
		self.assertTrue(made.responsible_name)

	def test_it_begins_as_something_to_be_done(self) -> None:
		plan = self.improvement()
		made = self.action(plan, status="Accepted", decided_by=self.manager, times_extended=3)
		self.assertEqual((made.status, made.decided_by, made.times_extended or 0), ("To Be Done", None, 0))
		files = evidence(made)
		self.assertRefused(CorrectiveActionError, self.action, plan, evidence=files)
		self.assertRefused(CorrectiveActionError, self.action, plan, progress_note="تم")
		self.assertEqual(step(made, "Withdrawn", outcome_note="مكرر").status, "Withdrawn")
		self.assertRefused(CorrectiveActionPlanError, step, plan, "In Progress")

	def test_in_a_running_plan_it_has_an_owner_and_a_day_ahead(self) -> None:
		plan, _actions = self.started()
		for faulty in ({"responsible_name": None}, {"due_on": add_days(nowdate(), -1)}):
			self.assertRefused(CorrectiveActionError, self.action, plan, **faulty)
		self.assertEqual(self.action(plan).status, "To Be Done")

	def test_private_evidence_is_the_institutions_and_its_supervisors(self) -> None:
		_plan, (action,) = self.started()
		done = self.reported_action(action)
		file = frappe.get_doc("File", {"file_url": done.evidence[0].file, "attached_to_name": done.name})
		for user, sees in ((self.manager, True), (self.here.director, True), (self.there.chief, False)):
			self.act_as(user)
			self.assertEqual(bool(file.has_permission("read")), sees, user)


class TestFollowUp(ActionTestCase):
	def visits(self) -> list[str]:
		return frappe.get_all(
			"Institution Visit",
			{"institution": self.here.institution, "visit_kind": follow_up.KIND},
			pluck="name",
		)

	def test_it_is_ordered_once_when_all_is_reported(self) -> None:
		plan, actions = self.started(2)
		self.reported_action(actions[0])
		self.assertIsNone(follow_up.order(plan.name))
		self.reported_action(actions[1])
		before = set(self.visits())
		self.assertIsNone(fresh(plan).follow_up_visit)
		follow_up.order_in_name_of_system(plan.name)
		self.assertEqual(frappe.session.user, self.here.director)
		self.assertIsNone(follow_up.order(plan.name))
		with follow_up.as_system():
			follow_up.order_all()
		(visit,) = set(self.visits()) - before
		plan = fresh(plan)
		self.assertEqual((plan.follow_up_visit, plan.status), (visit, "Follow-Up Ordered"))
		self.assertEqual(plan.follow_up_cause, "All Actions Reported Done")
		doc = frappe.get_doc("Institution Visit", visit)
		self.assertEqual((doc.owner, doc.status), ("Administrator", "Planned"))
		self.assertEqual(getdate(doc.planned_on), getdate(add_days(nowdate(), 14)))
		self.assertNotIn(doc.inspectors[0].user, {self.here.director, self.here.officer})

	def test_it_is_ordered_when_the_time_has_ended(self) -> None:
		plan, _actions = self.started()
		self.act_as("Administrator")
		self.assertNotIn(plan.name, follow_up.due_plans())
		frappe.db.set_value(PLAN, plan.name, "due_on", add_days(nowdate(), -1))
		self.assertIn(plan.name, follow_up.due_plans())
		follow_up.order_all()
		self.assertEqual(fresh(plan).follow_up_cause, "Time of the Plan Has Ended")
		self.assertNotIn(plan.name, follow_up.due_plans())

	def test_a_cancelled_one_is_ordered_anew(self) -> None:
		plan, (action,) = self.started()
		self.reported_action(action)
		self.act_as("Administrator")
		visit = frappe.get_doc("Institution Visit", follow_up.order(plan.name))
		self.act_as(self.here.chief)
		step(visit, "Cancelled", cancel_reason="المفتش في إجازة")
		row = fresh(plan)
		self.assertEqual((row.status, row.follow_up_visit, row.follow_up_cause), ("In Progress", None, None))
		self.act_as("Administrator")
		self.assertNotIn(follow_up.order(plan.name), (None, visit.name))

	def test_a_draft_orders_nothing(self) -> None:
		plan = self.improvement()
		self.act_as("Administrator")
		frappe.db.set_value(PLAN, plan.name, "due_on", add_days(nowdate(), -1))
		self.assertIsNone(follow_up.order(plan.name))

	def test_where_nobody_inspects_the_plan_says_so(self) -> None:
		plan, _actions = self.started()
		self.act_as("Administrator")
		frappe.db.set_value(PLAN, plan.name, "due_on", add_days(nowdate(), -1))
		frappe.db.delete("Staff Assignment", {"role": ["in", follow_up.visits.INSPECTORS]})
		self.assertIsNone(follow_up.order(plan.name))
		self.assertTrue(fresh(plan).follow_up_fault)


class TestClosing(ActionTestCase):
	def test_by_acceptance_with_other_hands(self) -> None:
		plan, (action,) = self.started()
		self.act_as(self.here.chief)
		note = {"closing_note": "صُححت كل الملاحظات"}
		self.assertRefused(CorrectiveActionPlanError, step, plan, "Closed", **note)
		self.accepted_action(action, user=self.inspector)
		for user in (self.manager, self.inspector):
			self.act_as(user)
			self.assertRefused(FourEyesError, step, plan, "Closed", **note)
		self.act_as(self.here.chief)
		self.assertRefused(CorrectiveActionPlanError, step, plan, "Closed")
		closed = step(plan, "Closed", **note)
		self.assertEqual(closed.closing_basis, "Acceptance of All Actions")

	def test_a_plan_of_withdrawn_actions_is_cancelled_and_not_closed(self) -> None:
		plan, (action,) = self.started()
		self.act_as(self.manager)
		step(action, "Withdrawn", outcome_note="مكرر")
		self.act_as(self.here.chief)
		self.assertRefused(CorrectiveActionPlanError, step, plan, "Closed", closing_note="لا شيء")
		self.assertEqual(step(plan, "Cancelled", cancel_reason="سُحبت كل الإجراءات").status, "Cancelled")

	def test_what_was_not_done_is_found_by_the_follow_up_visit(self) -> None:
		plan, (action,) = self.started()
		self.act_as(self.manager)
		self.assertRefused(CorrectiveActionError, step, action, "Not Done", outcome_note="لم يركب شيء")
		visit = self.failed_visit()
		frappe.db.set_value(PLAN, plan.name, "follow_up_visit", visit.name)
		self.act_as(self.manager)
		self.assertEqual(step(action, "Not Done", outcome_note="لم يركب شيء").status, "Not Done")
		closed = step(plan, "Closed", closing_note="لم تنفذ")
		self.assertEqual((closed.closing_basis, closed.failed_count), ("Findings of the Follow-Up Visit", 1))

	def test_nothing_is_deleted(self) -> None:
		plan, (action,) = self.started()
		self.act_as("Administrator")
		for doc in (plan, action):
			self.assertRefused(frappe.PermissionError, frappe.delete_doc, doc.doctype, doc.name)


class TestEscalation(ActionTestCase):
	keeps_rows = True  # the job commits its chunks

	def test_each_level_is_told_once(self) -> None:
		plan, actions = self.started(2)
		for action in actions:
			self.overdue(action, 2)
		self.act_as("Administrator")
		escalation.escalate()
		found = self.told(plan)
		self.assertEqual((found[self.here.chief], self.country.head in found), (1, False))
		for action in actions:
			self.overdue(action, 20)
		escalation.escalate()
		escalation.escalate()
		found = self.told(plan)
		self.assertEqual((found[self.here.chief], found[self.country.head]), (1, 1))
		self.assertNotIn(self.there.chief, found)
		self.assertTrue(fresh(actions[0]).told_headquarters_on)

	def told(self, plan) -> dict[str, int]:
		rows = frappe.get_all(
			"Notification Log",
			{"document_name": plan.name, "subject": ["like", "%متأخرة%"]},
			pluck="for_user",
		)
		return {user: rows.count(user) for user in rows}


class TestFigures(ActionTestCase):
	def test_the_report_shows_the_readers_places(self) -> None:
		plan, (action,) = self.started()
		self.overdue(action, 3)
		for user, sees in (
			(self.manager, True),
			(self.here.chief, True),
			(self.here.director, True),
			(self.there.chief, False),
			(self.there.director, False),
		):
			self.act_as(user)
			_columns, rows, _message, chart = report.execute({"late_only": 1})
			found = {row["name"]: row for row in rows}
			self.assertEqual(action.name in found, sees, user)
			if sees:
				self.assertEqual(found[action.name].late, 3)
				self.assertTrue(chart["data"]["labels"])
		self.act_as(self.manager)
		kinds = report.execute({"plan_kind": "Corrective Actions"})[1]
		self.assertNotIn(plan.name, {row.corrective_action_plan for row in kinds})

	def test_overdue_actions_are_risk_points_with_their_reason(self) -> None:
		self.act_as("Administrator")
		home = factories.institution(self.here.district).name
		frappe.db.set_value("Institution", home, {"grade": "A", "last_visit_date": nowdate()})
		_plan, actions = self.started(2, institution=home)
		self.assertEqual(self.risk_of(home), risk.Risk(0, []))
		for action in actions:
			self.overdue(action)
		reason = frappe._("Overdue corrective actions: {0}").format(2)
		self.assertEqual(self.risk_of(home), risk.Risk(10, [reason]))

	def risk_of(self, name: str) -> risk.Risk:
		self.act_as(self.here.chief)
		return risk.risks(risk.institutions(name=name))[name]

	def test_queries_of_the_report_do_not_grow(self) -> None:
		self.started(1)
		few = self.queries_of_the_report()
		self.started(4)
		self.assertEqual(self.queries_of_the_report(), few)

	def queries_of_the_report(self) -> int:
		"""When what is kept of the reader and the tables was read before."""
		self.act_as(self.manager)
		report.execute({})
		with queries() as sent:
			report.execute({})
		return len(sent)
