"""Ways to open a file that nobody opened, and what lists show of opened ones."""

import os
from collections.abc import Iterator

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime

from isolation.browser import Browser
from isolation.records import Stage
from isolation.test_file_access import GRANT, TRIES, WHY, asked, in_emergency, outsider, reads, set_times
from isolation.test_read_log import rows_since

ASK = "social_care.api.reading.ask_emergency"


@pytest.fixture(autouse=True)
def from_nothing(stage: Stage, fresh_view: None) -> Iterator[None]:
	frappe.cache.delete_keys(TRIES)
	yield
	frappe.set_user("Administrator")
	frappe.db.rollback()
	frappe.db.delete(GRANT)
	frappe.db.delete("Notification Log", {"document_type": GRANT})
	frappe.db.set_single_value("Reading Control Settings", {"emergency_approval": 0, "tries_a_day": 20})
	frappe.db.commit()
	frappe.cache.delete_keys(TRIES)


def made_by_hand(stage: Stage) -> dict:
	"""An access as it would stand if everything had been asked and decided."""
	now = now_datetime()
	return {
		"doctype": GRANT,
		"kind": "Emergency",
		"child": stage.here.child,
		"state": "Open",
		"hours": 9,
		"asked_by": stage.there.place.chief,
		"asked_at": str(now),
		"opens_at": str(add_to_date(now, hours=-1)),
		"closes_at": str(add_to_date(now, hours=9)),
		"asking_unit": "HQ",
		"owner_unit": frappe.db.get_value("Child", stage.here.child, "org_unit"),
		"owner_institution": frappe.db.get_value("Child", stage.here.child, "institution"),
		"flags": {"by_service": 1},
		**WHY,
	}


def test_nobody_makes_an_access_by_hand_administrator_included(stage: Stage) -> None:
	admin, values = Browser("Administrator", os.environ["TEST_ADMIN_PASSWORD"]), made_by_hand(stage)
	for answer in (
		admin.post(f"/api/resource/{GRANT}", values),
		admin.call("frappe.client.insert", doc=values),
		admin.call("frappe.client.save", doc=values),
		admin.call("frappe.desk.form.save.savedocs", doc=values | {"__islocal": 1}, action="Save"),
	):
		assert answer.status_code in (403, 417), answer.text[:300]
	frappe.db.rollback()
	assert not frappe.db.count(GRANT)


def test_nor_by_an_import(stage: Stage) -> None:
	from social_care.reading.fixed import FixedRowError

	frappe.set_user("Administrator")
	frappe.flags.in_import = True
	try:
		values = {key: value for key, value in made_by_hand(stage).items() if key != "flags"}
		with pytest.raises(FixedRowError):
			frappe.get_doc(values).insert()
	finally:
		frappe.flags.in_import = False
		frappe.db.rollback()


@pytest.mark.parametrize("decider", ["nobody", "asker"])
def test_a_grant_that_nobody_else_decided_opens_nothing(stage: Stage, decider: str) -> None:
	now, asker = now_datetime(), stage.there.place.entry
	name = asked(stage, asker)["name"]
	opened = {"state": "Open", "opens_at": add_to_date(now, hours=-1), "closes_at": add_to_date(now, hours=1)}
	set_times(name, **opened, decided_by=asker if decider == "asker" else None)
	assert not reads(stage, asker)
	set_times(name, decided_by=stage.here.place.chief)
	assert reads(stage, asker)


def test_with_the_approval_of_heads_an_undecided_emergency_opens_nothing(stage: Stage) -> None:
	in_emergency(stage)
	assert reads(stage, stage.there.place.chief)
	frappe.db.set_single_value("Reading Control Settings", "emergency_approval", 1)
	frappe.db.commit()
	assert not reads(stage, stage.there.place.chief)


def test_tries_are_counted_before_a_code_is_known_or_not(stage: Stage) -> None:
	frappe.db.set_single_value("Reading Control Settings", "tries_a_day", 2)
	frappe.db.commit()
	browser = outsider(stage)
	told = [browser.call(ASK, child=child, **WHY) for child in ("CH-none", "CH-nil", stage.here.child)]
	assert [answer.status_code for answer in told] == [403] * 3
	between = browser.call("social_care.api.reading.ask_between_units", child=stage.here.child, days=3, **WHY)
	known = browser.call(ASK, child="CH-none", **WHY)
	assert between.status_code == known.status_code == 403
	assert between.json()["_server_messages"] == known.json()["_server_messages"]
	frappe.db.rollback()
	assert not frappe.db.count(GRANT)


def test_emergencies_side_by_side_count_each_other(stage: Stage) -> None:
	from concurrent.futures import ThreadPoolExecutor

	frappe.db.set_single_value("Reading Control Settings", "emergency_a_day", 1)
	frappe.db.commit()
	browsers = [Browser(stage.there.place.chief) for _browser in range(4)]
	try:
		with ThreadPoolExecutor(4) as pool:
			codes = list(
				pool.map(lambda one: one.call(ASK, child=stage.here.child, **WHY).status_code, browsers)
			)
		frappe.db.rollback()
		assert codes.count(200) == 1 and frappe.db.count(GRANT) == 1, codes
	finally:
		frappe.db.set_single_value("Reading Control Settings", "emergency_a_day", 3)
		frappe.db.commit()


def test_the_narrowest_place_that_reads_files_asks(stage: Stage) -> None:
	"""Whoever also works at headquarters without children's files does not ask for headquarters."""
	from social_care.organisation.grants import forget_grants
	from social_care.reading import opened
	from social_care.tests import factories

	frappe.set_user("Administrator")
	user, place = stage.there.place.entry, stage.there.place
	before = opened.asking_place(user)
	assert before == (frappe.db.get_value("Institution", place.institution, "org_unit"), place.institution)
	readers = {row.role for row in frappe.get_meta("Child").permissions if row.read and not row.permlevel}
	other = next(role for role in ("Functional Administrator", "Auditor of Access") if role not in readers)
	factories.assign_unchecked(user, other, org_unit="HQ")
	forget_grants()
	assert opened.asking_place(user) == before
	frappe.db.rollback()


def test_lists_name_the_files_that_an_access_shows(stage: Stage) -> None:
	access, user, moment = in_emergency(stage)["name"], stage.there.place.chief, now_datetime()
	answer = stage.browser(user).get("/api/resource/Placement", fields=["name"], limit_page_length=0)
	assert stage.here.placement in answer.text
	rows = rows_since(moment, user)
	assert [(row.channel, row.child, row.record_name) for row in rows if row.access == access] == [
		("List", stage.here.child, stage.here.placement)
	]
	assert [row.rows_shown for row in rows if not row.record_name] == [len(answer.json()["data"])]


def test_the_form_of_a_family_is_a_reading_of_its_children(stage: Stage) -> None:
	access, user, moment = in_emergency(stage)["name"], stage.there.place.chief, now_datetime()
	answer = stage.browser(user).call(
		"frappe.desk.form.load.getdoc", doctype="Family", name=stage.here.family
	)
	assert answer.status_code == 200
	rows = [row for row in rows_since(moment, user) if row.record_name == stage.here.family]
	assert {(row.child, row.access) for row in rows} == {(stage.here.child, access)}
