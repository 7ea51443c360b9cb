"""Plans of visits: balance, frequencies, four eyes, and the visits made of them, once each."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import frappe
from frappe.utils import add_days, get_first_day, nowdate
from social_care.registry.file_review import FourEyesError
from social_care.tests import CountryTestCase, factories

from social_care_inspections.inspections import plans
from social_care_inspections.inspections.plans import Wanted, spread
from social_care_inspections.tests.cases import forget_changes, fresh, inspector

DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(250)]


class TestSpread(CountryTestCase):
	def test_even_over_inspectors_and_days(self) -> None:
		wanted = [Wanted(f"I{number}", "Periodic", 4) for number in range(60)]
		found = spread(wanted, DAYS, ["a", "b", "c"])
		self.assertEqual(len(found), 240)
		by_user = Counter(row.inspector for row in found)
		self.assertLessEqual(max(by_user.values()) - min(by_user.values()), 1)
		self.assertEqual(max(Counter(row.planned_on for row in found).values()), 1)

	def test_at_even_distances(self) -> None:
		days = sorted(row.planned_on for row in spread([Wanted("I", "Periodic", 5)], DAYS, ["a", "b"]))
		quarters = [DAYS.index(day) // 50 for day in days]
		self.assertEqual(quarters, [0, 1, 2, 3, 4])

	def test_not_twice_in_succession_and_not_by_the_involved(self) -> None:
		found = spread([Wanted("I", "Periodic", 6)], DAYS, ["a", "b", "c"], {"I": {"c"}})
		users = [row.inspector for row in found]
		self.assertNotIn("c", users)
		self.assertFalse([pair for pair in pairwise(users) if pair[0] == pair[1]])
		self.assertEqual(spread([Wanted("I", "Periodic", 2)], DAYS, ["c"], {"I": {"c"}}), [])

	def test_the_same_input_gives_the_same_plan(self) -> None:
		wanted = [Wanted(f"I{number}", "Periodic", 1 + number % 5) for number in range(40)]
		self.assertEqual(spread(wanted, DAYS, ["a", "b"]), spread(wanted, DAYS, ["a", "b"]))


class TestPlan(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.addCleanup(forget_changes)
		self.unit = factories.org_unit().name
		self.team = [inspector(self.unit) for _number in range(2)]
		self.chief = factories.staff("Directorate Director", self.unit)
		self.home = factories.institution(self.unit).name
		self.worst = factories.institution(self.unit).name
		frappe.db.set_value("Institution", self.home, {"grade": "A", "last_visit_date": nowdate()})
		frappe.db.set_value("Institution", self.worst, {"grade": "D", "last_visit_date": "2020-01-01"})
		self.act_as(self.chief)

	def plan(self, days: int = 364):
		begin = get_first_day(nowdate())
		values = {"org_unit": self.unit, "from_date": begin, "to_date": add_days(begin, days)}
		return frappe.get_doc({"doctype": "Visit Plan", **values}).insert()

	def drawn(self):
		doc = self.plan()
		plans.draw_up(doc.name)
		return fresh(doc)

	def test_by_grade_and_risk(self) -> None:
		doc = self.drawn()
		found = Counter((row.institution, row.visit_kind) for row in doc.visits)
		self.assertEqual(found[self.home, "Periodic"], 4)
		self.assertEqual(found[self.home, "Quality Evaluation"], 1)
		self.assertEqual(found[self.home, "Unannounced"], 0)
		self.assertEqual(found[self.worst, "Periodic"], 12)
		self.assertEqual(found[self.worst, "Unannounced"], 4)
		self.assertEqual((doc.visit_count, doc.inspector_count), (22, 2))
		self.assertEqual((doc.most_of_an_inspector, doc.most_of_a_day), (11, 1))
		self.assertTrue(all(plans.is_working(row.planned_on) for row in doc.visits))

	def test_approved_by_other_hands_it_makes_its_visits_once(self) -> None:
		doc = self.drawn()
		self.assertRefused(FourEyesError, plans.approve, doc.name)
		other = self.other_chief()
		self.act_as(other)
		plans.approve(doc.name)
		for _run in range(2):
			plans.make_visits(doc.name)
		doc = fresh(doc)
		self.assertEqual((doc.status, doc.approved_by), ("Approved", other))
		names = [row.institution_visit for row in doc.visits]
		self.assertTrue(all(names))
		self.assertEqual(len(set(names)), 22)
		made = frappe.get_all(
			"Institution Visit", {"name": ["in", names]}, ["is_unannounced", "shown_institution"]
		)
		self.assertEqual(sum(row.is_unannounced for row in made), 4)
		self.assertTrue(all(bool(row.shown_institution) != bool(row.is_unannounced) for row in made))
		self.act_as(self.chief)
		doc.from_date = nowdate()
		self.assertRefused(plans.VisitPlanError, doc.save)

	def other_chief(self) -> str:
		user = frappe.session.user
		self.act_as("Administrator")
		made = factories.staff("Directorate Director", self.unit)
		self.act_as(user)
		return made

	def test_a_row_that_is_refused_says_why(self) -> None:
		doc = self.drawn()
		self.act_as("Administrator")
		gone = self.team[0]
		assignment = frappe.get_doc("Staff Assignment", {"user": gone})
		assignment.db_set("valid_to", add_days(nowdate(), -1))
		self.act_as(self.other_chief())
		plans.approve(doc.name)
		plans.make_visits(doc.name)
		doc = fresh(doc)
		self.assertTrue(all(bool(row.fault) == (row.inspector == gone) for row in doc.visits))

	def test_who_plans_and_who_reads(self) -> None:
		doc = self.drawn()
		self.act_as("Administrator")
		director = factories.staff("Institution Director", institution=self.home)
		for user in (director, self.team[0], self.there.chief):
			self.act_as(user)
			self.assertFalse(frappe.has_permission("Visit Plan", "read", doc=doc.name), user)
			self.assertRefused(frappe.PermissionError, plans.draw_up, doc.name)
			self.assertRefused(frappe.PermissionError, plans.approve, doc.name)

	def test_without_an_inspector(self) -> None:
		self.act_as("Administrator")
		for user in self.team:
			frappe.db.set_value("Staff Assignment", {"user": user}, "valid_to", add_days(nowdate(), -1))
		self.act_as(self.chief)
		self.assertRefused(plans.VisitPlanError, plans.draw_up, self.plan().name)
