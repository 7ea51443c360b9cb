"""Dashboards, the map's layers and the sector adviser's page over a small nation: figures lead to their rows, nothing of other places."""

from collections.abc import Iterator
from datetime import timedelta

import frappe
from social_care.api.dashboards import of_app, of_headquarters
from social_care.demo.generator import user_names
from social_care.tests.queries import queries

from social_care_inspections.inspections import risk
from social_care_inspections.inspections.figures import adviser, places
from social_care_inspections.inspections.report.coverage_of_visits import coverage_of_visits
from social_care_inspections.inspections.report.inspection_by_governorate import inspection_by_governorate
from social_care_inspections.inspections.violations import states as violations
from social_care_inspections.inspections.visits import states
from social_care_inspections.tests.test_campaign import CampaignTestCase

ADVISER = user_names.named_user("Inspection Adviser")
HOME, RECORD = "Institution", "Violation Record"


def links(part) -> Iterator[dict]:
	"""Every figure that leads to a list, wherever it stands."""
	if isinstance(part, dict):
		if part.get("open"):
			yield part
		part = list(part.values())
	for inner in part if isinstance(part, list) else []:
		yield from links(inner)


def listed(doctype: str, filters: dict) -> int:
	rows = [
		[doctype, field, *(value if isinstance(value, list) else ["=", value])]
		for field, value in filters.items()
	]
	return len(frappe.get_list(doctype, filters=rows, pluck="name", limit_page_length=0))


def records(part) -> Iterator[list[str]]:
	"""Every record that a part leads to."""
	for row in part.get("rows", []):
		yield from (cell["record"] for cell in row if isinstance(cell, dict) and "record" in cell)


class FiguresTestCase(CampaignTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.first = self.nation.sites[0].governorate
		self.director = user_names.directorate_director(self.first)
		self.settings(figures_kept_minutes=0)

	def told(self, user: str, name: str) -> dict:
		self.act_as(user)
		return of_app(name)

	def part(self, told: dict, kind: str) -> list[dict]:
		return [part for part in told["parts"] if part["kind"] == kind]


class TestDashboards(FiguresTestCase):
	def test_every_figure_leads_to_as_many_rows(self) -> None:
		for user, name in (
			(ADVISER, "inspection"),
			(ADVISER, "sector_adviser"),
			(self.director, "inspection"),
			(user_names.named_user("Inspector"), "inspection"),
			(user_names.institution_director(self.nation.sites[4].code), "inspection"),
		):
			told = self.told(user, name)
			found = list(links(told))
			self.assertTrue(found, user)
			for figure in found:
				self.assertEqual(listed(**figure["open"]), figure["value"], (user, figure))

	def test_records_that_a_part_names_can_be_opened(self) -> None:
		for user in (ADVISER, self.director):
			for part in self.told(user, "sector_adviser")["parts"]:
				for doctype, name in records(part):
					self.assertTrue(frappe.has_permission(doctype, "read", name), (user, name))

	def test_a_directorate_counts_its_own_places(self) -> None:
		mine = [site for site in self.nation.sites if site.governorate == self.first]
		figures = {row["label"]: row["value"] for row in self.told(self.director, "inspection")["headlines"]}
		codes = {site.code for site in mine}
		planned = [
			row for row in self.of(states.DOCTYPE, status=states.PLANNED) if row["institution"] in codes
		]
		late = [row for row in planned if row["planned_on"] < self.nation.settings.as_of]
		self.assertEqual(figures[frappe._("Visits Planned")], len(planned))
		self.assertEqual(figures[frappe._("Visits Overdue")], len(late))
		self.assertFalse(self.part(self.told(self.director, "inspection"), "map"))

	def test_the_country_has_a_map_with_a_layer_for_each_question(self) -> None:
		(country,) = self.part(self.told(ADVISER, "inspection"), "map")
		self.assertEqual({layer["key"] for layer in country["layers"]}, {"violations", "overdue", "lowest"})
		self.assertGreater(len(country["governorates"]), 10)

	def test_an_institution_learns_of_no_violation_and_no_unannounced_visit(self) -> None:
		site = next(
			site
			for site in self.nation.sites
			if self.of(states.DOCTYPE, institution=site.code, status=states.PLANNED, is_unannounced=1)
		)
		told = self.told(user_names.institution_director(site.code), "inspection")
		figures = {row["label"]: row["value"] for row in told["headlines"]}
		self.assertEqual(figures[frappe._("Visits Planned")], 0)
		self.assertNotIn(frappe._("Open Violations"), figures)
		self.assertFalse([name for part in told["parts"] for kind, name in records(part) if kind == RECORD])

	def test_the_institution_sees_which_reports_wait_for_its_reply(self) -> None:
		waiting = (states.REPORTED, states.ADMINISTRATION, states.DIRECTORATE)
		rows = [row for row in self.rows[states.DOCTYPE] if row["status"] in waiting]
		row = next(row for row in rows if not row["institution_reply"])
		told = self.told(user_names.institution_director(row["institution"]), "inspection")
		found = {name for part in told["parts"] for _kind, name in records(part)}
		self.assertIn(row["name"], found)

	def test_an_inspector_sees_his_next_visits_first(self) -> None:
		visit = self.of(states.DOCTYPE, status=states.BEGUN)[0]
		leads = self.of("Institution Visit Inspector", parent=visit["name"], is_lead=1)
		first = self.told(leads[0]["user"], "inspection")["parts"][0]
		self.assertEqual(first["title"], frappe._("My Next Visits"))
		for _kind, name in records(first):
			self.assertIn(
				leads[0]["user"], [row["user"] for row in self.of("Institution Visit Inspector", parent=name)]
			)

	def test_what_follows_is_counted_at_the_places_of_the_reader(self) -> None:
		"""Corrective actions, complaints and rapid interventions: a directorate's own, and nothing of the others."""
		codes = {site.code for site in self.nation.sites if site.governorate == self.first}
		as_of = self.nation.settings.as_of
		late = [
			row
			for row in self.of("Corrective Action", status="To Be Done")
			if row["due_on"] < as_of and row["institution"] in codes
		]
		waiting = [
			row for row in self.of("Institution Complaint", status="Received") if row["institution"] in codes
		]
		open_ones = ("Received", "In Examination")
		abuse = [
			row
			for row in self.of("Institution Complaint", abuse_alleged=1)
			if row["institution"] in codes and row["status"] in open_ones
		]
		calls = self.of("Rapid Intervention Case", governorate=self.first, status="Received")
		told = self.told(self.director, "inspection")
		figures = {row["label"]: row["value"] for row in told["headlines"]}
		self.assertEqual(figures[frappe._("Corrective Actions Overdue")], len(late))
		self.assertEqual(figures[frappe._("Complaints to Examine")], len(waiting))
		self.assertEqual(figures[frappe._("Open Complaints about Abuse")], len(abuse))
		self.assertEqual(figures[frappe._("Rapid Interventions without a Team")], len(calls))
		self.assertTrue(waiting and calls)
		other = next(site.governorate for site in self.nation.sites if site.governorate != self.first)
		apart = self.told(user_names.directorate_director(other), "inspection")
		ours = {row["name"] for row in [*late, *waiting, *calls]}
		self.assertFalse(ours & {name for part in apart["parts"] for _kind, name in records(part)})
		theirs = {row["label"]: row["value"] for row in apart["headlines"]}
		there = self.of("Rapid Intervention Case", governorate=other, status="Received")
		self.assertEqual(theirs[frappe._("Rapid Interventions without a Team")], len(there))

	def test_an_institution_is_told_no_figure_of_complaints(self) -> None:
		for site in self.nation.sites[:4]:
			told = self.told(user_names.institution_director(site.code), "inspection")
			labels = {row["label"] for row in told["headlines"]}
			self.assertIn(frappe._("Corrective Actions Overdue"), labels)
			self.assertNotIn(frappe._("Complaints to Examine"), labels)
			self.assertNotIn(frappe._("Rapid Interventions without a Team"), labels)
			titles = {part["title"] for part in told["parts"]}
			self.assertNotIn(frappe._("Open Complaints by Kind"), titles)

	def test_whoever_has_no_place_sees_nothing(self) -> None:
		for name in ("inspection", "sector_adviser"):
			told = self.told("Guest", name)
			self.assertFalse([figure for figure in links(told) if figure["value"]])
			self.assertFalse([record for part in told["parts"] for record in records(part)])

	def test_an_unknown_dashboard_is_refused(self) -> None:
		self.act_as(ADVISER)
		self.assertRefused(frappe.DoesNotExistError, of_app, "nothing")

	def test_headquarters_has_the_layers(self) -> None:
		self.act_as(ADVISER)
		layers = {layer["key"]: layer for layer in of_headquarters()["layers"]}
		late = [
			row
			for row in self.of(states.DOCTYPE, status=states.PLANNED)
			if row["planned_on"] < self.nation.settings.as_of
		]
		total = sum(figure["value"] for figure in layers["overdue"]["governorates"].values())
		self.assertEqual(total - self.before["Planned visits overdue"], len(late))

	def test_the_number_of_queries_does_not_grow(self) -> None:
		for build in (adviser.lines_part, places.layers):
			self.act_as(self.director)
			build()
			with queries() as few:
				build()
			self.act_as(ADVISER)
			build()
			with queries() as many:
				build()
			self.assertLessEqual(len(many), len(few) + 2, build)
			self.assertLess(len(many), 30)


class TestPage(FiguresTestCase):
	"""The sector adviser's page as a report."""

	def test_lines_are_those_of_the_reader(self) -> None:
		mine = {site.code for site in self.nation.sites if site.governorate == self.first}
		self.act_as(self.director)
		(line,) = inspection_by_governorate.execute({})[1]
		as_of = self.nation.settings.as_of
		visits = [row for row in self.rows[states.DOCTYPE] if row["institution"] in mine]
		made = [
			row
			for row in visits
			if row["status"] in states.MADE and row["visited_on"] >= as_of - timedelta(days=365)
		]
		late = [row for row in visits if row["status"] == states.PLANNED and row["planned_on"] < as_of]
		scores = [row["score"] for row in made if row["status"] == states.APPROVED and row["grade"]]
		found = [
			row
			for row in self.rows[RECORD]
			if row["institution"] in mine and row["status"] in violations.OPEN
		]
		self.assertEqual(line["institutions"], len(mine))
		self.assertEqual(line["unannounced"], sum(row["is_unannounced"] for row in made))
		self.assertEqual(line["overdue"], len(late))
		self.assertEqual(line["violations"], len(found))
		self.assertEqual(line["score"], round(sum(scores) / len(scores), 1))
		self.act_as(ADVISER)
		self.assertGreater(len(inspection_by_governorate.execute({})[1]), 10)

	def test_whoever_has_no_place_has_no_line(self) -> None:
		self.act_as("Guest")
		self.assertEqual(inspection_by_governorate.execute({})[1], [])
		self.assertIsNone(inspection_by_governorate.execute({})[3])

	def test_paper_has_the_trend_and_what_comes_first(self) -> None:
		self.act_as(ADVISER)
		layout = inspection_by_governorate.print_layout({})
		self.assertEqual(len(layout.tables), 4)
		for table in layout.tables:
			for row in table["rows"]:
				self.assertFalse([value for value in row.values() if isinstance(value, dict)])
		self.assertTrue(layout.tables[0]["rows"])


class TestSpeed(FiguresTestCase):
	def test_risk_and_coverage_ask_as_often_for_one_directorate_as_for_the_country(self) -> None:
		counted = {}
		for user in (self.director, ADVISER):
			self.act_as(user)
			for build in (lambda: risk.risks(risk.institutions()), lambda: coverage_of_visits.execute({})):
				build()
				with queries() as asked:
					build()
				counted.setdefault(user, []).append(len(asked))
		self.assertEqual(counted[self.director], counted[ADVISER])
		self.assertLess(max(counted[ADVISER]), 12)
