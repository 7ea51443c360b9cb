"""Files opened beyond their place: read on every channel from the first moment to the last, and never changed."""

from collections.abc import Iterator

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime

from isolation.browser import Browser
from isolation.reading import FILES, FORM, LISTS, SEARCHES
from isolation.records import Stage
from isolation.test_reading import LIVE, question, seen
from isolation.test_writing import everything
from isolation.writing import BESIDE, RECORD

EVERY_WAY = FORM | LISTS | SEARCHES | FILES
GRANT, TRIES = "File Access Grant", "social_care_file_tries"
REASON = "نقل الطفل إلى المستشفى الليلة ويحتاج الطبيب إلى ملفه"
WHY = {"purpose": "Medical Emergency", "reason": REASON}
# What whoever may read a record may also do beside it, in the framework.
READERS_OWN = {"comment", "comment by REST", "like", "mail", "assignment", "assignment of several"}


@pytest.fixture(autouse=True)
def from_nothing(stage: Stage, fresh_view: None) -> Iterator[None]:
	"""No access and no counted try before or after a test, and the settings as they are first."""
	yield
	frappe.cache.delete_keys(TRIES)
	frappe.set_user("Administrator")
	frappe.db.delete(GRANT)
	frappe.db.delete("Notification Log", {"document_type": GRANT})
	frappe.db.set_single_value("Reading Control Settings", {"emergency_approval": 0, "emergency_a_day": 3})
	frappe.db.commit()


def outsider(stage: Stage) -> Browser:
	return stage.browser(stage.there.place.chief)


def in_emergency(stage: Stage, browser: Browser | None = None) -> dict:
	return (browser or outsider(stage)).message(
		"social_care.api.reading.ask_emergency", child=stage.here.child, **WHY
	)


def asked(stage: Stage, user: str, days: int = 30) -> dict:
	return stage.browser(user).message(
		"social_care.api.reading.ask_between_units",
		child=stage.here.child,
		purpose="Joint Case Work",
		reason=REASON,
		days=days,
	)


def decided(browser: Browser, name: str, approve: int, note: str = "") -> int:
	call = "social_care.api.reading.decide"
	return browser.call(call, name=name, approve=approve, note=note).status_code


def set_times(name: str, **values) -> None:
	frappe.db.set_value(GRANT, name, values)
	frappe.db.commit()


def reads(stage: Stage, user: str) -> bool:
	"""Whether the user sees the child by the form, the list and a search: all or none."""
	browser, victim = stage.browser(user), stage.here
	found = set()
	for way in ("form", "REST record", "REST list", "report view", "link search", "attachment"):
		answer = EVERY_WAY[way](browser, victim)
		found.add(answer.status_code == 200 and bool(seen(answer.text, victim, question(answer))))
	assert len(found) == 1, (user, found)
	return found.pop()


@pytest.fixture
def opened(stage: Stage) -> dict:
	told = in_emergency(stage)
	assert told["state"] == "Open"
	return told


@pytest.mark.parametrize("way", LIVE["chief"])
def test_an_emergency_access_reads_on_every_channel(stage: Stage, way: str, opened: dict) -> None:
	answer = EVERY_WAY[way](outsider(stage), stage.here)
	assert answer.status_code == 200, answer.text[:600]
	assert seen(answer.text, stage.here), answer.text[:600]


def test_it_prints(stage: Stage, opened: dict) -> None:
	answer = FORM["PDF"](outsider(stage), stage.here)
	assert answer.status_code == 200 and answer.content.startswith(b"%PDF"), answer.text[:300]


@pytest.mark.parametrize("way", [way for way in RECORD | BESIDE if way not in READERS_OWN])
def test_it_changes_nothing(stage: Stage, way: str, opened: dict) -> None:
	before = everything(stage.here)
	answer = (RECORD | BESIDE)[way](outsider(stage), stage.here)
	frappe.db.rollback()
	assert everything(stage.here) == before, f"{answer.status_code} {answer.text[:600]}"


ENDS = ("over", "not yet", "revoked", "refused", "asked")
TRIED = [("over", way) for way in EVERY_WAY]
TRIED += [(end, way) for end in ENDS[1:] for way in ("form", "REST list", "link search", "attachment")]


@pytest.mark.parametrize(("end", "way"), TRIED)
def test_outside_its_time_it_opens_nothing(stage: Stage, end: str, way: str) -> None:
	told, now = in_emergency(stage), now_datetime()
	changes = {
		"over": {"closes_at": add_to_date(now, seconds=-1)},
		"not yet": {"opens_at": add_to_date(now, hours=1)},
		"revoked": {"state": "Revoked"},
		"refused": {"state": "Refused"},
		"asked": {"state": "Asked"},
	}
	set_times(told["name"], **changes[end])
	answer = EVERY_WAY[way](outsider(stage), stage.here)
	assert not seen(answer.text, stage.here, question(answer)), f"{answer.status_code} {answer.text[:600]}"


def test_it_is_one_users_and_one_files(stage: Stage, opened: dict) -> None:
	assert reads(stage, stage.there.place.chief)
	for user in (stage.there.place.officer, stage.there.place.entry, stage.there.place.director):
		assert not reads(stage, user)
	answer = outsider(stage).get(
		"/api/resource/Child", fields=["name"], filters=[["org_unit", "like", "T-HERE%"]]
	)
	assert [row["name"] for row in answer.json()["data"]] == [stage.here.child]


def test_it_is_gone_with_the_last_assignment(stage: Stage, opened: dict) -> None:
	user = stage.there.place.chief
	name = frappe.db.get_value("Staff Assignment", {"user": user})
	frappe.db.set_value(
		"Staff Assignment", name, "valid_to", add_to_date(now_datetime(), days=-1, as_string=True)[:10]
	)
	frappe.db.commit()
	try:
		answer = outsider(stage).get(f"/api/resource/Child/{stage.here.child}")
		assert stage.here.mark not in answer.text
	finally:
		frappe.db.set_value("Staff Assignment", name, "valid_to", None)
		frappe.db.commit()


def test_a_file_that_has_moved_closes(stage: Stage, opened: dict) -> None:
	before = frappe.db.get_value("Child", stage.here.child, "org_unit")
	frappe.db.set_value("Child", stage.here.child, "org_unit", "HQ", update_modified=False)
	frappe.db.commit()
	try:
		assert not reads(stage, stage.there.place.chief)
	finally:
		frappe.db.set_value("Child", stage.here.child, "org_unit", before, update_modified=False)
		frappe.db.commit()


def test_its_readings_bear_its_name_and_the_owners_are_told(stage: Stage, opened: dict) -> None:
	outsider(stage).get(f"/api/resource/Child/{stage.here.child}")
	frappe.db.rollback()
	assert frappe.get_all(
		"Read Log", {"access": opened["name"], "child": stage.here.child, "channel": "REST"}
	)
	told = frappe.get_all("Notification Log", {"document_name": opened["name"]}, pluck="for_user")
	place = stage.here.place
	assert {place.chief, place.officer, place.director} <= set(told)
	assert stage.there.place.chief not in told
	doc = stage.browser(place.chief).get(f"/api/resource/{GRANT}/{opened['name']}")
	assert doc.json()["data"]["reason"] == REASON


def test_own_readings_bear_no_access(stage: Stage, opened: dict) -> None:
	stage.browser(stage.here.place.chief).get(f"/api/resource/Child/{stage.here.child}")
	frappe.db.rollback()
	newest = frappe.get_all(
		"Read Log", {"user": stage.here.place.chief}, ["access"], order_by="read_at desc", limit=1
	)
	assert not newest[0].access


def test_who_may_not_ask(stage: Stage, guest: Browser, citizen: Browser) -> None:
	for browser in (guest, citizen):
		answer = browser.call("social_care.api.reading.ask_emergency", child=stage.here.child, **WHY)
		assert answer.status_code == 403, answer.text[:300]
	own = stage.browser(stage.here.place.chief).call(
		"social_care.api.reading.ask_emergency", child=stage.here.child, **WHY
	)
	assert own.status_code == 403
	for wrong in ({"reason": "لأنه"}, {"reason": "   "}, {"purpose": "Curiosity"}):
		answer = outsider(stage).call(
			"social_care.api.reading.ask_emergency", child=stage.here.child, **WHY | wrong
		)
		assert answer.status_code == 417, answer.text[:300]
	assert (
		outsider(stage).call("social_care.api.reading.ask_emergency", child="CH-none", **WHY).status_code
		== 403
	)
	frappe.db.rollback()
	assert not frappe.db.count(GRANT)


def test_only_so_many_in_a_day(stage: Stage) -> None:
	frappe.db.set_single_value("Reading Control Settings", "emergency_a_day", 1)
	frappe.db.commit()
	set_times(in_emergency(stage)["name"], state="Revoked")
	assert (
		outsider(stage)
		.call("social_care.api.reading.ask_emergency", child=stage.here.child, **WHY)
		.status_code
		== 403
	)


def test_an_emergency_that_waits_for_approval(stage: Stage) -> None:
	frappe.db.set_single_value("Reading Control Settings", "emergency_approval", 1)
	frappe.db.commit()
	told = in_emergency(stage)
	assert told["state"] == "Asked" and not reads(stage, stage.there.place.chief)
	assert (
		decided(stage.browser(stage.here.place.director), told["name"], 1) == 403
	)  # the directorate or above
	assert decided(stage.browser(stage.here.place.chief), told["name"], 1) == 200
	assert reads(stage, stage.there.place.chief)


def test_a_grant_between_units(stage: Stage) -> None:
	asker, decider = stage.there.place.entry, stage.here.place.director
	told = asked(stage, asker)
	assert told["state"] == "Asked" and not reads(stage, asker)
	for user in (asker, stage.there.place.chief, stage.here.place.entry, stage.here.place.officer):
		assert decided(stage.browser(user), told["name"], 1) == 403, user
	assert not reads(stage, asker)
	assert decided(stage.browser(decider), told["name"], 1) == 200
	assert decided(stage.browser(decider), told["name"], 0, "x" * 20) == 417  # once
	assert reads(stage, asker) and reads(stage, stage.there.place.director)
	assert not reads(stage, stage.there.place.chief)  # the institution asked, not the directorate
	assert (
		stage.browser(stage.there.place.chief)
		.call("social_care.api.reading.revoke", name=told["name"])
		.status_code
		== 403
	)
	assert stage.browser(decider).call("social_care.api.reading.revoke", name=told["name"]).status_code == 200
	assert not reads(stage, asker) and not reads(stage, stage.there.place.director)


def test_whoever_asks_does_not_decide(stage: Stage) -> None:
	"""`both` directs the institution of the file and heads the other directorate."""
	name = asked(stage, stage.there.place.entry)["name"]
	set_times(name, asked_by=stage.country.both)
	assert decided(stage.browser(stage.country.both), name, 1) == 403


def test_a_refusal_says_why_and_a_request_lapses(stage: Stage) -> None:
	decider = stage.browser(stage.here.place.chief)
	name = asked(stage, stage.there.place.entry)["name"]
	assert decided(decider, name, 0) == 417
	assert decided(decider, name, 0, "لا صلة للمؤسسة بالطفل") == 200
	assert not reads(stage, stage.there.place.entry)
	name = asked(stage, stage.there.place.entry)["name"]
	set_times(name, asked_at=add_to_date(now_datetime(), days=-15))
	assert decided(decider, name, 1) == 417
	for days in (0, 91, -3):
		answer = stage.browser(stage.there.place.entry).call(
			"social_care.api.reading.ask_between_units", child=stage.here.child, days=days, **WHY
		)
		assert answer.status_code == 417


def test_nobody_writes_an_access_by_hand(stage: Stage, opened: dict) -> None:
	values = {"state": "Open", "closes_at": "2099-01-01 00:00:00", "asked_by": stage.there.place.chief}
	for user in (stage.there.place.chief, stage.here.place.chief, stage.country.head):
		browser = stage.browser(user)
		assert browser.put(f"/api/resource/{GRANT}/{opened['name']}", values).status_code in (403, 417)
		assert browser.delete(f"/api/resource/{GRANT}/{opened['name']}").status_code in (403, 417)
		made = browser.post(
			f"/api/resource/{GRANT}", values | {"child": stage.here.child, "kind": "Emergency"} | WHY
		)
		assert made.status_code in (403, 417)
	frappe.db.rollback()
	assert frappe.db.count(GRANT) == 1
	assert str(frappe.db.get_value(GRANT, opened["name"], "closes_at")) < "2099"


def test_no_role_touches_the_log_over_http(stage: Stage) -> None:
	"""Administrator included."""
	import os

	stage.browser(stage.here.place.chief).get(f"/api/resource/Child/{stage.here.child}")
	frappe.db.rollback()
	name = frappe.get_all("Read Log", {"child": stage.here.child}, pluck="name", limit=1)[0]
	admin = Browser("Administrator", os.environ["TEST_ADMIN_PASSWORD"])
	before = frappe.db.sql("select * from `tabRead Log` where `name` = %s", name)
	for browser in (admin, stage.browser(stage.country.head), stage.browser(stage.here.place.chief)):
		for answer in (
			browser.put(f"/api/resource/Read Log/{name}", {"user": "x"}),
			browser.delete(f"/api/resource/Read Log/{name}"),
			browser.post("/api/resource/Read Log", {"user": "x", "read_at": "2026-01-01"}),
			browser.call(
				"frappe.client.set_value", doctype="Read Log", name=name, fieldname="user", value="x"
			),
			browser.call("frappe.client.delete", doctype="Read Log", name=name),
			browser.call("frappe.desk.reportview.delete_items", doctype="Read Log", items=[name]),
			browser.call("frappe.client.rename_doc", doctype="Read Log", old_name=name, new_name="x"),
			browser.call("frappe.desk.doctype.tag.tag.add_tag", tag="x", dt="Read Log", dn=name),
			browser.call("frappe.desk.like.toggle_like", doctype="Read Log", name=name, add="Yes"),
		):
			assert answer.status_code != 200 or "delete_items" in answer.url or "tag" in answer.url, (
				answer.text[:300]
			)
	frappe.db.rollback()
	assert frappe.db.sql("select * from `tabRead Log` where `name` = %s", name) == before
