"""Legacy imports over HTTP: headquarters brings in and decides; nobody else learns of an import, a row or a name in it."""

import time

import frappe
import pytest
from social_care.tests import factories
from social_care.tests.legacy_cases import table

from isolation.browser import URL, Browser
from isolation.records import Stage

API = "social_care.api.legacy."
PATIENCE = 90  # seconds that the worker may take
REFUSED = (403, 404)


@pytest.fixture(scope="module")
def head(stage: Stage) -> Browser:
	return stage.browser(stage.country.head)


@pytest.fixture(scope="module")
def source() -> str:
	frappe.set_user("Administrator")
	doc = {"doctype": "Legacy Source", "source_name": f"منظومة {factories.letters()}", "begun_in": 2020}
	name = frappe.get_doc(doc).insert().name
	frappe.db.commit()
	return name


@pytest.fixture(scope="module")
def mark() -> str:
	return factories.letters(10)


@pytest.fixture(scope="module")
def tried(stage: Stage, head: Browser, source: str, mark: str) -> str:
	"""An import whose only row bears the mark, compared and not applied."""
	home = stage.here.place.institution
	data = table([["7", f"سامي {mark} علي حسن", "", "ذكر", "1/2/2015", mark, home, "1/2/2020", ""]])
	name = upload(head, source, data).json()["message"]["name"]
	assert head.call(f"{API}check", legacy_import=name).status_code == 200
	end = time.monotonic() + PATIENCE
	while frappe.db.get_value("Legacy Import", name, "status") != "Checked" and time.monotonic() < end:
		time.sleep(0.3)
		frappe.db.rollback()
	return name


def upload(browser: Browser, source: str, data: bytes):
	files = {"file": ("registry.csv", data)}
	return browser.session.post(
		f"{URL}/api/method/{API}upload", data={"source": source}, files=files, timeout=120
	)


def test_headquarters_sees_the_row(head: Browser, tried: str, mark: str) -> None:
	rows = head.message(f"{API}rows", legacy_import=tried)["rows"]
	assert len(rows) == 1 and mark in rows[0]["who"]


def test_nobody_else_reaches_an_import(
	stage: Stage, tried: str, source: str, mark: str, guest: Browser, citizen: Browser
) -> None:
	row = frappe.db.get_value("Legacy Row", {"legacy_import": tried})
	one = {"legacy_import": tried, "row": row}
	calls = {
		"state": {"legacy_import": tried},
		"rows": {"legacy_import": tried},
		"rejected_rows": {"legacy_import": tried},
		"check": {"legacy_import": tried},
		"apply": {"legacy_import": tried},
		"decide": one | {"decision": "Leave Out"},
		"take_cells": one | {"fields": "[]"},
		"choose": one | {"child": stage.here.child},
		"as_another": one | {"reason": "x"},
	}
	place = stage.here.place
	browsers = [stage.browser(user) for user in (place.entry, place.director, place.officer, place.chief)]
	for browser in (*browsers, guest, citizen):
		for method, arguments in calls.items():
			answer = browser.call(API + method, **arguments)
			assert answer.status_code in REFUSED and mark not in answer.text, method
		assert browser.get(f"/api/resource/Legacy Import/{tried}").status_code in REFUSED
		assert upload(browser, source, b"x").status_code in REFUSED
	frappe.db.rollback()
	assert frappe.db.get_value("Legacy Import", tried, "status") == "Checked"
	assert frappe.db.get_value("Legacy Row", row, "decision") == "Take"


def test_no_role_reads_the_rows_themselves(stage: Stage, head: Browser, tried: str) -> None:
	row = frappe.db.get_value("Legacy Row", {"legacy_import": tried})
	for browser in (head, stage.browser(stage.here.place.chief)):
		assert browser.get("/api/resource/Legacy Row").status_code in REFUSED
		assert browser.get(f"/api/resource/Legacy Row/{row}").status_code in REFUSED
		for method in ("frappe.client.get_list", "frappe.desk.reportview.get"):
			answer = browser.call(method, doctype="Legacy Row", fields=["name", "cells"])
			assert answer.status_code in REFUSED, method


def test_an_import_is_written_by_its_own_buttons_only(head: Browser, tried: str) -> None:
	assert head.put(f"/api/resource/Legacy Import/{tried}", {"status": "Applied"}).status_code in REFUSED
	assert head.get(f"/api/method/{API}apply", legacy_import=tried).status_code in (*REFUSED, 405)


def test_a_dangerous_file_is_refused(head: Browser, source: str) -> None:
	files = {"file": ("registry.html", b"<script>1</script>")}
	answer = head.session.post(
		f"{URL}/api/method/{API}upload", data={"source": source}, files=files, timeout=60
	)
	assert answer.status_code == 417
	assert upload(head, source, b"").status_code == 417
