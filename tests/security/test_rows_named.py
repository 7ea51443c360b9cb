"""S-56, S-26, S-100: what a name tells, who may change it, and who hears of it."""

import json
import time

import frappe
import pytest
from frappe.utils.background_jobs import get_redis_connection_without_auth
from isolation.browser import URL, Browser
from isolation.records import Stage

ABSENT = "CH-9999999"
ASKED = {
	"form": lambda b, n: b.call("frappe.desk.form.load.getdoc", doctype="Child", name=n),
	"form by GET": lambda b, n: b.ask("frappe.desk.form.load.getdoc", doctype="Child", name=n),
	"beside the form": lambda b, n: b.call("frappe.desk.form.load.get_docinfo", doctype="Child", name=n),
	"client.get": lambda b, n: b.call("frappe.client.get", doctype="Child", name=n),
	"client.get by a filter": lambda b, n: b.call("frappe.client.get", doctype="Child", filters={"name": n}),
	"client.get by a condition as name": lambda b, n: b.post(
		"/api/method/frappe.client.get", {"doctype": "Child", "name": {"name": n}}
	),
	"client.get_value": lambda b, n: b.call(
		"frappe.client.get_value", doctype="Child", fieldname="name", filters={"name": n}
	),
	"client.set_value": lambda b, n: b.call(
		"frappe.client.set_value", doctype="Child", name=n, fieldname="room_group", value="x"
	),
	"client.delete": lambda b, n: b.call("frappe.client.delete", doctype="Child", name=n),
	"REST": lambda b, n: b.get(f"/api/resource/Child/{n}"),
	"REST put": lambda b, n: b.put(f"/api/resource/Child/{n}", {"room_group": "x"}),
	"REST delete": lambda b, n: b.delete(f"/api/resource/Child/{n}"),
	"REST method": lambda b, n: b.get(f"/api/resource/Child/{n}", run_method="get_title"),
	"printed page": lambda b, n: b.get("/printview", doctype="Child", name=n),
	"printed page in a form": lambda b, n: b.call(
		"frappe.www.printview.get_html_and_style", doc="Child", name=n
	),
	"PDF": lambda b, n: b.get("/api/method/frappe.utils.print_format.download_pdf", doctype="Child", name=n),
	"method of a record": lambda b, n: b.call("run_doc_method", dt="Child", dn=n, method="get_title"),
	"link title": lambda b, n: b.call("frappe.desk.search.get_link_title", doctype="Child", docname=n),
	"link check": lambda b, n: b.call(
		"frappe.client.validate_link", doctype="Child", docname=n, fields=["name"]
	),
	"preview": lambda b, n: b.call("frappe.desk.link_preview.get_preview_data", doctype="Child", docname=n),
	"live updates": lambda b, n: b.call("frappe.realtime.can_subscribe_doc", doctype="Child", docname=n),
}


def answer_of(way: str, browser: Browser, name: str) -> tuple[int, str]:
	"""Status and text, without the name itself, the time and the trace of the request."""
	answer = ASKED[way](browser, name)
	try:
		content = answer.json()
	except ValueError:
		return answer.status_code, ""
	content = {key: value for key, value in content.items() if key not in ("exc", "_debug_messages")}
	return answer.status_code, json.dumps(content, sort_keys=True).replace(name, "NAME")


@pytest.mark.parametrize("way", ASKED)
def test_a_foreign_name_and_a_free_one_are_answered_alike(stage: Stage, way: str) -> None:
	for user in (stage.here.place.entry, stage.here.place.chief):
		browser = stage.browser(user)
		assert answer_of(way, browser, stage.there.child) == answer_of(way, browser, ABSENT)


@pytest.mark.parametrize("doctype", ["Child", "Person", "Family", "Placement", "Institution"])
def test_of_every_kind_of_record(stage: Stage, doctype: str) -> None:
	browser, there = stage.browser(stage.here.place.chief), stage.there
	name = {
		"Child": there.child,
		"Person": there.person,
		"Family": there.family,
		"Placement": there.placement,
		"Institution": there.place.institution,
	}[doctype]
	for path in (f"/api/resource/{doctype}/%s", f"/printview?doctype={doctype}&name=%s"):
		answers = [browser.get(path % one).status_code for one in (name, "no-such-record")]
		assert answers == [403, 403]


def test_both_take_equally_long(stage: Stage) -> None:
	"""The quickest of many tries, because others use the machine too."""
	browser, taken = stage.browser(stage.here.place.chief), {stage.there.child: [], ABSENT: []}
	for _round in range(12):
		for name, times in taken.items():
			begun = time.perf_counter()
			browser.get(f"/api/resource/Child/{name}")
			times.append(time.perf_counter() - begun)
	quickest = sorted(min(times) for times in taken.values())
	assert quickest[1] < 1.5 * quickest[0], taken


def test_own_records_are_still_found(stage: Stage) -> None:
	"""By name, by a filter, several at once; and what is not saved yet has no row."""
	browser, here = stage.browser(stage.here.place.entry), stage.here
	by_filter = browser.message("frappe.client.get", doctype="Child", filters={"name": here.child})
	assert by_filter["name"] == here.child
	assert browser.get(f"/api/resource/Child/{here.child}").status_code == 200
	opened = browser.ask("frappe.desk.form.load.getdoc", doctype="Child", name="new")
	assert opened.status_code == 200, opened.text[:300]
	unsaved = browser.upload(b"note", "note.txt", doctype="Child", docname="new-child-abcdefgh")
	assert unsaved.status_code == 200, unsaved.text[:300]


RENAMED = {
	"method of the record": lambda b, o, n, m: b.call(
		"run_doc_method", dt="Child", dn=o, method="rename", args={"name": n, "merge": m, "force": 1}
	),
	"without a check": lambda b, o, n, m: b.call(
		"run_doc_method",
		dt="Child",
		dn=o,
		method="rename",
		args={"name": n, "merge": m, "force": 1, "validate_rename": 0},
	),
	"REST method": lambda b, o, n, m: b.session.post(
		f"{URL}/api/resource/Child/{o}",
		data={"run_method": "rename", "name": n, "merge": m, "force": 1},
		timeout=60,
	),
	"client.rename_doc": lambda b, o, n, m: b.call(
		"frappe.client.rename_doc", doctype="Child", old_name=o, new_name=n, merge=m
	),
	"title": lambda b, o, n, m: b.call(
		"frappe.model.rename_doc.update_document_title", doctype="Child", docname=o, name=n, merge=m
	),
	"title, later": lambda b, o, n, m: b.call(
		"frappe.model.rename_doc.update_document_title",
		doctype="Child",
		docname=o,
		name=n,
		merge=m,
		enqueue=1,
	),
}


@pytest.mark.parametrize("way", RENAMED)
def test_nobody_renames_or_merges_children(stage: Stage, way: str) -> None:
	"""S-26: not his own, not another's into his own, not his own into another's."""
	browser, here, there = stage.browser(stage.here.place.entry), stage.here.child, stage.there.child
	for old, new, merge in ((here, "CH-RENAMED", 0), (here, there, 1), (there, here, 1), (there, "CH-X", 0)):
		answer = RENAMED[way](browser, old, new, merge)
		assert answer.status_code in (403, 404, 417, 500), answer.text[:300]
		frappe.db.rollback()
		names = frappe.get_all("Child", filters={"name": ["in", [here, there, new]]}, pluck="name")
		assert sorted(names) == sorted({here, there}), (way, answer.text[:300])


def test_a_type_that_allows_renaming_asks_for_both_rows(
	stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
	"""S-26, where an extension's type allows it: the right is needed to both rows."""
	from social_care.row_events import check_rename

	doc = frappe.get_doc("Child", stage.here.child)
	monkeypatch.setattr(doc.meta, "allow_rename", 1)
	frappe.set_user(stage.here.place.entry)
	try:
		check_rename(doc, "before_rename", doc.name, "CH-FREE")
		with pytest.raises(frappe.PermissionError):
			check_rename(doc, "before_rename", doc.name, stage.there.child, merge=True)
	finally:
		frappe.set_user("Administrator")


def test_a_change_is_announced_to_its_readers_only(stage: Stage) -> None:
	"""S-100: nothing about the child goes into a room that somebody outside the scope may enter."""
	listener = get_redis_connection_without_auth().pubsub(ignore_subscribe_messages=True)
	listener.subscribe("events")
	listener.get_message(timeout=2)
	browser, child = stage.browser(stage.there.place.entry), stage.there.child
	value = frappe.generate_hash(length=6)
	answer = browser.put(f"/api/resource/Child/{child}", {"room_group": value})
	assert answer.status_code == 200, answer.text[:300]
	events = heard(listener, child)
	assert f"doc:Child/{child}" in {event["room"] for event in events}
	open_to_others = [
		event for event in events if not event["room"].startswith((f"doc:Child/{child}", "user:"))
	]
	assert not open_to_others, open_to_others


def heard(listener, name: str) -> list[dict]:
	"""What was published about a record within two seconds."""
	found, end = [], time.monotonic() + 2
	while time.monotonic() < end:
		message = listener.get_message(timeout=0.2)
		if message and name in message["data"].decode():
			found.append(json.loads(message["data"]))
	return found
