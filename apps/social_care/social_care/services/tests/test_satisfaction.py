"""Satisfaction with services: what is counted, over which days, and for whom."""

import frappe
from frappe.utils import add_days, getdate, now_datetime, nowdate

from social_care.services.report.service_satisfaction.service_satisfaction import execute
from social_care.services.tests.cases import VISIT, ServiceTestCase
from social_care.tests.queries import queries


class TestSatisfaction(ServiceTestCase):
	def rated(self, stars: int, place=None, closed=None, **values):
		place = place or self.here
		self.act_as("Administrator")
		doc = self.visit(institution=place.institution, org_unit=place.district).insert()
		closed = closed or now_datetime()
		doc.db_set({"closed_on": closed, "status": "Permit Granted", "rating": stars, **values})

	def row(self, user: str, **filters) -> dict | None:
		self.act_as(user)
		rows = execute(filters)[1]
		return next((row for row in rows if row["name"] == VISIT), None)

	def test_ratings_are_counted(self) -> None:
		self.assertIsNone(self.row(self.here.chief))
		for stars, late in ((5, 0), (4, 0), (1, 1), (0, 0)):
			self.rated(stars, overdue=late)
		row = self.row(self.here.chief)
		self.assertEqual((row["ended"], row["rated"], row["discontent"]), (4, 3, 1))
		self.assertEqual((row["average"], row["answered"], row["in_time"]), (3.33, 75.0, 75.0))
		self.assertEqual(row["content_share"], 66.7)

	def test_what_has_not_ended_is_not_asked(self) -> None:
		self.visit().insert()
		self.assertIsNone(self.row(self.here.chief))

	def test_a_directorate_sees_its_own_and_headquarters_all(self) -> None:
		self.rated(5)
		self.rated(1, place=self.there)
		self.assertEqual(self.row(self.here.chief)["average"], 5)
		self.assertEqual(self.row(self.there.chief)["average"], 1)
		self.assertEqual(self.row(self.country.head)["average"], 3)

	def test_days_of_the_period_count(self) -> None:
		self.rated(5, closed=add_days(now_datetime(), -40))
		self.assertIsNone(self.row(self.here.chief, from_date=add_days(nowdate(), -39)))
		last = getdate(add_days(nowdate(), -40))
		self.assertEqual(self.row(self.here.chief, from_date=last, to_date=last)["ended"], 1)
		with self.assertRaises(frappe.ValidationError):
			execute({"from_date": nowdate(), "to_date": last})

	def test_whoever_sees_no_requests_sees_no_figures(self) -> None:
		self.rated(5)
		self.assertIsNone(self.row(self.here.officer))

	def test_queries_do_not_grow_with_requests(self) -> None:
		self.rated(5)
		before = self.asked()
		for stars in (1, 2, 3):
			self.rated(stars)
		self.assertEqual(self.asked(), before)

	def asked(self) -> int:
		self.act_as(self.here.chief)
		execute({})
		with queries() as sent:
			execute({})
		return len(sent)
