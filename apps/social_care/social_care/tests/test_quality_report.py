"""The report on data quality: faults by rule and the trend, at the places and levels of its readers."""

import frappe
from frappe.utils import add_days, nowdate

from social_care.api.guards.endpoints import run_report
from social_care.registry.quality.history import DAY
from social_care.tests import SocialCareTestCase, factories
from social_care.tests.queries import queries

NAME = "Data Quality"


class TestReport(SocialCareTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.cairo, self.giza = (factories.org_unit(governorate=code).name for code in ("01", "21"))
		self.home, self.other, self.far = (
			factories.institution(unit).name for unit in (self.cairo, self.cairo, self.giza)
		)
		for home in (self.home, self.home, self.other, self.far):
			factories.child(home, parentage="" if home == self.home else "Known")
		frappe.db.delete(DAY)
		for days, lacking in ((40, 8), (1, 4)):
			for home, unit, governorate in (
				(self.home, self.cairo, "01"),
				(self.other, self.cairo, "01"),
				(self.far, self.giza, "21"),
			):
				values = {"day": add_days(nowdate(), -days), "institution": home, "org_unit": unit}
				values |= {"governorate": governorate, "children": 2, "asked": 20, "lacking": lacking}
				frappe.get_doc({"doctype": DAY, **values, "errors": 1, "warnings": 3}).db_insert()
		self.chief = factories.staff("Directorate Director", self.cairo)

	def told(self, user: str, **filters) -> dict:
		self.act_as(user)
		return run_report(NAME, filters=filters)

	def faults(self, user: str, **filters) -> dict[str, int]:
		rows = [row for row in self.told(user, **filters)["result"] if isinstance(row, dict)]
		return {row["rule"]: row["faults"] for row in rows}

	def test_faults_by_rule_at_the_reader_s_places(self) -> None:
		self.assertEqual(self.faults(self.chief)["child_photo"], 3)
		self.assertEqual(self.faults(self.chief, institution=self.other)["child_photo"], 1)
		self.assertEqual(self.faults(self.chief, governorate="01")["child_parentage"], 2)
		self.assertRefused(frappe.PermissionError, self.told, self.chief, institution=self.far)
		self.assertEqual(self.faults(self.chief, governorate="21"), {})
		self.act_as("Administrator")
		director = factories.staff("Institution Director", institution=self.home)
		self.assertEqual(self.faults(director)["child_photo"], 2)
		told = self.told(self.chief)["result"]
		self.assertEqual(next(row["severity"] for row in told if isinstance(row, dict)), frappe._("Error"))

	def test_the_trend_at_the_reader_s_places(self) -> None:
		def drawn(user: str, **filters) -> tuple[list, list]:
			told = self.told(user, **filters)
			summary = [entry["value"] for entry in told["report_summary"] or []]
			return told["chart"]["data"]["datasets"][0]["values"] if told["chart"] else [], summary

		self.assertEqual(drawn(self.chief), ([60, 80], [80, 4, 2, 6]))
		self.assertEqual(drawn(self.chief, institution=self.home), ([60, 80], [80, 2, 1, 3]))
		self.assertEqual(drawn(self.chief, from_date=add_days(nowdate(), -30))[0], [80])
		self.assertEqual(drawn(self.chief, governorate="21"), ([], []))

	def test_others_have_no_report(self) -> None:
		inspector = factories.staff("Inspector", self.cairo)
		self.assertRefused(frappe.PermissionError, self.told, inspector)

	def test_as_many_queries_for_more_rows(self) -> None:
		def sent() -> int:
			self.told(self.chief)
			with queries() as seen:
				self.told(self.chief)
			return len(seen)

		before = sent()
		self.act_as("Administrator")
		for _number in range(3):
			factories.child(factories.institution(self.cairo).name)
		self.assertEqual(sent(), before)
