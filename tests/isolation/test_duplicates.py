"""Possible duplicates and merges over HTTP: who is told what, and every door that would go around the search or the second pair of eyes."""

import json
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import frappe
import pytest
from social_care.registry import duplicates
from social_care.tests import factories

from isolation.browser import Browser
from isolation.records import Stage

API = "social_care.api.duplicates"
PARTS = ("first_name", "father_name", "grandfather_name", "family_name")
SUBMITTED = "Submitted by Institution"


@pytest.fixture
def first(stage: Stage):
	"""A child here, with a name that nobody else has."""
	frappe.set_user("Administrator")
	child = factories.child(stage.here.place.institution, birth_date="2016-05-04")
	frappe.db.commit()
	return child


def entered(browser: Browser, institution: str, first) -> str:
	"""The same child without a number, entered by REST."""
	values = factories.child_values(institution, birth_date="2016-05-04") | {
		part: first.get(part) for part in PARTS
	}
	values |= {"national_number": "", "national_number_status": "In Process"}
	answer = browser.post("/api/resource/Child", json.loads(frappe.as_json(values)))
	assert answer.status_code == 200, answer.text[:500]
	frappe.db.rollback()
	return answer.json()["data"]["name"]


def pair_of(one: str, other: str) -> str | None:
	frappe.db.rollback()
	persons = [frappe.db.get_value("Child", name, "person") for name in (one, other)]
	duplicates.compare(persons)
	frappe.db.commit()
	return frappe.db.get_value("Duplicate Candidate", {"pair_key": duplicates.pair_key(*persons)})


def test_a_second_file_is_kept_and_goes_no_further_through_any_door(stage: Stage, first) -> None:
	there = stage.browser(stage.there.place.entry)
	name = entered(there, stage.there.place.institution, first)
	answers = [
		there.put(f"/api/resource/Child/{name}", {"file_state": SUBMITTED}),
		there.call(
			"frappe.client.set_value", doctype="Child", name=name, fieldname="file_state", value=SUBMITTED
		),
		there.call(
			"frappe.model.workflow.apply_workflow",
			doc=json.loads(frappe.as_json(frappe.get_doc("Child", name).as_dict())),
			action="Submit to Directorate",
		),
	]
	for answer in answers:
		assert answer.status_code == 417, answer.text[:300]
		for secret in (first.name, first.person, first.institution):
			assert secret not in answer.text
	frappe.db.rollback()
	assert frappe.db.get_value("Child", name, "file_state") == "Draft"
	told = {
		"duplicate_reason": "ابن عم",
		"duplicate_reason_by": stage.here.place.entry,
		"file_state": SUBMITTED,
	}
	assert there.put(f"/api/resource/Child/{name}", told).status_code == 200
	frappe.db.rollback()
	state, by = frappe.db.get_value("Child", name, ["file_state", "duplicate_reason_by"])
	assert (state, by) == (SUBMITTED, stage.there.place.entry)


def test_who_is_told_what_before_a_child_is_stored(
	stage: Stage, first, guest: Browser, reader: Browser
) -> None:
	values = {part: first.get(part) for part in PARTS} | {"birth_date": "2016-05-04", "sex": "Male"}
	here, there = (stage.browser(side.place.entry) for side in (stage.here, stage.there))
	found = here.message(f"{API}.possible_duplicates", values=values, institution=first.institution)
	assert [row["name"] for row in found] == [first.name]
	told = there.message(
		f"{API}.possible_duplicates", values=values, institution=stage.there.place.institution
	)
	assert [set(row) for row in told] == [{"elsewhere", "ask"}]
	for outsider in (guest, reader):
		assert outsider.call(f"{API}.possible_duplicates", values=values).status_code == 403
	assert here.ask(f"{API}.possible_duplicates", values=values).status_code == 403


def test_a_pair_of_two_directorates_is_headquarters_s(stage: Stage, first) -> None:
	name = entered(stage.browser(stage.there.place.entry), stage.there.place.institution, first)
	pair = pair_of(first.name, name)
	assert pair
	for side in (stage.here, stage.there):
		officer = stage.browser(side.place.officer)
		assert officer.get(f"/api/resource/Duplicate Candidate/{pair}").status_code == 403
		values = {
			"candidate": pair,
			"survivor": first.person,
			"chosen": "{}",
			"history": "Joined",
			"reason": "x",
		}
		assert officer.call(f"{API}.propose_merge", **values).status_code == 403


def test_a_merge_is_proposed_decided_once_and_not_forged(stage: Stage, first) -> None:
	name = entered(stage.browser(stage.here.place.entry), stage.here.place.institution, first)
	pair = pair_of(first.name, name)
	officer, chief = (stage.browser(user) for user in (stage.here.place.officer, stage.here.place.chief))
	status = {"status": "Same Person", "decision_reason": "x"}
	assert officer.put(f"/api/resource/Duplicate Candidate/{pair}", status).status_code == 417
	forged = {"doctype": "Person Merge", "survivor": first.person, "merged": first.person, "status": "Merged"}
	assert officer.post("/api/resource/Person Merge", forged).status_code == 403
	placed = {"candidate": pair, "survivor": first.person, "chosen": "{}", "reason": "الأوراق واحدة"}
	values = placed | {"history": "Of the File That Stays"}
	assert officer.message(f"{API}.propose_merge", **values) == "Proposed"
	frappe.db.rollback()
	merge = frappe.db.get_value("Person Merge", {"candidate": pair})
	assert officer.call(f"{API}.decide_merge", name=merge, accept=1).status_code == 403
	assert officer.put(f"/api/resource/Person Merge/{merge}", {"status": "Merged"}).status_code == 200  # kept
	frappe.db.rollback()
	assert frappe.db.get_value("Person Merge", merge, "status") == "Proposed"
	with ThreadPoolExecutor(3) as pool:
		call = lambda _number: chief.call(f"{API}.decide_merge", name=merge, accept=1).status_code  # noqa: E731
		assert sorted(pool.map(call, range(3)))[0] == 200
	frappe.db.rollback()
	assert frappe.db.get_value("Child", name, "merged_into") == first.name
	answer = chief.get(f"/api/resource/Person Merge/{merge}").json()["data"]
	assert not answer.get("journal")
	listed = chief.get("/api/resource/Person Merge", fields=["journal"], filters={"name": merge})
	assert listed.status_code == 403 or "journal" not in listed.json()["data"][0]
	assert chief.message(f"{API}.undo_merge", name=merge, reason="خطأ") == "Undone"
	frappe.db.rollback()
	assert not frappe.db.get_value("Child", name, "merged_into")


def test_whoever_is_entered_is_weighed_by_the_worker(stage: Stage, first) -> None:
	there = stage.browser(stage.there.place.entry)
	names = [entered(there, stage.there.place.institution, first) for _number in range(3)]
	persons = frappe.get_all("Child", {"name": ["in", names]}, pluck="person")
	pairs = [duplicates.pair_key(first.person, person) for person in persons]
	until = monotonic() + 120
	while len(weighed(pairs)) < len(pairs) and monotonic() < until:
		sleep(0.5)
	assert sorted(weighed(pairs)) == sorted(pairs)
	while duplicates.waits() and monotonic() < until:
		sleep(0.5)
	assert not duplicates.waits()


def weighed(pairs: list[str]) -> list[str]:
	frappe.db.rollback()
	found = {"pair_key": ["in", pairs], "levels": ["is", "set"]}
	return frappe.get_all("Duplicate Candidate", found, pluck="pair_key")
