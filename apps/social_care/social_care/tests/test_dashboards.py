"""Dashboards against a small world counted by hand: right figures, lists of the same rows, nothing of other places."""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import add_days, add_months, add_years, nowdate

from social_care.api import dashboards
from social_care.registry.dashboards.rows import Filters
from social_care.tests import SocialCareTestCase, factories
from social_care.tests.quality_cases import weigh
from social_care.tests.queries import queries


def links(part) -> Iterator[dict]:
	"""Every figure that leads to a list, wherever it stands in a dashboard."""
	if isinstance(part, dict):
		if part.get("open"):
			yield part
		part = list(part.values())
	for inner in part if isinstance(part, list) else []:
		yield from links(inner)


def listed(doctype: str, filters: Filters) -> int:
	"""Rows of the list that the session user sees behind a figure."""
	rows = []
	for field, value in filters.items():
		owner, _dot, column = field.rpartition(".")
		rows.append([owner or doctype, column, *(value if isinstance(value, list) else ["=", value])])
	return len(frappe.get_list(doctype, filters=rows, pluck="name", limit_page_length=0))


class TestDashboards(SocialCareTestCase):
	"""Two homes of Cairo, one of Giza."""

	def setUp(self) -> None:
		super().setUp()
		self.cairo, self.giza = (factories.org_unit(governorate=code).name for code in ("01", "21"))
		self.full = factories.institution(
			self.cairo, licensed_capacity=2, map_latitude=30.1, map_longitude=31.3
		)
		self.empty = factories.institution(self.cairo, licensed_capacity=8)
		self.far = factories.institution(self.giza)
		self.settings(figures_kept_minutes=0)  # on a busy machine every question may take long
		weigh(child_national_number=3, child_education=1)
		self.girl = factories.child(self.full.name, sex="Female", room_group="الزهور")
		self.boy = factories.child(
			self.full.name,
			room_group="الزهور",
			education_records=[{"stage": "Primary", "grade": 2, "school_year": "2025/2026"}],
		)
		self.baby = factories.child(
			self.full.name,
			birth_date=add_years(nowdate(), -2),
			national_number="",
			national_number_status="In Process",
		)
		factories.child(self.far.name)
		self.director = factories.staff("Institution Director", institution=self.full.name)
		self.chief = factories.staff("Directorate Director", self.cairo)

	def assertLinksTell(self, dashboard: dict) -> None:
		"""Every figure that leads somewhere leads to as many rows."""
		found = list(links(dashboard))
		self.assertTrue(found)
		for figure in found:
			self.assertEqual(listed(**figure["open"]), figure["value"], figure)

	def test_an_institution(self) -> None:
		self.girl.db_set({"photo": "/private/files/x.png", "photo_date": add_months(nowdate(), -20)})
		self.boy.db_set("birth_date", add_days(add_years(nowdate(), -18), 30))
		self.act_as(self.director)
		told = dashboards.of_institution()
		self.assertEqual([row["value"] for row in told["headlines"]], [3, 1, 2, 0])
		self.assertEqual(
			{row["label"]: row["value"] for row in told["groups"]}, {"الزهور": 2, _("Without a Group"): 1}
		)
		self.assertEqual([row["value"] for row in told["missing"]], [1, 1])
		self.assertEqual([row["value"] for row in told["due"]][:4], [3, 0, 1, 1])
		self.assertLinksTell(told)

	def test_a_league(self) -> None:
		self.act_as(self.chief)
		told = dashboards.of_directorate()
		first, second = told["league"]
		self.assertEqual((first["code"], second["code"]), (self.full.name, self.empty.name))
		# 3 of 3 × weight 3 asked, 2 × weight 1 (the baby is too young for school); lacking: 3 and 1 of 11
		self.assertEqual(first["completeness"], round(100 * (1 - 4 / 11), 1))
		self.assertEqual((first["children"]["value"], first["occupancy"], first["days"]), (3, 150, 0))
		self.assertEqual(
			(second["children"]["value"], second["completeness"], second["days"]), (0, None, None)
		)
		self.assertEqual([row["value"] for row in told["headlines"]], [2, 3, 10, 30, 1])
		self.assertEqual([line["code"] for line in told["map"]], [self.full.name])
		self.assertLinksTell(told)

	def test_a_nation(self) -> None:
		self.act_as(factories.staff("Central Administration Head", "HQ"))
		told = dashboards.of_headquarters()
		self.assertEqual(len(told["governorates"]), 27)
		self.assertLinksTell(told)
		present = told["headlines"][0]["value"]
		self.assertEqual(
			present, frappe.db.count("Child", {"institution": ["is", "set"], "life_state": "Active"})
		)
		self.assertEqual(
			told["trend"][-1]["present"],
			frappe.db.count("Placement", {"setting": "Institution", "is_current": 1}),
		)
		official = [row for row in told["official"] if row["name"] == "الأبناء داخل مؤسسات الرعاية"]
		self.assertEqual({row["live"]["value"] for row in official}, {present})
		self.assertTrue(all(row["source"] and row["as_of"] for row in official))

	def test_a_trend_follows_the_history(self) -> None:
		factories.transfer(self.girl.name, self.far.name)
		frappe.db.set_value("Placement", {"child": self.boy.name}, "from_date", add_months(nowdate(), -30))
		self.act_as(factories.staff("Aggregate Reader", self.cairo))
		months = dashboards.of_headquarters()["trend"]
		self.assertEqual(len(months), 24)
		self.assertEqual((months[0]["present"], months[-1]["present"]), (1, 2))
		self.assertEqual(sum(month["arrived"]["value"] for month in months), 2)
		self.assertEqual(months[-1]["left"]["value"], 1)

	def test_nothing_of_other_places(self) -> None:
		self.act_as(self.director)
		self.assertEqual([line["code"] for line in dashboards.of_directorate()["league"]], [self.full.name])
		told = dashboards.of_headquarters()
		self.assertEqual([line["code"] for line in told["governorates"]], ["01"])
		self.assertEqual(sum(row["value"] for row in told["care"]), 3)

	def test_aggregates_lead_nowhere(self) -> None:
		self.act_as(factories.staff("Aggregate Reader", self.cairo))
		told = [dashboards.of_institution(), dashboards.of_directorate(), dashboards.of_headquarters()]
		self.assertEqual(told[0]["headlines"][0]["value"], 3)
		self.assertEqual(list(links(told)), [])

	def test_nobody_without_an_assignment_counts_anything(self) -> None:
		self.act_as(factories.user("nobody").name)
		self.assertEqual(dashboards.of_institution()["headlines"][0]["value"], 0)
		self.assertEqual(dashboards.of_directorate()["league"], [])
		self.assertEqual(dashboards.of_headquarters()["governorates"], [])

	def test_fields_above_the_reader_are_not_counted_for_him(self) -> None:
		self.act_as(factories.staff("Inspector", self.cairo))
		told = dashboards.of_institution()
		self.assertEqual([row["label"] for row in told["missing"]], [_("Education Records")])
		self.assertNotIn(_("Photographs to Renew"), [row["label"] for row in told["due"]])
		self.assertIsNone(dashboards.of_directorate()["league"][0]["weakest"]["open"])

	def test_as_many_queries_for_more_rows(self) -> None:
		self.act_as(self.chief)
		calls = (dashboards.of_institution, dashboards.of_directorate, dashboards.of_headquarters)
		before = [self.count(call) for call in calls]
		self.act_as("Administrator")
		for _number in range(4):
			home = factories.institution(self.cairo).name
			for _child in range(3):
				factories.child(home, room_group=factories.letters())
		self.act_as(self.chief)
		self.assertEqual([self.count(call) for call in calls], before)

	def count(self, call) -> int:
		call()
		with queries() as sent:
			call()
		return len(sent)
