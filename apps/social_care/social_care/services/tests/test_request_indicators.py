"""Indicators over the requests of all services: counted at their directorate, and by service."""

import frappe
from frappe.utils import now_datetime, nowdate

from social_care.governance.indicators import keeping, periods
from social_care.services.tests.cases import VISIT, ServiceTestCase

CODES = ("K17", "K18", "K19")


class TestRequestIndicators(ServiceTestCase):
	def ended(self, place, stars: int = 0, overdue: int = 0) -> None:
		self.act_as("Administrator")
		doc = self.visit(institution=place.institution, org_unit=place.district).insert()
		moments = {"submitted_on": now_datetime(), "closed_on": now_datetime()}
		doc.db_set({**moments, "rating": stars, "overdue": overdue})

	def told(self, unit: str, dimension: str = "", key: str = "") -> dict[str, tuple[float, float]]:
		found = {}
		for code in CODES:
			keeping.compute(code)
			doc = frappe.get_doc(keeping.INDICATOR, code)
			filters = {
				"indicator": code,
				"version": doc.version,
				"period_end": periods.period_of(doc.frequency, nowdate()).end,
				"place_level": "Directorate",
				"org_unit": unit,
				"dimension": dimension,
				"dimension_value": key,
			}
			row = frappe.db.get_value(keeping.VALUE, filters, ["numerator", "denominator"])
			found[code] = row or (0, 0)
		return found

	def grown(self, unit: str, before: dict, **of) -> dict[str, tuple[float, float]]:
		after = self.told(unit, **of)
		return {code: tuple(b - a for a, b in zip(before[code], after[code], strict=True)) for code in CODES}

	def test_requests_count_at_their_directorate_alone(self) -> None:
		here, there = (self.told(place.directorate) for place in (self.here, self.there))
		self.ended(self.here, stars=4)
		self.ended(self.here, stars=2, overdue=1)
		self.ended(self.here)
		expected = {"K17": (3, 0), "K18": (2, 3), "K19": (6, 2)}
		self.assertEqual(self.grown(self.here.directorate, here), expected)
		self.assertEqual(set(self.grown(self.there.directorate, there).values()), {(0, 0)})

	def test_they_are_told_by_service(self) -> None:
		by = {"dimension": "service", "key": VISIT}
		before = self.told(self.here.directorate, **by)
		self.ended(self.here, stars=5)
		self.assertEqual(self.grown(self.here.directorate, before, **by)["K19"], (5, 1))
