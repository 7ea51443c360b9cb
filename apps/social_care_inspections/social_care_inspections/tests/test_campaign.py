"""The campaign of the demonstration nation: rows as the steps would have left them, counted as planted, and ready for the next step."""

from collections import Counter, defaultdict
from datetime import date
from unittest.mock import patch

import frappe
from frappe.utils import getdate, nowdate
from social_care.demo.generator import user_names
from social_care.demo.generator.nation import Nation
from social_care.demo.generator.records import DOMAIN
from social_care.demo.generator.settings import NationSettings
from social_care.demo.loader.store import ROWS, insert
from social_care.tests import SocialCareTestCase

from social_care_inspections.demo import campaign, census, closings, measures, reported
from social_care_inspections.demo.rows import blank
from social_care_inspections.demo.slots import NOW
from social_care_inspections.inspections.actions import escalation, plan
from social_care_inspections.inspections.closings import effect
from social_care_inspections.inspections.plans import DRAFT, draw_up
from social_care_inspections.inspections.violations import record
from social_care_inspections.inspections.violations import states as violations
from social_care_inspections.inspections.visits import checklist, states
from social_care_inspections.inspections.visits.explanation import explain
from social_care_inspections.tests.cases import fresh, step

HEADS = (states.DOCTYPE, "Violation Record", "Violation Penalty", "Visit Plan", "Inspection Sealed Note")


def nation() -> Nation:
	today = date.fromisoformat(nowdate())
	return Nation(NationSettings(today, children=240, institutions=40, planted={}))


def put(rows: dict[str, list[dict]]) -> None:
	for doctype, found in rows.items():
		for start in range(0, len(found), ROWS):
			insert(doctype, found[start : start + ROWS])


def nightly_jobs() -> None:
	"""The daily jobs of plans and closings, inside the transaction of the test."""
	with patch.object(frappe.db, "commit"):
		escalation.run()
		effect.run()


class CampaignTestCase(SocialCareTestCase):
	"""A small nation with its campaign, in the transaction of the class."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.nation, cls.rows = nation(), defaultdict(list)
		nightly_jobs()  # what other tests left is settled first
		cls.before = census.found(cls.nation.settings.as_of)
		core = defaultdict(list)
		for source in (cls.nation.units(), cls.nation.institutions(), cls.nation.staff()):
			for doctype, row in source:
				core[doctype].append(row)
		for doctype, row in campaign.build(cls.nation):
			cls.rows[doctype].append(row)
		put(core)
		put(cls.rows)
		campaign.settle(cls.nation)
		cls.follow_up()

	@classmethod
	def follow_up(cls) -> None:
		"""What followed, with the children of the institution that is closing."""
		children = defaultdict(list)
		for site in closings.closing_sites(cls.nation):
			for doctype, row in cls.nation.children_of(site):
				if doctype in ("Person", "Child", "Family", "Placement", "Education Record"):
					children[doctype].append(row)
		for doctype, found in children.items():  # other tests may have made children with these numbers
			frappe.db.delete(doctype, {"name": ["in", [row["name"] for row in found]]})
		frappe.db.delete("Placement", {"child": ["in", [row["name"] for row in children["Child"]]]})
		put(children)
		cls.measures = defaultdict(list)
		for doctype, row in measures.build(cls.nation):
			cls.measures[doctype].append(row)
		for doctype, row in reported.build(cls.nation):
			cls.measures[doctype].append(row)
		put(cls.measures)
		closings.settle(cls.nation)
		cls.rows.update(cls.measures)

	def of(self, doctype: str, **values) -> list[dict]:
		wanted = values.items()
		return [row for row in self.rows[doctype] if all(row[field] == value for field, value in wanted)]

	def one(self, doctype: str, **values):
		return frappe.get_doc(doctype, self.of(doctype, **values)[0]["name"])


class TestRows(CampaignTestCase):
	def test_every_state_kind_and_grade_occurs(self) -> None:
		visits = self.rows[states.DOCTYPE]
		self.assertEqual({row["status"] for row in visits}, {*states.OPEN, states.APPROVED, states.CANCELLED})
		self.assertEqual({row["grade"] for row in visits} - {None, ""}, {"A", "B", "C", "D"})
		self.assertTrue(self.of(states.DOCTYPE, critical_failed=1))
		first, last = (pick(row["planned_on"] for row in visits) for pick in (min, max))
		self.assertGreater((last - first).days, 600)
		self.assertEqual({row["institution"] for row in visits}, {site.code for site in self.nation.sites})
		self.assertGreater(len({row["status"] for row in self.rows["Violation Record"]}), 5)

	def test_rows_have_every_column_and_allowed_values(self) -> None:
		for doctype, rows in self.rows.items():
			columns = set(frappe.db.get_table_columns(doctype))
			for row in rows[:200]:
				self.assertEqual(set(row), set(rows[0]), doctype)
				self.assertLessEqual(set(row), columns)
			for row in rows[:50] if doctype in HEADS else ():
				self.assertLessEqual(set(blank(doctype)), set(row), doctype)
				frappe.get_doc({"doctype": doctype, **row})._validate_selects()

	def test_the_same_rows_again(self) -> None:
		again = defaultdict(list)
		for doctype, row in campaign.build(nation()):
			again[doctype].append(row)
		for build in (measures.build, reported.build):
			for doctype, row in build(nation()):
				again[doctype].append(row)
		self.assertEqual(again, self.rows)

	def test_totals_and_grades_are_those_of_the_controllers(self) -> None:
		scored = [row for row in self.rows[states.DOCTYPE] if row["grade"]]
		self.assertGreater(len(scored), 60)
		for row in scored[::3]:
			doc = frappe.get_doc(states.DOCTYPE, row["name"])
			stored = doc.score, doc.grade, doc.critical_failed
			doc.update({"score": 0, "grade": "", "critical_failed": 0})
			checklist.check_answers(doc)
			checklist.score(doc)
			self.assertEqual((doc.score, doc.grade, doc.critical_failed), stored, doc.name)
			if doc.status != states.BEGUN:
				checklist.check_complete(doc)
			self.assertTrue(explain(doc)["reasons"])

	def test_no_step_lies_in_the_future_and_steps_have_their_order(self) -> None:
		steps = ("creation", "begun_on", "completed_on", "reported_on")
		steps += ("administration_reviewed_on", "directorate_reviewed_on", "approved_on")
		for row in self.rows[states.DOCTYPE]:
			times = [row[field] for field in steps if row[field]]
			self.assertEqual(times, sorted(times), row["name"])
			self.assertLessEqual(row["modified"].date(), self.nation.settings.as_of, row["name"])
			if row["status"] == states.APPROVED:
				self.assertTrue(row["institution_reply"] or row["approved_on"] > row["reply_due_on"])
		for doctype in ("Violation Record", "Violation Penalty", "Visit Plan"):
			for row in self.rows[doctype]:
				self.assertLessEqual(row["modified"].date(), self.nation.settings.as_of, row["name"])

	def test_nobody_reviews_or_concludes_his_own_work(self) -> None:
		team = defaultdict(set)
		for row in self.rows["Institution Visit Inspector"]:
			team[row["parent"]].add(row["user"])
		for row in self.rows[states.DOCTYPE]:
			fields = ("administration_reviewed_by", "directorate_reviewed_by", "approved_by")
			taken = [row[field] for field in fields if row[field]]
			self.assertEqual(len(set(taken)), len(taken))
			self.assertFalse(set(taken) & team[row["name"]])
		for row in self.rows["Violation Record"]:
			self.assertNotIn(row["concluded_by"], {row["owner"], row["investigation_by"]} - {None})
		for row in self.rows["Violation Penalty"]:
			self.assertNotIn(row["decided_by"], {row["owner"], row["opinion_by"]} - {None})

	def test_violations_have_the_state_that_their_penalties_say(self) -> None:
		self.assertTrue(self.rows["Violation Penalty"])
		for row in self.rows["Violation Record"]:
			if row["status"] in violations.FOLLOWING:
				self.assertEqual(record.state_by_penalties(row["name"]), row["status"], row["name"])
			penalties = self.of("Violation Penalty", violation_record=row["name"])
			if penalties:
				self.assertIn(row["status"], (*violations.FOLLOWING, violations.CLOSED))
			if row["suspected_crime"]:
				self.assertLessEqual(row["referred_on"], row["referral_due_on"])


class TestEffects(CampaignTestCase):
	def test_the_latest_grade_and_the_last_day_stand_on_the_institution(self) -> None:
		for site in self.nation.sites:
			visits = self.of(states.DOCTYPE, institution=site.code)
			made = [row for row in visits if row["status"] in states.MADE]
			graded = [row for row in visits if row["status"] == states.APPROVED and row["grade"]]
			found = frappe.db.get_value("Institution", site.code, ["last_visit_date", "grade"], as_dict=True)
			day = max((row["visited_on"] for row in made), default=None)
			self.assertEqual(getdate(found.last_visit_date) if day else None, day)
			best = max(graded, key=lambda row: row["visited_on"], default={"grade": None})
			self.assertEqual(found.grade or None, best["grade"])

	def test_planted_is_found(self) -> None:
		found = census.found(self.nation.settings.as_of) - Counter(self.before)
		self.assertEqual(found, census.planted(self.nation))
		self.assertTrue(found[census.OVERDUE])
		self.assertTrue(found[census.FAILED])

	def test_without_the_nation_nothing_is_expected(self) -> None:
		self.assertEqual({line.expected for line in census.lines(None)}, {None})

	def test_the_institution_sees_no_unannounced_visit_before_it_begins(self) -> None:
		hidden = [
			row
			for row in self.rows[states.DOCTYPE]
			if row["is_unannounced"] and row["status"] in (states.PLANNED, states.CANCELLED)
		]
		self.assertTrue(hidden)
		for row in hidden[:3]:
			self.act_as(user_names.institution_director(row["institution"].lower()))
			seen = set(frappe.get_list(states.DOCTYPE, pluck="name", limit_page_length=0))
			self.act_as("Administrator")
			own = {found["name"] for found in self.of(states.DOCTYPE, shown_institution=row["institution"])}
			self.assertEqual(seen, own)
			self.assertNotIn(row["name"], seen)

	def test_plans_say_how_balanced_they_are_and_are_drawn_up_again(self) -> None:
		for row in self.rows["Visit Plan"]:
			doc = frappe.get_doc("Visit Plan", row["name"])
			stored = doc.visit_count, doc.inspector_count, doc.most_of_an_inspector, doc.most_of_a_day
			doc.count()
			found = doc.visit_count, doc.inspector_count, doc.most_of_an_inspector, doc.most_of_a_day
			self.assertEqual(found, stored)
		plan = self.of("Visit Plan", status=DRAFT)[0]
		self.act_as(plan["owner"])
		draw_up(plan["name"])
		self.assertTrue(frappe.get_doc("Visit Plan", plan["name"]).visits)


class TestNextStep(CampaignTestCase):
	"""Whoever has the next step can take it."""

	def visit(self, status: str, **values):
		return self.one(states.DOCTYPE, status=status, **values)

	def test_an_inspector_begins_a_planned_visit(self) -> None:
		doc = self.visit(states.PLANNED)
		self.act_as(doc.inspectors[0].user)
		self.assertEqual(step(doc, states.BEGUN, visited_on=nowdate()).status, states.BEGUN)

	def test_an_inspector_answers_the_rest_and_completes(self) -> None:
		doc = self.visit(states.BEGUN)
		self.act_as(doc.inspectors[0].user)
		for row in doc.answers:
			row.score = row.score if row.score not in (None, "") or row.not_applicable else "2"
		signature = self.of(states.DOCTYPE, status=states.COMPLETED, refused_to_sign=0)
		signature = (signature or self.of(states.DOCTYPE, refused_to_sign=0, status=states.APPROVED))[0]
		doc.update({"findings": "سليم", "representative_name": "مدير الدار"})
		doc.representative_signature = signature["representative_signature"]
		doc.save()
		self.assertEqual(step(doc, states.COMPLETED).status, states.COMPLETED)

	def test_a_completed_visit_is_reported_and_confirmed_by_the_levels(self) -> None:
		doc = self.visit(states.COMPLETED)
		self.act_as(doc.begun_by)
		doc = step(doc, states.REPORTED)
		self.act_as(f"manager.{doc.org_unit.lower()}@{DOMAIN}")
		if not frappe.db.exists("User", frappe.session.user):
			self.act_as(user_names.named_user("Social Administration Manager"))
		doc = step(doc, states.ADMINISTRATION)
		governorate = frappe.db.get_value("Institution", doc.institution, "governorate")
		self.act_as(user_names.directorate_director(governorate))
		self.assertEqual(step(doc, states.DIRECTORATE).status, states.DIRECTORATE)

	def test_headquarters_approves(self) -> None:
		ready = self.visit(states.DIRECTORATE)
		self.act_as(user_names.named_user("Central Administration Head"))
		self.assertEqual(step(ready, states.APPROVED).status, states.APPROVED)

	def test_an_observed_violation_is_investigated(self) -> None:
		doc = self.one("Violation Record", status=violations.OBSERVED)
		self.act_as(doc.owner)
		self.assertEqual(step(doc, violations.INVESTIGATED).status, violations.INVESTIGATED)

	def test_a_decided_penalty_is_executed(self) -> None:
		doc = self.one("Violation Penalty", status=violations.DECIDED)
		self.act_as(doc.owner)
		doc = step(doc, violations.EXECUTED, executed_on=nowdate())
		self.assertEqual(
			frappe.db.get_value("Violation Record", doc.violation_record, "status"), violations.EXECUTED
		)

	def test_states_that_the_first_institutions_show(self) -> None:
		shown = [self.of(states.DOCTYPE, institution=site.code)[-1] for site in self.nation.sites[: len(NOW)]]
		self.assertEqual(
			{row["status"] for row in shown}, {row["status"] for row in self.rows[states.DOCTYPE]}
		)
		self.assertTrue(fresh(frappe.get_doc(states.DOCTYPE, shown[0]["name"])).inspectors)


class TestMeasures(CampaignTestCase):
	"""Plans, critical institutions and closings: as their controllers count and allow them."""

	def test_plans_count_their_actions(self) -> None:
		self.assertGreater(len({row["status"] for row in self.rows["Corrective Action Plan"]}), 1)
		for row in self.rows["Corrective Action Plan"]:
			fields = [
				"action_count",
				"open_count",
				"reported_count",
				"accepted_count",
				"failed_count",
				"budget",
				"due_on",
			]
			stored = frappe.db.get_value("Corrective Action Plan", row["name"], fields)
			plan.count(row["name"])
			self.assertEqual(frappe.db.get_value("Corrective Action Plan", row["name"], fields), stored)

	def test_the_nightly_jobs_leave_the_census_alone(self) -> None:
		before = census.found(self.nation.settings.as_of)
		nightly_jobs()
		self.assertEqual(census.found(self.nation.settings.as_of), before)
		self.assertTrue(
			[row for row in self.rows["Corrective Action"] if row["due_on"] < self.nation.settings.as_of]
		)

	def test_closings_in_different_states_two_of_them_with_children_to_place(self) -> None:
		cases = self.rows["Closing Case"]
		self.assertEqual((len(cases), len({row["status"] for row in cases})), (4, 3))
		placed = self.of("Closing Case", status="Re-placement")
		self.assertEqual(len(placed), 2)
		for placing in placed:
			children = self.of("Closing Placement", closing_case=placing["name"])
			living = frappe.get_all("Child", {"institution": placing["institution"]}, pluck="name")
			self.assertEqual({row["child"] for row in children}, set(living))
			self.assertGreater(len(living), 3)
			self.assertEqual(frappe.db.get_value("Institution", placing["institution"], "status"), "Closing")

	def test_the_whole_nation_closes_a_home_of_forty_with_siblings(self) -> None:
		whole = Nation(NationSettings(self.nation.settings.as_of))
		site = closings.closing_sites(whole)[-1]
		people = [row for doctype, row in whole.children_of(site) if doctype == "Child"]
		families = Counter(row["family"] for row in people if row["family"])
		self.assertEqual(len(people), site.size)
		self.assertGreaterEqual(site.size, closings.LARGE)
		self.assertLess(site.size, closings.LARGE + 5)
		self.assertGreater(sum(number for number in families.values() if number > 1), 5)

	def test_the_next_steps_of_a_closing(self) -> None:
		case = self.one("Closing Case", status="Before the Legal Adviser")
		self.act_as(user_names.named_user("Legal Adviser"))
		self.assertEqual(step(case, "Opinion Given", legal_opinion="يجوز").status, "Opinion Given")
		case = self.one("Closing Case", status="Interim Supervision")
		self.act_as(case.supervision_by)
		self.assertEqual(step(case, "Re-placement").status, "Re-placement")

	def test_an_institution_reports_an_action_done_and_a_draft_begins(self) -> None:
		draft = self.of("Corrective Action Plan", status="Draft")
		running = self.of("Corrective Action Plan", status="In Progress")[0]
		self.act_as(user_names.institution_director(running["institution"]))
		seen = frappe.get_list("Corrective Action Plan", pluck="name", limit_page_length=0)
		self.assertIn(running["name"], seen)
		self.assertFalse({row["name"] for row in draft} & set(seen))
		action = self.of("Corrective Action", corrective_action_plan=running["name"], status="To Be Done")[0]
		self.assertTrue(frappe.get_doc("Corrective Action", action["name"]).has_permission("write"))
