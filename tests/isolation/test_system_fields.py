"""What the system keeps is not written over HTTP by somebody who may write the record: places of others, numbers, makers."""

import frappe
import pytest
from frappe.utils import nowdate
from frappe.utils.password import update_password
from social_care.tests import factories
from social_care.tests.case_work import saved

from isolation.browser import PASSWORD, Browser
from isolation.records import Stage


def ways(browser: Browser, doctype: str, name: str, values: dict) -> list:
	"""Each way to save a stored record, as one request."""
	stored = browser.get(f"/api/resource/{doctype}/{name}").json()["data"]
	beside = {"doctype": doctype, "docname": name}
	return [
		lambda: browser.put(f"/api/resource/{doctype}/{name}", values),
		lambda: browser.call("frappe.client.save", doc=stored | values),
		lambda: browser.call("frappe.client.set_value", doctype=doctype, name=name, fieldname=values),
		lambda: browser.call("frappe.desk.form.save.savedocs", doc=stored | values, action="Save"),
		lambda: browser.call("frappe.client.bulk_update", docs=[beside | values]),
	]


@pytest.fixture
def officer(stage: Stage):
	"""A data officer that the director of the directorate has named, taken back afterwards."""
	frappe.db.rollback()
	frappe.set_user("Administrator")
	user = factories.user("named").name
	row = {"doctype": "Data Officer", "directorate": stage.here.place.directorate, "user": user}
	doc = frappe.get_doc(row | {"valid_from": nowdate()}).insert()
	frappe.db.commit()
	yield doc
	frappe.db.rollback()
	frappe.delete_doc("Data Officer", doc.name)
	frappe.db.commit()


@pytest.mark.parametrize("way", range(5))
def test_a_director_turns_no_assignment_of_another_place_into_his_officers(
	stage: Stage, officer, way: int
) -> None:
	"""The Staff Assignment that an officer's row names is rewritten with it, and deleted with it."""
	victim = frappe.db.get_value("Staff Assignment", {"user": stage.there.place.chief})
	before = frappe.db.get_value("Staff Assignment", victim, ["user", "role", "org_unit", "modified"])
	browser = stage.browser(stage.here.place.chief)
	answer = ways(browser, "Data Officer", officer.name, {"staff_assignment": victim})[way]()
	frappe.db.rollback()
	assert (
		frappe.db.get_value("Staff Assignment", victim, ["user", "role", "org_unit", "modified"]) == before
	), answer.text[:300]
	stored = frappe.db.get_value("Data Officer", officer.name, "staff_assignment")
	assert stored == officer.staff_assignment != victim


def test_nor_with_a_new_officer(stage: Stage) -> None:
	victim = frappe.db.get_value("Staff Assignment", {"user": stage.there.place.chief})
	before = frappe.db.get_value("Staff Assignment", victim, ["user", "role", "org_unit"])
	frappe.set_user("Administrator")
	user = factories.user("named").name
	frappe.db.commit()
	row = {"directorate": stage.here.place.directorate, "user": user, "valid_from": nowdate()}
	answer = stage.browser(stage.here.place.chief).post(
		"/api/resource/Data Officer", row | {"staff_assignment": victim}
	)
	frappe.db.rollback()
	made = answer.json()["data"]
	assert answer.status_code == 200 and made["staff_assignment"] not in (None, victim)
	assert frappe.db.get_value("Staff Assignment", victim, ["user", "role", "org_unit"]) == before
	frappe.delete_doc("Data Officer", made["name"])
	frappe.db.commit()


def test_no_unit_is_widened_by_its_numbers(stage: Stage) -> None:
	"""The scope of everybody is asked by `lft` and `rgt`."""
	unit = stage.here.place.district
	before = frappe.db.get_value("Org Unit", unit, ["lft", "rgt"])
	frappe.db.rollback()
	frappe.set_user("Administrator")
	user = factories.staff("Functional Administrator", org_unit="HQ")
	update_password(user, PASSWORD)
	frappe.db.commit()
	for way in ways(Browser(user), "Org Unit", unit, {"lft": 1, "rgt": 99999, "old_parent": "HQ"}):
		answer = way()
		frappe.db.rollback()
		assert frappe.db.get_value("Org Unit", unit, ["lft", "rgt"]) == before, answer.text[:300]


@pytest.mark.parametrize("way", [0, 1, 3])
def test_nobody_signs_twice_by_saying_that_another_began(stage: Stage, way: int) -> None:
	"""Four eyes ask who made a record."""
	entry = stage.here.place.entry
	frappe.set_user(entry)
	name = saved(stage.here.child, 10).insert().name
	frappe.set_user("Administrator")
	frappe.db.commit()
	answer = ways(stage.browser(entry), "Child Savings Entry", name, {"owner": stage.here.place.director})[
		way
	]()
	frappe.db.rollback()
	assert answer.status_code in (403, 417)
	assert frappe.db.get_value("Child Savings Entry", name, "owner") == entry
