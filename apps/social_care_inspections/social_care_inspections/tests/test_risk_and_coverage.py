"""Risk with its reasons, coverage and what is overdue: figures, and readers out of scope."""

import frappe
from frappe.utils import add_days, nowdate
from social_care.tests import factories
from social_care.tests.queries import queries

from social_care_inspections.inspections import risk
from social_care_inspections.inspections.report.coverage_of_visits import coverage_of_visits
from social_care_inspections.inspections.report.institution_visits_and_their_reports import (
	institution_visits_and_their_reports as visits,
)
from social_care_inspections.inspections.report.risk_of_institutions import risk_of_institutions
from social_care_inspections.tests.cases import VisitTestCase, completed, step, visit


class FiguresCase(VisitTestCase):
	def home(self, **values) -> str:
		"""A new institution of the district that was visited lately and has a good grade."""
		self.act_as("Administrator")
		name = factories.institution(self.here.district, **values).name
		frappe.db.set_value("Institution", name, {"grade": "A", "last_visit_date": nowdate()})
		return name

	def risk_of(self, name: str) -> risk.Risk:
		self.act_as(self.here.chief)
		return risk.risks(risk.institutions(name=name))[name]

	def approved(self, name: str, score: int, day) -> None:
		self.act_as(self.here.chief)
		doc = step(completed(name, self.inspector, score=score), "Reported")
		frappe.db.set_value(doc.doctype, doc.name, {"status": "Approved", "visited_on": day})


class TestRisk(FiguresCase):
	def test_nothing_known_against_it(self) -> None:
		self.assertEqual(self.risk_of(self.home()), risk.Risk(0, []))

	def test_each_reason_counts_and_is_told(self) -> None:
		name = self.home(
			licensed_capacity=1, licence_expiry=add_days(nowdate(), -1), licence_date="2020-01-01"
		)
		factories.child(name)
		frappe.db.set_value("Institution", name, "licensed_capacity", 0)
		self.assertEqual(self.risk_of(name).points, 10)
		frappe.db.set_value("Institution", name, {"grade": "D", "last_visit_date": add_days(nowdate(), -200)})
		found = self.risk_of(name)
		self.assertEqual((found.points, len(found.reasons)), (60, 3))
		self.assertIn("200", " ".join(found.reasons))

	def test_more_children_than_places(self) -> None:
		name = self.home(licensed_capacity=2)
		for _number in range(2):
			factories.child(name)
		frappe.db.set_value("Institution", name, "licensed_capacity", 1)
		self.assertEqual(self.risk_of(name).points, 15)

	def test_open_violations_by_their_severity(self) -> None:
		name = self.home()
		for kind in ("AD-02", "AD-01", "SA-01"):
			values = {"institution": name, "violation_type": kind, "description": "س"}
			frappe.get_doc({"doctype": "Violation Record", **values}).insert()
		self.assertEqual(self.risk_of(name).points, 25)

	def test_a_falling_score(self) -> None:
		name = self.home()
		self.approved(name, 3, add_days(nowdate(), -100))
		self.approved(name, 2, nowdate())
		frappe.db.set_value("Institution", name, "grade", "B")
		found = self.risk_of(name)
		self.assertEqual(found.points, 10)
		self.assertIn("33.3", found.reasons[0])

	def test_points_are_settings(self) -> None:
		name = self.home()
		frappe.db.set_value("Institution", name, "grade", "D")
		settings = frappe.get_doc("Inspection Settings")
		settings.risk_grade_d = 0
		settings.save()
		self.assertEqual(self.risk_of(name), risk.Risk(0, []))

	def test_the_report_is_of_the_readers_scope(self) -> None:
		name = self.home()
		self.act_as(self.here.chief)
		rows = risk_of_institutions.execute({})[1]
		self.assertIn(name, {row.name for row in rows})
		self.assertEqual([row.points for row in rows], sorted((row.points for row in rows), reverse=True))
		self.act_as(self.there.chief)
		self.assertNotIn(name, {row.name for row in risk_of_institutions.execute({})[1]})

	def test_the_number_of_queries_does_not_grow(self) -> None:
		self.home()
		self.act_as(self.here.chief)
		rows = risk.institutions()
		risk.risks(rows)
		self.assertGreater(len(rows), 1)
		with queries() as few:
			risk.risks(rows[:1])
		with queries() as all_of_them:
			risk.risks(rows)
		self.assertEqual((len(all_of_them), len(few)), (5, 5))


class TestCoverage(FiguresCase):
	def sums(self, user: str) -> dict:
		self.act_as(user)
		rows = coverage_of_visits.execute({"from_date": add_days(nowdate(), -30)})[1]
		return next((row for row in rows if row.unit == self.here.district), {})

	def test_of_each_unit(self) -> None:
		name = self.home()
		before = self.sums(self.here.chief)
		self.act_as(self.here.chief)
		visit(name, self.inspector, planned_on=add_days(nowdate(), -2))
		cancelled = visit(name, self.inspector)
		step(cancelled, "Cancelled", cancel_reason="تأجيل")
		completed(name, self.inspector)
		after = self.sums(self.here.chief)
		grown = {key: after[key] - before[key] for key in coverage_of_visits.SUMS}
		self.assertEqual(grown, {"institutions": 0, "planned": 2, "made": 1, "overdue": 1, "visited": 1})
		self.assertEqual(after.coverage, round(100 * after.visited / after.institutions, 1))
		self.assertEqual(self.sums(self.there.chief), {})

	def test_a_planned_visit_whose_day_has_passed_is_late(self) -> None:
		self.act_as(self.here.chief)
		doc = visit(self.here.institution, self.inspector, planned_on=add_days(nowdate(), -2))
		rows = {row.name: row for row in visits.execute({"overdue_only": 1})[1]}
		self.assertEqual(rows[doc.name].days_late, 2)
