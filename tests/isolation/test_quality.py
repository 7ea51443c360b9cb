"""Faults of data quality are told at the places and levels of the reader, however he asks; nobody writes them."""

import frappe
import pytest
from social_care.tests import factories
from social_care.tests.quality_cases import kept

from isolation.browser import Browser
from isolation.records import Stage

FAULT = "Data Quality Fault"
FIELDS = ["name", "rule", "record_name"]
EVERYTHING = {"doctype": FAULT, "fields": FIELDS, "filters": []}


def by_columns(answer) -> list[dict]:
	told = answer.json()["message"]
	return [dict(zip(told["keys"], row, strict=True)) for row in told["values"]] if told else []


LISTS = {
	"REST": lambda b: b.get(f"/api/resource/{FAULT}", fields=FIELDS, limit_page_length=0).json()["data"],
	"client.get_list": lambda b: b.message("frappe.client.get_list", **EVERYTHING, limit_page_length=0),
	"list of the desk": lambda b: by_columns(
		b.call("frappe.desk.reportview.get", **EVERYTHING, start=0, page_length=5000)
	),
}
COUNTS = {
	"client.get_count": lambda b: b.message("frappe.client.get_count", doctype=FAULT, filters=[]),
	"count of the desk": lambda b: b.message("frappe.desk.reportview.get_count", **EVERYTHING),
	"groups": lambda b: sum(
		row["count"]
		for row in b.message(
			"frappe.desk.listview.get_group_by_count", doctype=FAULT, current_filters=[], field="severity"
		)
	),
}


@pytest.fixture(scope="module")
def child(stage: Stage) -> str:
	"""A file that lacks, among others, a field of level 3 and one of level 0."""
	frappe.set_user("Administrator")
	name = factories.child(stage.here.place.institution, admission_reason=None).name
	frappe.db.commit()
	return name


@pytest.fixture(scope="module")
def faults(child: str) -> set[str]:
	found = kept("Child", [child])[child]
	assert {"child_admission_reason", "child_decision_number"} <= found
	return found


def of_child(rows: list[dict], child: str) -> set[str]:
	return {row["rule"] for row in rows if row["record_name"] == child}


def readable(user: str, faults: set[str]) -> set[str]:
	levels = {0, *frappe.get_meta("Child").get_permlevel_access("read", user=user)}
	rows = frappe.get_all("Data Quality Rule", {"level": ["in", sorted(levels)]}, pluck="name")
	return faults & set(rows)


@pytest.mark.parametrize("way", LISTS)
def test_lists(stage: Stage, child: str, faults: set[str], reader: Browser, way: str) -> None:
	assert of_child(LISTS[way](stage.browser(stage.here.place.entry)), child) == faults
	shown = of_child(LISTS[way](reader), child)
	assert shown == readable(reader.user, faults)
	assert "child_admission_reason" not in shown
	for user in (stage.there.place.entry, stage.there.place.officer, stage.there.place.chief):
		assert of_child(LISTS[way](stage.browser(user)), child) == set()


@pytest.mark.parametrize("way", COUNTS)
def test_counts(stage: Stage, child: str, faults: set[str], reader: Browser, way: str) -> None:
	for browser in (reader, stage.browser(stage.here.place.entry), stage.browser(stage.there.place.officer)):
		assert COUNTS[way](browser) == len(LISTS["REST"](browser)), browser.user


def test_one_row(stage: Stage, child: str, faults: set[str], reader: Browser) -> None:
	name = frappe.db.get_value(FAULT, {"record_name": child, "rule": "child_admission_reason"})
	path = f"/api/resource/{FAULT}/{name}"
	assert stage.browser(stage.here.place.entry).get(path).status_code == 200
	for browser in (reader, stage.browser(stage.there.place.chief)):
		assert browser.get(path).status_code == 403
		answer = browser.call("frappe.desk.form.load.getdoc", doctype=FAULT, name=name)
		assert answer.status_code == 403


def test_nobody_writes_what_was_found(stage: Stage, child: str, faults: set[str]) -> None:
	name = frappe.db.get_value(FAULT, {"record_name": child})
	for user in (stage.here.place.entry, stage.here.place.chief, stage.country.head):
		browser = stage.browser(user)
		assert browser.put(f"/api/resource/{FAULT}/{name}", {"severity": "Note"}).status_code == 403
		assert browser.delete(f"/api/resource/{FAULT}/{name}").status_code == 403
		for doctype in (FAULT, "Data Quality Day", "Data Quality Run", "Data Quality Rule"):
			assert browser.post(f"/api/resource/{doctype}", {"rule_code": "x"}).status_code == 403, doctype


def test_what_is_kept_with_a_file_is_no_way_around(child: str, reader: Browser) -> None:
	"""The weight that a file lacks tells of fields above the reader: neither shown nor asked about."""
	row = reader.get(f"/api/resource/Child/{child}").json()["data"]
	assert frappe.db.get_value("Child", child, "quality_lacking")
	assert not row.get("quality_lacking")
	asked = reader.get(
		"/api/resource/Child", fields=["name"], filters=[["quality_lacking", ">", 0]], limit_page_length=0
	)
	assert asked.status_code in (403, 417) and "data" not in asked.json()
