"""Where a reading cannot be noted, nothing is shown; and prints bear who read them."""

from collections.abc import Iterator

import frappe
import pytest
from social_care.printing.testing import texts
from social_care.reading.channels import KEPT

from isolation.reading import FORM
from isolation.records import Stage

WAYS = ("form", "REST record", "client.get", "run for the printed page", "PDF")


@pytest.fixture
def no_log(stage: Stage) -> Iterator[None]:
	"""A log that cannot be written: its table bears another name for the length of a test."""
	frappe.cache.delete_keys(KEPT)  # a part of a file that was noted is not noted again
	frappe.db.sql_ddl("rename table `tabRead Log` to `tabRead Log Away`")
	yield
	frappe.db.sql_ddl("rename table `tabRead Log Away` to `tabRead Log`")


@pytest.mark.parametrize("way", WAYS)
def test_without_the_log_no_file_is_shown(stage: Stage, way: str, no_log: None) -> None:
	answer = FORM[way](stage.browser(stage.here.place.chief), stage.here)
	assert answer.status_code == 503
	assert stage.here.mark not in answer.text and not answer.content.startswith(b"%PDF")
	assert answer.json()["exc_type"] == "ReadingNotNoted"


@pytest.mark.parametrize("address", ["photo", "attachment"])
def test_nor_is_a_stored_file(stage: Stage, address: str, no_log: None) -> None:
	answer = stage.browser(stage.here.place.chief).get(getattr(stage.here, address))
	assert answer.status_code == 503
	assert stage.here.mark not in answer.text and b"PNG" not in answer.content[:16]


def test_what_is_no_file_goes_on(stage: Stage, no_log: None) -> None:
	assert stage.browser(stage.here.place.chief).get("/api/resource/Governorate").status_code == 200


def test_a_print_bears_its_reader_on_each_page(stage: Stage) -> None:
	user = stage.here.place.chief
	answer = FORM["PDF"](stage.browser(user), stage.here)
	assert answer.status_code == 200, answer.text[:300]
	pages = texts(answer.content)
	assert pages and all(page.count(frappe.utils.get_fullname(user)) >= 2 for page in pages), pages[0]


def test_so_does_the_page_that_a_browser_prints(stage: Stage) -> None:
	user = stage.here.place.chief
	page = FORM["run for the printed page"](stage.browser(user), stage.here)
	assert page.text.count(frappe.utils.get_fullname(user)) >= 5


def test_a_print_of_nobody_bears_none(stage: Stage) -> None:
	user = stage.here.place.chief
	browser = stage.browser(user)
	page = browser.get("/printview", doctype="Institution", name=stage.here.place.institution)
	assert page.status_code == 200
	assert "rotate(-24deg)" not in page.text


def test_without_the_setting_there_is_none(stage: Stage) -> None:
	frappe.db.set_single_value("Reading Control Settings", "watermark", 0)
	frappe.db.commit()
	try:
		page = FORM["run for the printed page"](stage.browser(stage.here.place.chief), stage.here)
		assert page.status_code == 200 and "rotate(-24deg)" not in page.text
	finally:
		frappe.db.set_single_value("Reading Control Settings", "watermark", 1)
		frappe.db.commit()
