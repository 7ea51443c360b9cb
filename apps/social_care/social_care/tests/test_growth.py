"""Growth records: what may be written, scores against published values, the report, and who does not read it."""

from datetime import date, timedelta

import frappe
from frappe.utils import add_days, nowdate

from social_care.registry import growth
from social_care.registry.report.growth_of_children import growth_of_children as report
from social_care.tests import CountryTestCase, factories
from social_care.tests.queries import queries

BORN = date(2020, 1, 1)


def row(days: int, **values) -> frappe._dict:
	"""A measurement so many days after the birth."""
	blank = {"record_date": BORN + timedelta(days=days), "height_cm": 0, "weight_kg": 0, "head_cm": 0}
	return frappe._dict(blank | values)


class TestScores(CountryTestCase):
	def test_the_median_of_the_standards_is_zero(self) -> None:
		"""Medians of the WHO for 12 months and 5 years and a month (boys, girls)."""
		for sex, days, height in (
			("Male", 365, 75.7),
			("Female", 365, 74.0),
			("Male", 1857, 110.3),
			("Female", 1857, 109.6),
		):
			found = growth.scores(sex, BORN, row(days, height_cm=height))
			self.assertLess(abs(found.height), 0.1, (sex, days))

	def test_two_deviations_below_is_short_and_three_severely(self) -> None:
		"""Boys of twelve months: 71.0 cm lie at -2, 68.6 at -3."""
		short = growth.scores("Male", BORN, row(365, height_cm=70.5))
		severe = growth.scores("Male", BORN, row(365, height_cm=68.0))
		self.assertEqual(growth.concerns(short, True), {"height": frappe._("Short for the age")})
		self.assertEqual(growth.concerns(severe, True), {"height": frappe._("Severely short for the age")})

	def test_weight_has_other_limits_from_five_on(self) -> None:
		for score, young, kind in (
			(1.5, True, None),
			(1.5, False, "Overweight for the age"),
			(2.5, True, "Overweight for the age"),
			(2.5, False, "Obese for the age"),
			(-2.5, True, "Thin for the age"),
			(-3.5, False, "Severely thin for the age"),
		):
			told = growth.concerns(growth.Scores(bmi=score), young)
			self.assertEqual(list(told.values()), [frappe._(kind)] if kind else [])

	def test_beyond_the_tables_there_is_no_score(self) -> None:
		self.assertEqual(growth.scores("Male", BORN, row(20 * 365, height_cm=170)), growth.Scores())
		self.assertEqual(growth.scores(None, BORN, row(365, height_cm=75)), growth.Scores())
		self.assertIsNone(growth.scores("Male", BORN, row(9 * 365, head_cm=52)).head)


class TestRecords(CountryTestCase):
	def child(self, user: str | None = None, **measured):
		self.act_as("Administrator")
		doc = factories.child(self.here.institution, birth_date=add_days(nowdate(), -3650))
		if measured:
			self.measure(doc, user or self.here.entry, **measured)
		return doc

	def measure(self, doc, user: str, **values) -> None:
		self.act_as(user)
		doc = frappe.get_doc("Child", doc.name)
		doc.append("health_records", {"record_kind": "Growth Measurement", "record_date": nowdate()} | values)
		doc.save()

	def test_the_institution_writes_a_measurement(self) -> None:
		doc = self.child(height_cm=136.5, weight_kg=31.2)
		stored = frappe.get_doc("Child", doc.name).health_records[-1]
		self.assertEqual((stored.height_cm, stored.weight_kg), (136.5, 31.2))

	def test_what_no_child_has_is_refused(self) -> None:
		doc = self.child()
		for values in (
			{"height_cm": 1.36},
			{"weight_kg": 900},
			{"head_cm": 7},
			{"height_cm": 130, "record_date": add_days(nowdate(), 1)},
			{"height_cm": 130, "record_date": add_days(nowdate(), -4000)},
			{"height_cm": 130, "record_date": None},
		):
			self.assertRefused(growth.GrowthError, self.measure, doc, self.here.entry, **values)

	def lines(self, user: str, **filters) -> dict[str, dict]:
		self.act_as(user)
		return {line.name: line for line in report.execute(filters)[1]}

	def test_the_report_has_the_last_measurement_and_what_is_to_be_looked_at(self) -> None:
		doc = self.child(height_cm=118, weight_kg=45, record_date=add_days(nowdate(), -30))
		self.measure(doc, self.here.entry, height_cm=119, weight_kg=46)
		other = self.child()
		lines = self.lines(self.here.director, institution=self.here.institution)
		self.assertEqual((lines[doc.name].height_cm, lines[doc.name].days), (119, 0))
		self.assertLess(lines[doc.name].height_score, -2)
		self.assertIn(frappe._("Obese for the age"), lines[doc.name].concern)
		self.assertIsNone(lines[other.name].record_date)
		self.assertIn(doc.name, self.lines(self.here.director, state=report.CONCERN))
		self.assertNotIn(other.name, self.lines(self.here.director, state=report.CONCERN))
		self.assertIn(other.name, self.lines(self.here.director, state=report.NOT_MEASURED))

	def test_one_child_has_all_measurements_and_a_chart(self) -> None:
		doc = self.child(height_cm=130, weight_kg=30, record_date=add_days(nowdate(), -200))
		self.measure(doc, self.here.entry, height_cm=134, weight_kg=32)
		self.act_as(self.here.director)
		_columns, rows, _message, chart = report.execute({"child": doc.name})
		self.assertEqual([line.height_cm for line in rows], [130, 134])
		self.assertEqual(chart["data"]["datasets"][0]["values"], [130, 134])

	def test_out_of_scope_and_below_the_level(self) -> None:
		doc = self.child(height_cm=130, weight_kg=30)
		for user in (self.there.director, self.there.chief):
			self.assertNotIn(doc.name, self.lines(user))
			self.assertEqual(self.lines(user, child=doc.name), {})
		self.act_as("Administrator")
		manager = factories.staff("Social Administration Manager", self.here.district)
		self.act_as(manager)
		self.assertRefused(frappe.PermissionError, report.execute, {})

	def test_as_many_queries_for_many_children(self) -> None:
		self.child(height_cm=130, weight_kg=30)
		self.act_as(self.here.director)
		report.execute({})
		with queries() as few:
			report.execute({"child": "none"})
		with queries() as many:
			report.execute({})
		self.assertLessEqual(abs(len(many) - len(few)), 1)
