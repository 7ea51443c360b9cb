"""Indicators of kafala: each is what the planted rows say, of their directorate and of no other."""

import frappe
from frappe.utils import add_days, now_datetime, nowdate
from social_care.tests.indicator_cases import ago, row
from social_care.tests.test_indicators import IndicatorTestCase

from social_care_kafala.kafala.indicators import COMPUTATIONS
from social_care_kafala.kafala.path import states

FILE = states.DOCTYPE


def files(unit: str) -> dict:
	"""Applied today, overdue; approved after 40 and after 100 days, the second handed over; ended; rejected and overdue."""
	place = {"org_unit": unit, "family_kind": "Married Couple"}
	late = {"step_due_on": ago(2)}
	row(FILE, status=states.REVIEW, applied_on=nowdate(), **late, **place)
	approved = {"approved_on": now_datetime(), "step_due_on": add_days(nowdate(), 9)}
	row(FILE, status=states.VIEWING, applied_on=ago(40), **approved, **place)
	row(FILE, status=states.FOLLOW_UP, applied_on=ago(100), handed_over_on=nowdate(), **approved, **place)
	row(FILE, status=states.ENDED, applied_on=ago(900), ended_on=nowdate(), **late, **place)
	row(FILE, status=states.REJECTED, applied_on=ago(900), **late, **place)
	expected = {"K32": (1, None), "K34": (1, None), "K35": (1, None), "K36": (1, None), "K38": (1, None)}
	return expected | {"K33": (2, 2)}


def buildings(unit: str) -> dict:
	for stage, progress in (("Allocated", 0), ("Works under Way", 50), ("Allocation Withdrawn", 90)):
		row("Kafala Centre Building", org_unit=unit, stage=stage, works_progress=progress)
	return {"K31": (50, 2)}


class TestKafalaIndicators(IndicatorTestCase):
	def test_every_figure_is_what_the_rows_say(self) -> None:
		for planter in (files, buildings):
			with self.subTest(planter.__name__):
				frappe.db.savepoint("planter")
				expected = planter(self.unit)
				self.compute(*expected)
				for code, (above, below) in expected.items():
					found = self.of_directorate(code)
					self.assertTrue(found, code)
					self.assertEqual((found.numerator, found.denominator or None), (above, below), code)
					self.assertIsNone(self.of_directorate(code, self.far_unit))
				frappe.db.rollback(save_point="planter")

	def test_the_median_of_days_and_the_ninth_tenth(self) -> None:
		files(self.unit)
		self.compute("K33")
		self.assertEqual(self.of_directorate("K33").value, 40)
		tenth = {"indicator": "K33", "org_unit": self.unit, "dimension": "centile", "dimension_value": "90"}
		self.assertEqual(frappe.get_all("Indicator Value", tenth, pluck="value"), [100])

	def test_the_core_has_a_row_for_each(self) -> None:
		named = frappe.get_all("Indicator", {"kind": "Named Computation"}, pluck="computation_name")
		self.assertLessEqual({one.name for one in COMPUTATIONS}, set(named))
