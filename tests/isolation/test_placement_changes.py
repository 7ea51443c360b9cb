"""A transfer with acceptance over HTTP: who may take which step, and that no other door leads round it."""

import threading
from dataclasses import dataclass

import frappe
import pytest
from frappe.utils import nowdate
from frappe.utils.password import update_password
from social_care.tests import factories
from social_care.tests.move_cases import DECISION, INTERESTS, second_home

from isolation.browser import PASSWORD, Browser
from isolation.records import Stage

CHANGE = "/api/resource/Placement Change"
GUIDE = "social_care.api.moves"
REFUSED = (403, 404, 417)


@dataclass
class Homes:
	"""The second institution of the first directorate, and its people."""

	code: str
	entry: Browser
	director: Browser


@pytest.fixture(scope="module")
def second(stage: Stage) -> Homes:
	frappe.set_user("Administrator")
	code, entry, director = second_home(stage.here.place.district)
	for user in (entry, director):
		update_password(user, PASSWORD)
	frappe.db.commit()
	return Homes(code, stage.browser(entry), stage.browser(director))


@pytest.fixture
def child(stage: Stage):
	frappe.set_user("Administrator")
	made = factories.child(stage.here.place.institution, hobbies="zq-not-for-the-receiver")
	frappe.db.commit()
	return made


def wanted(child: str, to: str, **values) -> dict:
	base = {"child": child, "movement": "Transfer", "to_institution": to, "effective_date": nowdate()}
	return base | {"reason": "MR-02", "reason_details": "قرب المدرسة", **DECISION, **INTERESTS} | values


def propose(browser: Browser, child: str, to: str, **values) -> str:
	return browser.message(f"{GUIDE}.propose", values=wanted(child, to, **values))["name"]


def step(browser: Browser, name: str, action: str):
	doc = {"doctype": "Placement Change", "name": name}
	return browser.call("frappe.model.workflow.apply_workflow", doc=doc, action=action)


def status(name: str) -> str:
	frappe.db.rollback()
	return frappe.db.get_value("Placement Change", name, "status")


def place(child: str) -> str:
	frappe.db.rollback()
	return frappe.db.get_value("Child", child, "institution")


def sees(browser: Browser, doctype: str, name: str) -> bool:
	form = browser.get(f"/api/resource/{doctype}/{name}")
	rows = browser.get(f"/api/resource/{doctype}", filters=[["name", "=", name]])
	listed = rows.status_code == 200 and bool(rows.json()["data"])
	assert listed == (form.status_code == 200), (form.status_code, rows.text[:200])
	return listed


def test_all_the_way(stage: Stage, second: Homes, child) -> None:
	here, there = stage.here.place, stage.there.place
	entry, chief = stage.browser(here.entry), stage.browser(here.chief)
	others = [stage.browser(user) for user in (there.entry, there.director, there.officer, there.chief)]
	name = propose(entry, child.name, second.code)
	assert not any(
		sees(browser, "Placement Change", name) for browser in (second.entry, second.director, *others)
	)
	for browser in (entry, second.director, *others):
		assert step(browser, name, "Approve Movement").status_code in REFUSED
	assert step(chief, name, "Approve Movement").status_code == 200
	assert sees(second.director, "Placement Change", name) and sees(second.entry, "Placement Change", name)
	assert not sees(second.director, "Child", child.name)
	assert not any(sees(browser, "Placement Change", name) for browser in others)
	for browser in (entry, chief, second.entry, stage.browser(here.director), *others):
		assert step(browser, name, "Accept the Child").status_code in REFUSED
	assert step(second.director, name, "Accept the Child").status_code == 200
	assert (status(name), place(child.name)) == ("Scheduled", here.institution)
	for browser in (entry, *others):
		assert step(browser, name, "Record Hand-over").status_code in REFUSED
	assert step(second.entry, name, "Record Hand-over").status_code == 200
	assert place(child.name) == second.code
	assert not sees(entry, "Child", child.name) and sees(entry, "Placement Change", name)
	assert sees(second.entry, "Child", child.name)


def test_the_receiver_learns_what_it_needs_and_no_more(stage: Stage, second: Homes, child) -> None:
	entry, chief = stage.browser(stage.here.place.entry), stage.browser(stage.here.place.chief)
	name = propose(entry, child.name, second.code)
	assert step(chief, name, "Approve Movement").status_code == 200
	form = second.director.call("frappe.desk.form.load.getdoc", doctype="Placement Change", name=name)
	shown = form.text + second.director.get(CHANGE, fields=["*"], filters=[["name", "=", name]]).text
	assert "قرب المدرسة" in form.json()["docs"][0]["reason_details"]
	secret = (child.full_name, child.national_number, "zq-not-for-the-receiver", INTERESTS["child_view"])
	assert not [text for text in secret if text in shown or text.encode("unicode_escape").decode() in shown]
	linked = frappe.db.get_value("Placement Change", name, "determination")
	assert not sees(second.director, "Best Interests Determination", linked)
	for column in ("child.full_name", "child.hobbies", "determination.best_interests"):
		answer = second.director.call(
			"frappe.client.get_list", doctype="Placement Change", fields=[column], filters={"name": name}
		)
		assert (
			child.full_name not in answer.text and "zq-not" not in answer.text and "وُزنت" not in answer.text
		)
	for method in ("guide", "receiving_institutions"):
		assert second.director.ask(f"{GUIDE}.{method}", child=child.name).status_code == 403


def test_outsiders_propose_nothing(stage: Stage, second: Homes, child) -> None:
	there = stage.there.place
	for user in (there.entry, there.director, there.officer, there.chief):
		browser = stage.browser(user)
		answers = [
			browser.call(f"{GUIDE}.propose", values=wanted(child.name, there.institution)),
			browser.call(f"{GUIDE}.weigh", child=child.name, to_institution=there.institution),
			browser.ask(f"{GUIDE}.guide", child=child.name),
			browser.ask(f"{GUIDE}.receiving_institutions", child=child.name, text=""),
			browser.post(CHANGE, wanted(child.name, there.institution, from_institution=there.institution)),
			browser.post(
				CHANGE, wanted(child.name, there.institution, addressed_institution=there.institution)
			),
		]
		assert [answer.status_code for answer in answers] == [403] * len(answers)
	frappe.db.rollback()
	assert not frappe.db.count("Placement Change", {"child": child.name})


def test_a_reader_without_the_right_moves_nobody(stage: Stage, second: Homes, child, reader: Browser) -> None:
	assert reader.message(f"{GUIDE}.guide", child=child.name)["movements"] == []
	assert reader.call(f"{GUIDE}.weigh", child=child.name, to_institution=second.code).status_code == 403
	assert reader.call(f"{GUIDE}.propose", values=wanted(child.name, second.code)).status_code == 403


def test_writing_is_no_link(stage: Stage, second: Homes, child) -> None:
	entry = stage.browser(stage.here.place.entry)
	for method in ("propose", "come_back"):
		arguments = {"values": "{}", "change": "x", "returned_on": "2026-01-01"}
		assert entry.ask(f"{GUIDE}.{method}", **arguments).status_code == 403


def test_no_placement_without_an_accepted_request(stage: Stage, second: Homes, child) -> None:
	here = stage.here.place
	name = propose(stage.browser(here.entry), child.name, second.code)
	values = {
		"child": child.name,
		"setting": "Institution",
		"institution": second.code,
		"movement": "Transfer",
	}
	values |= {
		"from_date": nowdate(),
		"placement_change": name,
		"flags": {"change": name, "ignore_permissions": 1},
	}
	for user in (here.entry, here.director, here.officer, here.chief):
		browser = stage.browser(user)
		answers = [
			browser.post("/api/resource/Placement", values),
			browser.call("frappe.client.insert", doc={"doctype": "Placement", **values}),
			browser.call("frappe.client.save", doc={"doctype": "Placement", **values}),
		]
		assert {answer.status_code for answer in answers} <= {403}, (user, [a.text[:200] for a in answers])
	assert second.entry.post("/api/resource/Placement", values).status_code == 403
	assert place(child.name) == here.institution


def test_states_are_not_written_past_the_path(stage: Stage, second: Homes, child) -> None:
	here = stage.here.place
	name = propose(stage.browser(here.entry), child.name, second.code)
	for user, state in ((here.entry, "Scheduled"), (here.director, "Carried Out"), (here.chief, "Scheduled")):
		browser = stage.browser(user)
		assert browser.put(f"{CHANGE}/{name}", {"status": state}).status_code in REFUSED
		answer = browser.call(
			"frappe.client.set_value", doctype="Placement Change", name=name, fieldname="status", value=state
		)
		assert answer.status_code in REFUSED
	assert second.director.put(f"{CHANGE}/{name}", {"status": "Scheduled"}).status_code == 403
	assert (status(name), place(child.name)) == ("Awaiting Approval", here.institution)


def test_bulk_on_ids_outside_the_scope(stage: Stage, second: Homes, child) -> None:
	frappe.set_user("Administrator")
	theirs = factories.child(stage.there.place.institution).name
	other = factories.institution(stage.there.place.district).name
	frappe.db.commit()
	mine = propose(stage.browser(stage.here.place.entry), child.name, second.code)
	foreign = propose(stage.browser(stage.there.place.entry), theirs, other)
	answer = stage.browser(stage.here.place.chief).call(
		"frappe.model.workflow.bulk_workflow_approval",
		docnames=[foreign, mine],
		doctype="Placement Change",
		action="Approve Movement",
	)
	assert status(foreign) == "Awaiting Approval"
	assert answer.status_code == 403 or foreign in answer.text
	assert not sees(stage.browser(stage.here.place.chief), "Placement Change", foreign)


def test_who_proposed_approves_through_no_door(stage: Stage, second: Homes, child) -> None:
	chief = stage.browser(stage.here.place.chief)
	entry = stage.browser(stage.here.place.entry)
	name = propose(entry, child.name, second.code)
	answer = step(chief, name, "Return Movement")
	assert answer.status_code in REFUSED  # without a reason
	assert chief.put(f"{CHANGE}/{name}", {"closing_reason": "يستكمل"}).status_code == 200
	assert step(chief, name, "Return Movement").status_code == 200
	assert chief.put(f"{CHANGE}/{name}", {"reason_details": "كتبه المدير"}).status_code == 200
	assert step(chief, name, "Propose Movement").status_code == 200
	assert step(chief, name, "Approve Movement").status_code == 403
	assert chief.put(f"{CHANGE}/{name}", {"status": "Awaiting Acceptance"}).status_code == 403
	doc = chief.get(f"{CHANGE}/{name}").json()["data"] | {"status": "Awaiting Acceptance"}
	assert chief.call("frappe.desk.form.save.savedocs", doc=doc, action="Save").status_code == 403
	chief.call(
		"frappe.model.workflow.bulk_workflow_approval",
		docnames=[name],
		doctype="Placement Change",
		action="Approve Movement",
	)
	assert status(name) == "Awaiting Approval"


def test_a_double_click_over_http(stage: Stage, second: Homes, child) -> None:
	entry, chief = stage.browser(stage.here.place.entry), stage.browser(stage.here.place.chief)
	name = propose(entry, child.name, second.code)
	assert step(chief, name, "Approve Movement").status_code == 200
	assert step(second.director, name, "Accept the Child").status_code == 200
	answers: list[int] = []
	twin = Browser(second.entry.user)
	clicks = [
		threading.Thread(
			target=lambda who=who: answers.append(step(who, name, "Record Hand-over").status_code)
		)
		for who in (second.entry, twin)
	]
	for click in clicks:
		click.start()
	for click in clicks:
		click.join(120)
	frappe.db.rollback()
	rows = frappe.get_all("Placement", {"child": child.name}, ["is_current"], order_by="from_date asc")
	assert [row.is_current for row in rows] == [0, 1], answers
	assert answers.count(200) == 1


def test_the_prints(stage: Stage, second: Homes, child) -> None:
	entry, chief = stage.browser(stage.here.place.entry), stage.browser(stage.here.place.chief)
	name = propose(entry, child.name, second.code)
	assert step(chief, name, "Approve Movement").status_code == 200
	paper = {"doctype": "Placement Change", "name": name, "no_letterhead": 1}
	early = second.director.get("/printview", **paper, format="Placement Decision")
	assert early.status_code == 200 and child.full_name not in early.text and child.name in early.text
	assert child.full_name in chief.get("/printview", **paper, format="Placement Decision").text
	assert step(second.director, name, "Accept the Child").status_code == 200
	assert step(second.entry, name, "Record Hand-over").status_code == 200
	for browser in (entry, second.entry):
		told = browser.get("/printview", **paper, format="Hand-over Record").text
		assert child.full_name in told and "محضر تسليم وتسلم" in told
		for secret in (INTERESTS["best_interests"], "النسب", "zq-not-for-the-receiver"):
			assert secret not in told
	stranger = stage.browser(stage.there.place.chief)
	assert child.full_name not in stranger.get("/printview", **paper, format="Hand-over Record").text
