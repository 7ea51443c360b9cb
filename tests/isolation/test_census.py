"""A frozen census over HTTP and by import: nobody, Administrator neither, changes a row of it; steps are taken by those whose turn it is."""

import csv
import io
import os

import frappe
import pytest
from frappe.core.doctype.data_import.importer import Importer
from frappe.utils import add_to_date, now_datetime
from social_care.governance.census import CAMPAIGN, ENTRY, RETURN, counting, freezing
from social_care.governance.census.signing import LEVELS, token
from social_care.tests import factories

from isolation.browser import Browser
from isolation.records import Stage
from isolation.test_confirmation import DOORS

API = "social_care.api.census"


@pytest.fixture(scope="module")
def home(stage: Stage) -> str:
	"""An institution with three children."""
	frappe.set_user("Administrator")
	name = factories.institution(stage.here.place.district).name
	for _child in range(3):
		factories.child(name)
	frappe.db.commit()
	return name


def counted(**values) -> str:
	frappe.set_user("Administrator")
	cut_off = add_to_date(now_datetime(), hours=1)
	name = frappe.get_doc({"doctype": CAMPAIGN, "title": "حصر", "cut_off": cut_off} | values).insert().name
	counting.announce(name)
	frappe.db.set_value(CAMPAIGN, name, "cut_off", now_datetime())
	counting.count(name)
	return name


@pytest.fixture(scope="module")
def frozen(home: str, stage: Stage) -> str:
	"""A census that headquarters has frozen over HTTP, twice at once."""
	name = counted(expected_from="Licensed Capacity")
	frappe.db.set_value(RETURN, {"campaign": name}, "status", LEVELS[-1].after)
	frappe.db.commit()
	head = stage.browser(stage.country.head)
	checksums = {head.message(f"{API}.freeze", campaign=name) for _click in range(2)}
	assert len(checksums) == 1
	frappe.db.rollback()
	return name


@pytest.fixture(scope="module")
def administrator(stage: Stage) -> Browser:
	return Browser("Administrator", os.environ["TEST_ADMIN_PASSWORD"])


def rows_of(frozen: str, home: str) -> dict[str, str]:
	own = {"campaign": frozen, "institution": home}
	return {
		RETURN: frappe.db.get_value(RETURN, own),
		ENTRY: frappe.db.get_value(ENTRY, own),
		CAMPAIGN: frozen,
	}


@pytest.mark.parametrize("door", DOORS)
def test_no_door_of_the_framework(
	door: str, frozen: str, home: str, administrator: Browser, stage: Stage, fresh_view: None
) -> None:
	for doctype, name in rows_of(frozen, home).items():
		before = frappe.get_doc(doctype, name).as_dict()
		for browser in (stage.browser(stage.country.head), administrator):
			answer = DOORS[door](browser, doctype, name)
			if door == "REST insert" and doctype == CAMPAIGN:
				assert "Frozen" not in answer.text  # another campaign, which is not this one
			elif door != "bulk delete":
				assert answer.status_code in (403, 404, 417), (doctype, browser.user, answer.text[:300])
			frappe.db.rollback()
			assert frappe.get_doc(doctype, name).as_dict() == before, (doctype, browser.user)
	assert freezing.verify(frozen)["is_whole"]


def test_no_import(frozen: str, home: str, fresh_view: None) -> None:
	"""The framework's own Data Import, as Administrator."""
	frappe.set_user("Administrator")
	for doctype, field, value in ((RETURN, "Entered by the Cut-off", 99), (ENTRY, "Age", 3)):
		name = rows_of(frozen, home)[doctype]
		try:
			log = imported(doctype, [["ID", field], [name, value]])
		finally:
			frappe.flags.in_import = False
		assert not any(row.success for row in log), (doctype, log)
		frappe.db.rollback()
	assert freezing.verify(frozen)["is_whole"]


def imported(doctype: str, lines: list[list]) -> list[dict]:
	"""What the framework's import tells of the rows; none where it refuses the type at once."""
	text = io.StringIO()
	csv.writer(text).writerows(lines)
	stored = factories.file(text.getvalue().encode(), f"{frappe.generate_hash(length=6)}.csv")
	job = frappe.new_doc("Data Import")
	job.update({"reference_doctype": doctype, "import_type": "Update Existing Records", "mute_emails": 1})
	job.import_file = stored.file_url
	try:
		job.insert(ignore_permissions=True)
	except frappe.ValidationError:
		return []
	Importer(doctype, data_import=job).import_data()
	return frappe.get_all("Data Import Log", {"data_import": job.name}, ["success", "messages"])


def test_steps_are_posts_of_those_whose_turn_it_is(home: str, stage: Stage, fresh_view: None) -> None:
	name = counted(expected_from="Licensed Capacity")
	frappe.db.set_value(RETURN, {"campaign": name, "institution": home}, "status", LEVELS[0].after)
	frappe.db.commit()
	row = frappe.db.get_value(RETURN, {"campaign": name, "institution": home})
	here, there = stage.here.place, stage.there.place
	for user in (here.director, here.entry, there.chief, stage.country.head):
		assert stage.browser(user).call(f"{API}.sign", name=row).status_code == 403, user
		assert stage.browser(user).call(f"{API}.send_back", name=row, reason="x").status_code == 403, user
	assert stage.browser(here.chief).ask(f"{API}.sign", name=row).status_code == 403
	assert stage.browser(here.chief).call(f"{API}.freeze", campaign=name).status_code == 403
	assert stage.browser(here.chief).call(f"{API}.sign", name=row).status_code == 417  # without what was seen
	seen = token(frappe.db.get_value(RETURN, row, "*", as_dict=True))
	for _click in range(2):
		assert stage.browser(here.chief).message(f"{API}.sign", name=row, seen=seen) == LEVELS[1].after
