"""Row 7: numbers tell nothing of rows out of scope. Every way of counting gives the number of one's own list."""

import frappe
import pytest

from isolation.browser import Browser
from isolation.records import Stage

CHILD = {"doctype": "Child"}
COUNTS = {
	"client.get_count": lambda b, f: b.message("frappe.client.get_count", **CHILD, filters=f),
	"report view": lambda b, f: b.message("frappe.desk.reportview.get_count", **CHILD, filters=f),
	"distinct": lambda b, f: b.message(
		"frappe.desk.reportview.get_count", **CHILD, filters=f, distinct="true"
	),
	"counting column": lambda b, f: b.message(
		"frappe.client.get_list", **CHILD, fields=["count(name) as total"], filters=f
	)[0]["total"],
	"group counts": lambda b, f: sum(
		row["count"]
		for row in b.message(
			"frappe.desk.listview.get_group_by_count", **CHILD, current_filters=f, field="sex"
		)
	),
	"number card": lambda b, f: b.message(
		"frappe.desk.doctype.number_card.number_card.get_result",
		doc={"document_type": "Child", "function": "Count", "filters_json": "[]", "name": "x"},
		filters=f,
	),
	"chart": lambda b, f: _sum_of_chart(b, f),
}


def _sum_of_chart(browser: Browser, filters: list) -> int:
	chart = {
		"document_type": "Child",
		"chart_type": "Group By",
		"group_by_type": "Count",
		"group_by_based_on": "sex",
		"name": "x",
	}
	chart["filters_json"] = frappe.as_json(filters)
	drawn = browser.message(
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.get", chart=chart, no_cache=1
	)
	return sum(drawn["datasets"][0]["values"]) if drawn else 0


def own(browser: Browser, filters: list) -> int:
	answer = browser.get("/api/resource/Child", fields=["name"], filters=filters, limit_page_length=0)
	return len(answer.json()["data"])


@pytest.mark.parametrize("way", COUNTS)
def test_counts_are_those_of_ones_own_list(stage: Stage, way: str) -> None:
	for place in (stage.here.place, stage.there.place):
		for user in (place.entry, place.officer, place.chief):
			browser = stage.browser(user)
			for filters in ([], [["Child", "sex", "=", "Male"]]):
				assert COUNTS[way](browser, filters) == own(browser, filters) > 0, user


@pytest.mark.parametrize("way", COUNTS)
def test_a_strangers_name_counts_nothing(stage: Stage, way: str) -> None:
	"""No yes or no about a name, a family or a person that lives elsewhere."""
	browser = stage.browser(stage.country.there.chief)
	for column, value in (
		("name", stage.here.child),
		("first_name", f"{stage.here.mark} first_name"),
		("person", stage.here.person),
	):
		assert COUNTS[way](browser, [["Child", column, "=", value]]) == 0
	inside = stage.browser(stage.here.place.chief)
	assert COUNTS[way](inside, [["Child", "name", "=", stage.here.child]]) == 1


def test_headquarters_counts_all(stage: Stage) -> None:
	frappe.db.rollback()
	assert COUNTS["client.get_count"](stage.browser(stage.country.head), []) == frappe.db.count("Child")


def test_stored_cards_count_for_the_reader(stage: Stage) -> None:
	"""A card of the workspaces shows each user his own number, and no cached number of another."""
	cards = frappe.get_all(
		"Number Card", filters={"document_type": "Child", "type": "Document Type"}, pluck="name"
	)
	for name in cards:
		card = frappe.get_doc("Number Card", name)
		filters = frappe.parse_json(card.filters_json or "[]")
		numbers = [
			stage.browser(user).call(
				"frappe.desk.doctype.number_card.number_card.get_result",
				doc=card.as_dict(convert_dates_to_str=True),
				filters=filters,
			)
			for user in (stage.here.place.chief, stage.there.place.chief, stage.country.head)
		]
		here, there, everywhere = (answer.json().get("message") if answer.ok else None for answer in numbers)
		assert None in (here, there, everywhere) or here + there <= everywhere, name


def test_cards_of_the_workspaces_count_ones_own_rows(stage: Stage) -> None:
	"""The figures that the app computes by itself, for three who see different rows."""
	living = [["Child", "life_state", "=", "Active"], ["Child", "institution", "is", "set"]]
	for user in (
		stage.here.place.chief,
		stage.there.place.chief,
		stage.there.place.entry,
		stage.country.head,
	):
		browser = stage.browser(user)
		assert browser.message("social_care.api.indicators.children_in_care")["value"] == own(
			browser, living
		), user


def test_workflow_actions_of_others_are_not_listed(stage: Stage) -> None:
	"""The framework lists what waits for a role; here only of one's own place."""
	for victim, other in ((stage.here, stage.there), (stage.there, stage.here)):
		for role in ("officer", "chief"):
			rows = stage.browser(getattr(victim.place, role)).get(
				"/api/resource/Workflow Action", fields=["reference_name"], limit_page_length=0
			)
			assert other.child not in rows.text


def test_reports_are_of_ones_own_rows(stage: Stage) -> None:
	"""Rows 8 and 7: every report of the apps, run and exported, also with somebody else's name as the user."""
	apps = [app for app in frappe.get_installed_apps() if app.startswith("social_care")]
	modules = frappe.get_all("Module Def", filters={"app_name": ["in", apps]}, pluck="name")
	for report in frappe.get_all(
		"Report", filters={"module": ["in", modules], "is_standard": "Yes"}, pluck="name"
	):
		for method in ("run", "export_query"):
			answer = stage.browser(stage.there.place.chief).call(
				f"frappe.desk.query_report.{method}",
				report_name=report,
				filters={},
				user=stage.country.head,
				file_format_type="CSV",
				are_default_filters=False,
			)
			for secret in (
				stage.here.mark,
				stage.here.child,
				stage.here.national_number,
				stage.here.place.institution,
			):
				assert secret not in answer.text, report


def test_a_report_over_a_strangers_place_is_refused(stage: Stage) -> None:
	for report in ("Children without National Number", "Children and Institutions by Governorate"):
		if frappe.db.exists("Report", report):
			for value in (stage.here.place.institution, stage.here.child):
				answer = stage.browser(stage.there.place.chief).call(
					"frappe.desk.query_report.run", report_name=report, filters={"institution": value}
				)
				assert answer.status_code == 403, answer.text[:300]
