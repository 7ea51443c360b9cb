"""The roll over HTTP: downloaded, edited, uploaded, compared and applied by the worker; nothing of it from elsewhere."""

import io
import time

import frappe
import pytest
import requests
from openpyxl import load_workbook

from isolation.browser import URL, Browser
from isolation.records import Stage

PATIENCE = 90  # seconds that the worker may take
STOPPED = ("Checked", "Applied", "Failed")
API = "social_care.api.roll."
REFUSED = (403, 404)


def download(browser: Browser, institution: str) -> requests.Response:
	return browser.ask(f"{API}download", institution=institution)


def upload(browser: Browser, institution: str, data: bytes, method: str = "upload", name: str = "roll.xlsx"):
	return browser.session.post(
		f"{URL}/api/method/{API}{method}",
		data={"institution": institution},
		files={"file": (name, data)},
		timeout=120,
	)


def until_it_stops(browser: Browser, name: str) -> dict:
	end = time.monotonic() + PATIENCE
	while time.monotonic() < end:
		state = browser.message(f"{API}state", upload=name)
		if state["status"] in STOPPED:
			return state
		time.sleep(0.3)
	raise AssertionError(f"the upload stays {state['status']}")


def edited(data: bytes, code: str, heading: str, value) -> bytes:
	book = load_workbook(io.BytesIO(data))
	sheet = book.worksheets[0]
	column = [cell.value for cell in sheet[1]].index(heading) + 1
	row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == code)
	sheet.cell(row, column).value = value
	stream = io.BytesIO()
	book.save(stream)
	return stream.getvalue()


@pytest.fixture(scope="module")
def entry(stage: Stage) -> Browser:
	return stage.browser(stage.here.place.entry)


@pytest.fixture(scope="module")
def checked(stage: Stage, entry: Browser) -> str:
	"""An upload of the institution here, compared and not confirmed."""
	here = stage.here
	roll = download(entry, here.place.institution)
	assert roll.status_code == 200, roll.text[:300]
	data = edited(roll.content, here.child, "مقدم الرعاية", "أم محمد")
	kept = upload(entry, here.place.institution, data).json()["message"]
	assert until_it_stops(entry, kept["name"])["status"] == "Checked"
	return kept["name"]


def test_from_the_download_to_the_file(stage: Stage, entry: Browser, fresh_view: None) -> None:
	here, value = stage.here, f"غرفة {frappe.generate_hash(length=5)}"
	data = edited(download(entry, here.place.institution).content, here.child, "الغرفة أو المجموعة", value)
	name = upload(entry, here.place.institution, data).json()["message"]["name"]
	assert until_it_stops(entry, name)["rows_changed"] == 1
	[row] = entry.message(f"{API}difference", upload=name)["rows"]
	assert [(cell["key"], cell["new"]) for cell in row["cells"]] == [("room_group", value)]
	for _click in range(2):
		assert entry.call(f"{API}confirm", upload=name).status_code == 200
	assert until_it_stops(entry, name)["rows_applied"] == 1
	frappe.db.rollback()
	assert frappe.db.get_value("Child", here.child, "room_group") == value


def test_nobody_elsewhere_has_the_roll(stage: Stage) -> None:
	place = stage.there.place
	for user in (place.entry, place.director, place.officer, place.chief):
		answer = download(stage.browser(user), stage.here.place.institution)
		assert answer.status_code in REFUSED and stage.here.mark not in answer.text, user
		answer = upload(stage.browser(user), stage.here.place.institution, b"PK\x03\x04")
		assert answer.status_code in REFUSED, user


def test_nobody_elsewhere_reaches_an_upload(stage: Stage, entry: Browser, checked: str) -> None:
	row = entry.message(f"{API}difference", upload=checked)["rows"][0]["name"]
	file = frappe.db.get_value("Roll Upload", checked, "file")
	calls = {
		"state": {"upload": checked},
		"difference": {"upload": checked},
		"decide": {"upload": checked, "row": row, "accepted": 0},
		"choose": {"upload": checked, "row": row},
		"confirm": {"upload": checked},
		"result_workbook": {"upload": checked},
	}
	for user in (stage.there.place.entry, stage.there.place.chief):
		browser = stage.browser(user)
		for method, arguments in calls.items():
			answer = browser.call(API + method, **arguments)
			assert answer.status_code in REFUSED and stage.here.mark not in answer.text, (user, method)
		assert browser.get(f"/api/resource/Roll Upload/{checked}").status_code in REFUSED
		assert browser.get(file).status_code in REFUSED
	assert frappe.db.get_value("Roll Upload", checked, "status") == "Checked"


def test_no_role_reads_the_rows_themselves(stage: Stage, entry: Browser, checked: str) -> None:
	row = entry.message(f"{API}difference", upload=checked)["rows"][0]["name"]
	for browser in (entry, stage.browser(stage.here.place.chief), stage.browser(stage.country.head)):
		assert browser.get("/api/resource/Roll Upload Row").status_code in REFUSED
		assert browser.get(f"/api/resource/Roll Upload Row/{row}").status_code in REFUSED
		for method in ("frappe.client.get_list", "frappe.desk.reportview.get"):
			answer = browser.call(method, doctype="Roll Upload Row", fields=["name", "cells"])
			assert answer.status_code in REFUSED, method


def test_an_upload_is_written_by_its_own_buttons_only(entry: Browser, checked: str) -> None:
	answer = entry.put(f"/api/resource/Roll Upload/{checked}", {"status": "Applied", "rows_applied": 99})
	assert answer.status_code in REFUSED
	assert entry.post("/api/resource/Roll Upload", {"institution": "T-HERE-HOME"}).status_code in REFUSED
	assert entry.get(f"/api/method/{API}confirm", upload=checked).status_code in (*REFUSED, 405)


def test_a_colleague_sees_and_does_not_decide(stage: Stage, checked: str) -> None:
	director = stage.browser(stage.here.place.director)
	assert director.message(f"{API}difference", upload=checked)["rows"]
	assert director.call(f"{API}confirm", upload=checked).status_code == 403


def test_guests_and_citizens_get_nothing(guest: Browser, citizen: Browser, checked: str) -> None:
	for browser in (guest, citizen):
		assert browser.call(f"{API}difference", upload=checked).status_code in REFUSED
		assert download(browser, "T-HERE-HOME").status_code in REFUSED
