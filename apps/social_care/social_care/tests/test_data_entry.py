"""How soon, how rightly and by whom data are entered, by institution."""

import frappe
from frappe.utils import add_days, now, nowdate

from social_care.governance.officer import reached
from social_care.governance.report.data_entry_by_institution import data_entry_by_institution as report
from social_care.tests import CountryTestCase, factories
from social_care.tests.queries import queries


class TestDataEntry(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.home = factories.institution(self.here.district).name
		self.title = frappe.db.get_value("Institution", self.home, "institution_name")
		self.entry = factories.staff("Institution Entry User", institution=self.home)

	def row(self, **filters) -> dict:
		_columns, rows, *_rest = report.execute(filters)
		return next(row for row in rows if row["title"] == self.title)

	def test_delay_is_from_the_day_of_the_event_to_the_day_of_entry(self) -> None:
		for days in (2, 10):
			factories.child(self.home, admission_date=add_days(nowdate(), -days))
		self.act_as(self.here.chief)
		row = self.row()
		self.assertEqual((row["entries"], row["delay"], row["slowest"]), (2, 6.0, 10))
		earlier = self.row(from_date=add_days(nowdate(), -20), to_date=add_days(nowdate(), -10))
		self.assertEqual((earlier["entries"], earlier["delay"]), (0, None))

	def test_the_error_rate_counts_files_once(self) -> None:
		factories.child(self.home, parentage="", admission_reason=None)
		factories.child(self.home)
		self.act_as(self.here.chief)
		row = self.row()
		self.assertEqual((row["faulty"], row["error_rate"]), (1, 50.0))

	def test_an_institution_that_enters_itself(self) -> None:
		child = factories.child(self.home).name
		self.act_as(self.here.chief)
		self.assertFalse(self.row()["enters_itself"])
		before = reached.entering_themselves()
		self.act_as(self.entry)
		doc = frappe.get_doc("Child", child)
		doc.room_group = "الزهور"
		doc.save()
		self.act_as(self.here.chief)
		self.assertTrue(self.row()["enters_itself"])
		self.assertEqual(reached.entering_themselves(), before + 1)
		_columns, rows, *_rest, summary = report.execute({})
		self.assertEqual(summary[0]["value"], sum(row["enters_itself"] for row in rows))
		frappe.db.set_value("Child", child, "modified", add_days(now(), -40))
		self.assertFalse(self.row()["enters_itself"])

	def test_at_the_readers_places_in_a_fixed_number_of_queries(self) -> None:
		self.act_as(self.there.chief)
		_columns, rows, *_rest = report.execute({})
		self.assertNotIn(self.title, [row["title"] for row in rows])
		self.act_as(self.here.chief)
		report.execute({})
		with queries() as few:
			report.execute({})
		self.act_as("Administrator")
		factories.institution(self.here.district)
		self.act_as(self.here.chief)
		report.execute({})
		with queries() as many:
			report.execute({})
		self.assertEqual(len(many), len(few))

	def test_a_period_in_order_and_a_print(self) -> None:
		from social_care.prints.report import make

		self.act_as(self.here.chief)
		wrong = {"from_date": nowdate(), "to_date": "2020-01-01"}
		self.assertRefused(frappe.ValidationError, report.execute, wrong)
		self.assertTrue(make("Data Entry by Institution", {}).startswith(b"%PDF"))
