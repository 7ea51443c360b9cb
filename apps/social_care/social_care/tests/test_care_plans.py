import frappe
from frappe.utils import add_days, nowdate

from social_care.registry.case_work import plans, summary, versions
from social_care.registry.case_work.records import CaseWorkError
from social_care.registry.file_review import FourEyesError
from social_care.tests import CountryTestCase, factories
from social_care.tests.case_work import active_plan, assessment, completed_review, plan, step


class PlanTestCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.child = factories.child(self.here.institution).name

	def active(self, **values):
		return active_plan(self.child, self.here.entry, self.here.director, **values)


class TestPath(PlanTestCase):
	def test_made_by_one_approved_by_another(self) -> None:
		doc = self.active()
		self.assertEqual((doc.status, doc.version), ("Active", 1))
		self.assertEqual((doc.owner, doc.approved_by), (self.here.entry, self.here.director))

	def test_who_wrote_it_does_not_approve_it(self) -> None:
		self.act_as(self.here.director)
		doc = plan(self.child).insert()
		step(doc, "Waiting for Approval")
		self.assertRefused(FourEyesError, step, doc, "Active")
		self.act_as(self.here.chief)
		step(frappe.get_doc("Care Plan", doc.name), "Active")

	def test_who_changed_it_does_not_approve_it(self) -> None:
		self.act_as(self.here.entry)
		doc = plan(self.child).insert()
		self.act_as(self.here.director)
		doc = frappe.get_doc("Care Plan", doc.name)
		doc.child_wishes = "غير ذلك"
		doc.save()
		self.act_as(self.here.entry)
		step(frappe.get_doc("Care Plan", doc.name), "Waiting for Approval")
		self.act_as(self.here.director)
		self.assertRefused(FourEyesError, step, frappe.get_doc("Care Plan", doc.name), "Active")

	def test_no_step_is_left_out_and_the_wrong_people_take_none(self) -> None:
		self.act_as(self.here.entry)
		doc = plan(self.child).insert()
		self.assertRefused(frappe.ValidationError, step, frappe.get_doc("Care Plan", doc.name), "Active")
		step(doc, "Waiting for Approval")
		self.assertRefused(
			(frappe.ValidationError, frappe.PermissionError),
			step,
			frappe.get_doc("Care Plan", doc.name),
			"Active",
		)
		self.act_as(self.there.chief)
		self.assertRefused(frappe.PermissionError, step, frappe.get_doc("Care Plan", doc.name), "Active")

	def test_the_child_took_part_or_the_reason_is_written(self) -> None:
		doc = plan(self.child, child_took_part=0).insert()
		self.assertRefused(CaseWorkError, step, doc, "Waiting for Approval")
		doc.reload()
		step(doc, "Waiting for Approval", no_participation_reason="رضيع")

	def test_a_return_has_a_reason(self) -> None:
		self.act_as(self.here.entry)
		doc = plan(self.child).insert()
		step(doc, "Waiting for Approval")
		self.act_as(self.here.director)
		doc = frappe.get_doc("Care Plan", doc.name)
		self.assertRefused(CaseWorkError, step, doc, "Draft")
		step(frappe.get_doc("Care Plan", doc.name), "Draft", return_reason="أضف هدفًا للصحة")

	def test_an_active_plan_is_frozen_but_for_progress(self) -> None:
		doc = self.active()
		for change in ("permanency_goal", "goal", "new", "fewer"):
			doc = frappe.get_doc("Care Plan", doc.name)
			if change == "permanency_goal":
				doc.permanency_goal = "Kafala"
			elif change == "goal":
				doc.goals[0].goal = "هدف آخر"
			elif change == "new":
				doc.append("goals", doc.goals[0].as_dict() | {"name": None, "goal_key": "another"})
			else:
				doc.goals = doc.goals[1:]
			self.assertRefused(CaseWorkError, doc.save)
		doc = frappe.get_doc("Care Plan", doc.name)
		doc.goals[0].update({"progress": 40, "state": "In Progress"})
		doc.save()
		self.assertEqual(frappe.get_doc("Care Plan", doc.name).goals[0].progress, 40)

	def test_a_goal_does_not_end_before_the_plan_begins(self) -> None:
		doc = plan(self.child)
		doc.goals[0].until = add_days(nowdate(), -2)
		self.assertRefused(CaseWorkError, doc.insert)


class TestVersions(PlanTestCase):
	def test_a_new_version_leaves_the_old_one_readable_and_takes_its_place(self) -> None:
		first = self.active()
		self.act_as(self.here.entry)
		name = plans.new_version(first.name, "تغيرت ظروف الأسرة")
		second = frappe.get_doc("Care Plan", name)
		self.assertEqual((second.version, second.based_on, second.status), (2, first.name, "Draft"))
		self.assertEqual(plans.active_plan(self.child), first.name)
		second.goals[0].goal = "هدف معدل"
		second.goals = second.goals[:1]
		second.append("goals", plan(self.child).goals[1].as_dict() | {"goal": "هدف جديد"})
		second.save()
		step(second, "Waiting for Approval")
		self.act_as(self.here.director)
		step(frappe.get_doc("Care Plan", name), "Active")
		old = frappe.get_doc("Care Plan", first.name)
		self.assertEqual((old.status, len(old.goals)), ("Superseded", 2))
		self.assertEqual(plans.active_plan(self.child), name)
		self.assertEqual(frappe.db.count("Care Plan", {"child": self.child, "status": "Active"}), 1)
		found = versions.compare(name, first.name)
		self.assertEqual(sorted(goal["change"] for goal in found["goals"]), ["Added", "Changed", "Removed"])
		self.assertRefused(CaseWorkError, step, old, "Active")

	def test_one_unfinished_version_and_a_reason(self) -> None:
		first = self.active()
		self.assertRefused(CaseWorkError, plans.new_version, first.name, "")
		second = plans.new_version(first.name, "مراجعة سنوية")
		told = str(self.assertRefused(CaseWorkError, plans.new_version, first.name, "مراجعة سنوية"))
		self.assertIn(second, told)

	def test_nobody_elsewhere_versions_or_compares(self) -> None:
		first = self.active()
		self.act_as(self.there.director)
		self.assertRefused(frappe.PermissionError, plans.new_version, first.name, "x")
		self.assertRefused(frappe.PermissionError, versions.compare, first.name, first.name)
		self.assertEqual(versions.versions(self.child), [])

	def test_goals_are_compared_by_whoever_reads_them(self) -> None:
		first = self.active()
		self.act_as(factories.staff("Inspector", self.here.district))
		self.assertRefused(frappe.PermissionError, versions.compare, first.name, first.name)


class TestReviewAndPlan(PlanTestCase):
	def test_a_review_writes_progress_into_the_plan(self) -> None:
		doc = self.active()
		done = completed_review(
			self.child,
			goal_progress=[
				{
					"goal_key": doc.goals[0].goal_key,
					"progress": 100,
					"state": "Achieved",
					"remark": "يقرأ بطلاقة",
				},
				{"goal_key": "unknown", "goal": "دسيسة", "progress": 5},
			],
		)
		self.assertEqual([row.goal for row in done.goal_progress], [goal.goal for goal in doc.goals])
		goal = frappe.get_doc("Care Plan", doc.name).goals[0]
		self.assertEqual((goal.progress, goal.state, goal.outcome), (100, "Achieved", "يقرأ بطلاقة"))

	def test_the_file_says_what_comes_next(self) -> None:
		self.active()
		self.act_as(self.here.entry)
		told = summary.summary(frappe.get_doc("Child", self.child))
		self.assertEqual((told["plan"]["goals"], len(told["plan"]["next_goals"])), (2, 2))
		self.assertTrue(told["entry_assessment"]["is_late"])
		self.act_as("Administrator")
		self.act_as(factories.staff("Inspector", self.here.district))
		told = summary.summary(frappe.get_doc("Child", self.child))
		self.assertNotIn("goals", told["plan"])
		self.assertEqual(told["may_make"], [])


class TestAssessments(PlanTestCase):
	def test_scores_late_and_frozen(self) -> None:
		doc = assessment(self.child).insert()
		self.assertEqual(doc.total_percent, 62.5)
		step(doc, "Completed")
		self.assertEqual(doc.is_late, 1)
		doc.needs = "غير ذلك"
		self.assertRefused(CaseWorkError, doc.save)

	def test_wrong_scores(self) -> None:
		for scores in (
			[{"item": "AE-01", "score": 5}],
			[{"item": "AP-01", "score": 1}],
			[{"item": "AE-01", "score": 1}, {"item": "AE-01", "score": 2}],
		):
			self.assertRefused(CaseWorkError, assessment(self.child, scores=scores).insert)

	def test_a_risk_has_a_level(self) -> None:
		doc = assessment(self.child, "Risk").insert()
		self.assertRefused(CaseWorkError, step, doc, "Completed")

	def test_a_plan_rests_on_an_assessment_of_the_same_child(self) -> None:
		other = assessment(factories.child(self.here.institution).name).insert()
		self.assertRefused(CaseWorkError, plan(self.child, assessment=other.name).insert)
