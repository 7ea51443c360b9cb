"""Report «Demand for Kafala»: what happened in each month, who was waiting at its end, and each reader's own places."""

import frappe
from frappe.desk.query_report import run
from frappe.utils import add_months, get_first_day, nowdate

from social_care_kafala.kafala.path import states
from social_care_kafala.kafala.report.demand_for_kafala.demand_for_kafala import Timeline, count, days_of
from social_care_kafala.tests.test_family_file import FileTestCase

REPORT = "Demand for Kafala"


def month(ago: int, day: int = 0) -> str:
	return str(frappe.utils.add_days(get_first_day(add_months(nowdate(), -ago)), day))


class TestDemand(FileTestCase):
	def setUp(self) -> None:
		super().setUp()
		frappe.db.delete(states.DOCTYPE)
		self.row("Married Couple", applied_on=month(5, 3), status=states.PAPERS)
		self.row("Married Couple", applied_on=month(5, 9), approved_on=month(3, 2), status=states.VISITS)
		handed = {"approved_on": month(4, 1), "handed_over_on": month(2, 5)}
		self.row("Widow", applied_on=month(6, 3), **handed, status=states.FOLLOW_UP)
		ended = handed | {"ended_on": month(1, 1)}
		self.row("Widow", applied_on=month(6, 4), **ended, status=states.ENDED)
		self.row("Widow", applied_on=month(4, 3), step_since=month(3, 8), status=states.REJECTED)
		there = {"org_unit": self.there.district, "governorate": "02"}
		self.row("Widow", applied_on=month(4, 3), **there, status=states.PAPERS)

	def row(self, kind: str, **values) -> None:
		"""A file as it would stand there, written past its path."""
		place = {"org_unit": self.here.district, "governorate": "01"}
		row = {
			"doctype": states.DOCTYPE,
			"family_kind": kind,
			"name": f"KF-T-{frappe.generate_hash(length=8)}",
		}
		frappe.get_doc(row | place | values).db_insert()

	def rows(self, **filters) -> dict[str, dict]:
		given = {"from_date": month(6), "to_date": nowdate()} | filters
		return {row["group"]: row for row in run(REPORT, given)["result"] if isinstance(row, dict)}

	def test_each_month_and_what_is_open_at_its_end(self) -> None:
		found = list(self.rows().values())
		self.assertEqual([row["applications"] for row in found], [2, 2, 2, 0, 0, 0, 0])
		self.assertEqual([row["approvals"] for row in found], [0, 0, 2, 1, 0, 0, 0])
		self.assertEqual([row["refusals"] for row in found], [0, 0, 0, 1, 0, 0, 0])
		self.assertEqual([row["hand_overs"] for row in found], [0, 0, 0, 0, 2, 0, 0])
		self.assertEqual([row["endings"] for row in found], [0, 0, 0, 0, 0, 1, 0])
		self.assertEqual([row["undecided"] for row in found], [2, 4, 4, 2, 2, 2, 2])
		self.assertEqual([row["waiting"] for row in found], [0, 0, 2, 3, 1, 1, 1])

	def test_by_kind_and_governorate(self) -> None:
		kinds = self.rows(by="Kind of Family")
		self.assertEqual(
			{name: row["applications"] for name, row in kinds.items()}, {"Married Couple": 2, "Widow": 4}
		)
		places = self.rows(by="Governorate")
		self.assertEqual(sorted(row["applications"] for row in places.values()), [1, 5])
		self.assertFalse({"01", "02"} & set(places))

	def test_filters(self) -> None:
		self.assertEqual(sum(row["applications"] for row in self.rows(family_kind="Widow").values()), 4)
		unit = self.rows(org_unit=self.there.directorate)
		self.assertEqual(sum(row["applications"] for row in unit.values()), 1)
		self.assertRefused(frappe.ValidationError, self.rows, from_date=nowdate(), to_date=month(3))
		self.assertRefused(frappe.ValidationError, self.rows, from_date="1990-01-01")

	def test_each_reader_has_his_own_files(self) -> None:
		self.act_as(self.here.chief)
		self.assertEqual(sum(row["applications"] for row in self.rows().values()), 5)
		self.act_as(self.stranger)
		self.assertEqual(sum(row["applications"] for row in self.rows().values()), 1)
		for user in (self.here.director, self.here.officer):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, run, REPORT, {})

	def test_a_file_is_in_one_place_at_a_time(self) -> None:
		"""Applications of all time are undecided, waiting, with a family or closed."""
		rows = frappe.get_all(states.DOCTYPE, fields=["*"])
		whole, last = Timeline(rows), frappe.utils.getdate(nowdate())
		found = count(whole, frappe.utils.getdate("2000-01-01"), last)
		closed = found["refusals"] + found["hand_overs"]
		self.assertEqual(found["applications"], found["undecided"] + found["waiting"] + closed)
		self.assertEqual(days_of(rows[0]).keys(), whole.days.keys())
