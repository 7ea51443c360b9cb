"""Indicators of inspection: each is what the planted rows say, of their directorate and of no other."""

import frappe
from frappe.utils import now_datetime, nowdate
from social_care.setup.indicators import ensure_states
from social_care.tests import factories
from social_care.tests.indicator_cases import ago, row
from social_care.tests.test_indicators import IndicatorTestCase

from social_care_inspections.inspections.figures.indicators import COMPUTATIONS


def visits(unit: str, home: str) -> dict:
	"""Two institutions, one visited; visits approved with 80 and 60; one overdue; one of judicial control."""
	place = {"institution": home, "org_unit": unit, "visit_kind": "Periodic"}
	made = {"visited_on": nowdate(), "planned_on": nowdate()}
	for score in (80, 60):
		row("Institution Visit", status="Approved", grade="B", score=score, **place, **made)
	row("Institution Visit", status="Planned", planned_on=ago(3), **place)
	row("Institution Visit", status="Cancelled", planned_on=ago(3), **place)
	row("Institution Visit", **(place | {"visit_kind": "Judicial Control"}), status="Completed", **made)
	factories.institution(unit)
	return {"K21": (1, 2), "K22": (1, None), "K23": (140, 2), "K27": (1, None)}


def violations(unit: str, home: str) -> dict:
	"""One observed, two proven of which one is penalised, one not proven."""
	place = {"institution": home, "org_unit": unit}
	row("Violation Record", status="Observed", severity="Grave", **place)
	proven = [
		row("Violation Record", status=status, concluded_on=now_datetime(), severity="Minor", **place)
		for status in ("Proven", "Penalised")
	]
	row("Violation Record", status="Not Proven", concluded_on=now_datetime(), **place)
	row("Violation Penalty", violation_record=proven[1], status="Executed", **place)
	row("Violation Penalty", violation_record=proven[0], status="Draft", **place)
	return {"K26": (1, 2)}


def closings(unit: str, home: str) -> dict:
	place = {"institution": home, "org_unit": unit}
	row("Closing Case", status="Ordered", **place)
	row("Closing Case", status="Cancelled", **place)
	row("Closing Case", status="Completed", completed_on=now_datetime(), reason="Unlicensed", **place)
	row("Closing Case", status="Completed", completed_on=f"{ago(800)} 10:00:00", **place)
	row("Institution-Free Governorate", status="Declared", org_unit=unit)
	row("Institution-Free Governorate", status="Planned", org_unit=unit)
	return {"K28": (1, None), "K29": (1, None), "K30": (1, None)}


def reports(unit: str, home: str) -> dict:
	"""One report of today and an old one; of two audits of one building the later counts."""
	for moment in (now_datetime(), f"{ago(90)} 10:00:00"):
		row("Rapid Intervention Case", org_unit=unit, reported_on=moment, channel="Hotline")
	audit = {"visit_kind": "Accessibility Audit", "status": "Approved", "org_unit": unit}
	row("Institution Visit", institution=home, visited_on=ago(300), accessibility="Not Conforming", **audit)
	row("Institution Visit", institution=home, visited_on=ago(3), accessibility="Conforming", **audit)
	other = factories.institution(unit).name
	row("Institution Visit", institution=other, visited_on=ago(3), accessibility="Not Conforming", **audit)
	return {"K65": (1, None), "K57": (1, 2)}


class TestInspectionIndicators(IndicatorTestCase):
	def check(self, expected: dict) -> None:
		self.compute(*expected)
		for code, (above, below) in expected.items():
			found = self.of_directorate(code)
			self.assertTrue(found, code)
			self.assertEqual((found.numerator, found.denominator or None), (above, below), code)
			far = self.of_directorate(code, self.far_unit)
			self.assertFalse(far and far.numerator, code)

	def test_every_figure_is_what_the_rows_say(self) -> None:
		for planter in (visits, violations, closings, reports):
			with self.subTest(planter.__name__):
				frappe.db.savepoint("planter")
				self.check(planter(self.unit, self.home))
				frappe.db.rollback(save_point="planter")

	def test_open_violations_lead_to_as_many_rows(self) -> None:
		violations(self.unit, self.home)
		self.compute("K25")
		how = next(one for one in COMPUTATIONS if one.name == "open_violations")
		doctype, filters = how.opens(None)
		listed = frappe.get_all(doctype, filters | {"org_unit": self.unit})
		self.assertEqual(self.of_directorate("K25").numerator, len(listed))
		self.assertGreater(len(listed), 0)

	def test_the_core_has_a_row_for_each(self) -> None:
		ensure_states()
		named = frappe.get_all("Indicator", {"kind": "Named Computation"}, pluck="computation_name")
		self.assertLessEqual({one.name for one in COMPUTATIONS}, set(named))
		states = frappe.get_all("Indicator", {"name": ["in", ["K21", "K25", "K57"]]}, pluck="state")
		self.assertEqual(set(states), {"Measured"})
