"""Report «Status of Kafala Centre Buildings»."""

import frappe
from frappe.desk.query_report import run
from frappe.utils import add_days, nowdate
from social_care.printing.testing import squeezed
from social_care.prints import report as print_of_report
from social_care.prints.testing import whole
from social_care.tests import CountryTestCase

from social_care_kafala.kafala.report.status_of_kafala_centre_buildings.status_of_kafala_centre_buildings import (
	ReportFilterError,
)
from social_care_kafala.tests.factories import building, note

REPORT = "Status of Kafala Centre Buildings"


class TestStatusReport(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.late = building(
			self.here.directorate,
			follow_ups=[note(-4, 40)],
			area_sqm=300,
			planned_opening_date=add_days(nowdate(), -12),
		).name
		self.given_back = building(
			self.here.directorate, stage="Allocation Withdrawn", withdrawal_reason="سبب", area_sqm=900
		).name
		self.theirs = building(self.there.directorate, area_sqm=100).name

	def report(self, **filters) -> dict:
		return run(REPORT, filters)

	def rows(self, **filters) -> dict[str, dict]:
		return {row["name"]: row for row in self.report(**filters)["result"] if row.get("name")}

	def test_buildings_stand_below_their_governorate(self) -> None:
		self.act_as(self.here.chief)
		result = self.report()["result"]
		self.assertEqual([row["indent"] for row in result], [0, 1, 1])
		self.assertEqual({row["name"] for row in result[1:]}, {self.late, self.given_back})

	def test_a_governorates_sums_leave_withdrawn_buildings_out(self) -> None:
		self.act_as(self.here.chief)
		total = self.report()["result"][0]
		self.assertEqual((total["buildings"], total["opened"]), (2, 0))
		self.assertEqual((total["works_progress"], total["area_sqm"], total["days_late"]), (40, 300, 12))

	def test_each_reader_gets_the_rows_of_his_scope(self) -> None:
		self.act_as(self.there.officer)
		self.assertEqual(set(self.rows()), {self.theirs})
		self.assertEqual(self.report()["report_summary"][0]["value"], 1)
		self.act_as(self.country.head)
		self.assertLessEqual({self.late, self.given_back, self.theirs}, set(self.rows()))

	def test_a_filter_never_widens_the_scope(self) -> None:
		self.act_as(self.here.chief)
		self.assertFalse(self.rows(governorate="02"))

	def test_an_institutions_staff_may_not_run_it(self) -> None:
		self.act_as(self.here.director)
		self.assertRefused(frappe.PermissionError, self.report)

	def test_filters(self) -> None:
		self.act_as(self.here.chief)
		self.assertEqual(set(self.rows(only_late=1)), {self.late})
		self.assertEqual(set(self.rows(stage="Allocation Withdrawn")), {self.given_back})
		self.assertRefused(ReportFilterError, self.report, only_late=1, stage="Centre Opened")

	def test_its_print_is_arabic_with_stages_and_what_it_was_limited_to(self) -> None:
		self.act_as(self.here.chief)
		text = whole(print_of_report.make(REPORT, {"only_late": 1}))
		for words in ("موقف مباني مراكز الكفالة", "المباني المتأخرة فقط", "مخصص", "المحافظة"):
			self.assertIn(squeezed(words), text)
		self.assertNotIn("Allocated", text)

	def test_the_chart_counts_stages(self) -> None:
		self.act_as(self.here.chief)
		self.assertEqual(self.report()["chart"]["data"]["datasets"][0]["values"], [1, 0, 0, 0, 0, 0, 1])
