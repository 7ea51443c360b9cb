"""Values of indicators over HTTP: each reader's places and levels in list, count, record and export; computing; figures for guests."""

import json
from collections.abc import Iterator

import frappe
import pytest
import requests
from social_care.governance.indicators import keeping, public
from social_care.governance.indicators.cells import Tree
from social_care.tests import factories

from isolation.browser import URL
from isolation.records import Stage

VALUE = keeping.VALUE
API = "social_care.api.indicator_values"
FIGURES = f"{URL}/api/method/social_care.api.public_figures.figures"


@pytest.fixture(scope="module", autouse=True)
def counted(stage: Stage) -> None:
	"""Children in both directorates, counted."""
	frappe.set_user("Administrator")
	for side in (stage.here, stage.there):
		factories.child(side.place.institution)
	tree = Tree()
	for code in ("K01", "K04"):
		keeping.compute(code, tree)
	frappe.db.commit()


def listed(browser, **filters) -> list[dict]:
	fields = json.dumps(["name", "org_unit", "place_level", "level"])
	asked = json.dumps({"indicator": "K01", **filters})
	answer = browser.ask(
		"frappe.client.get_list", doctype=VALUE, fields=fields, filters=asked, limit_page_length=0
	)
	return answer.json()["message"] if answer.status_code == 200 else []


def test_a_directorate_reads_its_own_in_list_count_and_record(stage: Stage) -> None:
	here, there = stage.here.place, stage.there.place
	chief = stage.browser(here.chief)
	rows = listed(chief)
	assert rows and {row["place_level"] for row in rows} == {"Directorate", "Institution"}
	assert there.directorate not in {row["org_unit"] for row in rows}
	foreign = frappe.get_all(VALUE, {"org_unit": there.directorate}, pluck="name")
	assert foreign
	assert not listed(chief, name=foreign[0])
	assert chief.ask("frappe.client.get", doctype=VALUE, name=foreign[0]).status_code in (403, 404)
	filters = json.dumps({"org_unit": there.directorate})
	count = chief.ask("frappe.desk.reportview.get_count", doctype=VALUE, filters=filters, fields="[]")
	assert count.json()["message"] == 0


def test_nobody_writes_a_value(stage: Stage) -> None:
	chief = stage.browser(stage.here.place.chief)
	name = listed(chief)[0]["name"]
	for method, values in (
		("frappe.client.set_value", {"doctype": VALUE, "name": name, "fieldname": "value", "value": 1}),
		("frappe.client.insert", {"doc": json.dumps({"doctype": VALUE, "indicator": "K01"})}),
		("frappe.client.delete", {"doctype": VALUE, "name": name}),
	):
		assert chief.call(method, **values).status_code == 403, method


def test_who_reads_no_files_reads_no_values(stage: Stage) -> None:
	entry = stage.browser(stage.here.place.entry)
	assert listed(entry) == []


def test_computing_is_a_post_of_whoever_keeps_indicators(stage: Stage) -> None:
	chief = stage.browser(stage.here.place.chief)
	assert chief.call(f"{API}.compute", indicator="K01").status_code == 403
	assert chief.ask(f"{API}.compute", indicator="K01").status_code == 403
	assert requests.post(f"{URL}/api/method/{API}.compute", timeout=60).status_code == 403


@pytest.fixture
def opened() -> Iterator[None]:
	set_open(1)
	yield
	set_open(0)


def set_open(value: int) -> None:
	frappe.db.set_single_value("Social Care Settings", "figures_in_public", value)
	frappe.clear_document_cache("Social Care Settings", "Social Care Settings")
	public.forget()
	frappe.db.commit()


def test_guests_get_figures_only_where_they_are_open(opened: None) -> None:
	answer = requests.get(FIGURES, timeout=60)
	assert answer.status_code == 200
	assert isinstance(answer.json()["message"], list)
	assert requests.get(f"{URL}/figures", timeout=60).status_code == 200
	assert requests.post(FIGURES, timeout=60).status_code == 403


def test_closed_they_are_not_found() -> None:
	assert requests.get(FIGURES, timeout=60).status_code == 404
	assert requests.get(f"{URL}/figures", timeout=60).status_code == 404


def test_calls_of_one_address_are_counted(opened: None) -> None:
	before = frappe.db.get_single_value("Social Care Settings", "citizen_calls_per_minute")
	frappe.db.set_single_value("Social Care Settings", "citizen_calls_per_minute", 2)
	frappe.clear_document_cache("Social Care Settings", "Social Care Settings")
	frappe.db.commit()
	try:
		answers = [requests.get(FIGURES, timeout=60).status_code for _turn in range(6)]
		assert 429 in answers
	finally:
		frappe.db.set_single_value("Social Care Settings", "citizen_calls_per_minute", before)
		frappe.clear_document_cache("Social Care Settings", "Social Care Settings")
		frappe.db.commit()


def test_the_values_of_a_protected_field_are_not_listed_for_who_may_not_read_it(stage: Stage) -> None:
	worker = stage.browser(stage.here.place.chief)
	levels = {row["level"] for row in listed(worker)}
	readable = set(frappe.get_meta("Child").get_permlevel_access("read", user=stage.here.place.chief)) | {0}
	assert levels <= readable
