"""The inspectors' page over HTTP: its shell holds nothing, its endpoints serve who makes the visit, doubled requests count once."""

import json
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import frappe
import pytest
from frappe.utils import nowdate

from isolation.browser import URL, Browser
from isolation.records import Stage, account

API = "social_care_inspections.api.phone"
OPERATION, NOTE = "Inspection Phone Operation", "Inspection Sealed Note"
HIDDEN = (401, 403, 404, 417)


@dataclass
class Trip:
	"""A planned visit, who makes it, and others who inspect."""

	name: str
	inspector: Browser
	others: dict[str, Browser] = field(default_factory=dict)


def somebody(unit: str) -> Browser:
	return Browser(account("Inspector", unit))


@pytest.fixture(scope="module")
def trip(stage: Stage) -> Trip:
	here = stage.here.place
	mine = somebody(here.directorate)
	values = {"institution": here.institution, "visit_kind": "Unannounced", "planned_on": nowdate()}
	doc = frappe.get_doc(
		{"doctype": "Institution Visit", "inspectors": [{"user": mine.user}], **values}
	).insert()
	frappe.db.commit()
	colleague, elsewhere = somebody(here.directorate), somebody(stage.there.place.directorate)
	return Trip(doc.name, mine, {"colleague": colleague, "elsewhere": elsewhere, "guest": Browser()})


def change(kind: str, **said) -> dict:
	return {"id": str(uuid.uuid4()), "kind": kind, **said}


def take(browser: Browser) -> dict:
	"""What the phone takes along; from then on the session's calls bear its token."""
	found = browser.ask(f"{API}.visits")
	assert found.status_code == 200, found.text[:300]
	browser.session.headers["X-Frappe-CSRF-Token"] = found.json()["message"]["token"]
	return found.json()["message"]


def send(browser: Browser, visit: str, *sent: dict):
	return browser.call(f"{API}.apply", visit=visit, sent=list(sent))


def test_the_shell_is_the_same_for_everybody_and_names_nobody(trip: Trip) -> None:
	pages = [browser.get("/inspect") for browser in (Browser(), trip.inspector)]
	texts = [re.sub(r'nonce="[^"]+"', "", page.text) for page in pages]
	assert pages[0].status_code == 200 and texts[0] == texts[1]
	assert trip.inspector.user not in texts[1] and "csrf_token" not in texts[1]
	assert "geolocation=(self)" in pages[0].headers["Permissions-Policy"]
	assert "no-store" in pages[0].headers["Cache-Control"]
	assert "unsafe-eval" not in pages[0].headers["Content-Security-Policy"]


def test_the_worker_may_fetch_and_nothing_else(trip: Trip) -> None:
	worker = Browser().get("/inspect/worker.js")
	assert worker.headers["Content-Type"].startswith("text/javascript")
	assert worker.headers["Service-Worker-Allowed"] == "/inspect"
	policy = worker.headers["Content-Security-Policy"]
	assert "default-src 'none'" in policy and "connect-src 'self'" in policy and "sandbox" not in policy
	assert "geolocation=()" in worker.headers["Permissions-Policy"]
	[kept] = re.findall(r"^const SHELL = (.*);$", worker.text, re.MULTILINE)
	files = json.loads(kept)["files"]
	assert not [path for path in files if "/api/" in path or "/private/" in path]
	for path in files:
		assert Browser().get(path).status_code == 200, path
	shown = Browser().get("/inspect/manifest.webmanifest").json()
	assert shown["dir"] == "rtl" and shown["scope"] == "/inspect" and shown["display"] == "standalone"


def test_only_who_makes_the_visit(trip: Trip) -> None:
	for name, browser in trip.others.items():
		if name != "guest":
			assert trip.name not in json.dumps(take(browser)), name
		answer = send(browser, trip.name, change("begin", visited_on=nowdate()))
		assert answer.status_code in HIDDEN and trip.name not in answer.text, (name, answer.text[:300])
	assert trip.others["guest"].ask(f"{API}.visits").status_code in HIDDEN
	frappe.db.rollback()
	assert frappe.db.get_value("Institution Visit", trip.name, "status") == "Planned"


def test_a_visit_that_is_there_and_one_that_is_not(trip: Trip) -> None:
	"""Somebody elsewhere learns nothing of names."""
	browser = trip.others["elsewhere"]
	take(browser)
	answers = [send(browser, name, change("begin")) for name in (trip.name, "IV-1999-99999")]
	assert answers[0].status_code == answers[1].status_code
	assert answers[0].json().get("exc_type") == answers[1].json().get("exc_type")


def test_writes_are_no_links(trip: Trip) -> None:
	sent = json.dumps([change("begin")])
	answer = trip.inspector.ask(f"{API}.apply", visit=trip.name, sent=sent)
	assert answer.status_code in HIDDEN


def test_doubled_at_the_same_moment(trip: Trip) -> None:
	take(trip.inspector)
	begun = send(trip.inspector, trip.name, change("begin", visited_on=nowdate()))
	assert begun.json()["message"]["results"][0]["state"] == "applied", begun.text[:500]
	said = {"note_kind": "Internal Remark", "noted_on": "2026-01-05T09:00:00.000Z", "note": "zq-phone-1"}
	sent = [change("note", note=said), change("edit", target="findings", value="نظيف", base="")]
	with ThreadPoolExecutor(4) as pool:
		answers = list(pool.map(lambda _: send(trip.inspector, trip.name, *sent), range(4)))
	done = [answer for answer in answers if answer.status_code == 200]
	assert done, [answer.text[:300] for answer in answers]
	for answer in done:
		assert {row["state"] for row in answer.json()["message"]["results"]} == {"applied"}, answer.text[:500]
		assert "zq-phone-1" not in answer.text
	frappe.db.rollback()
	assert frappe.db.count(NOTE, {"institution_visit": trip.name}) == 1
	assert frappe.db.count(OPERATION, {"institution_visit": trip.name}) == 3
	assert len(done) == 4, [answer.text[:300] for answer in answers]


def test_ids_are_nobodys_to_read(trip: Trip) -> None:
	assert trip.inspector.get(f"/api/resource/{OPERATION}").status_code in HIDDEN
	assert trip.inspector.post(f"/api/resource/{OPERATION}", {"operation": "x"}).status_code in HIDDEN


def test_a_photograph_that_is_none(trip: Trip) -> None:
	data = {"visit": trip.name, "operation": json.dumps(change("photograph", caption="x"))}
	files = {"photograph": ("photograph.jpg", b"<html><script>alert(1)</script>")}
	answer = trip.inspector.session.post(
		f"{URL}/api/method/{API}.photograph", data=data, files=files, timeout=120
	)
	assert answer.status_code == 417, answer.text[:300]
	frappe.db.rollback()
	assert not frappe.db.count("File", {"attached_to_name": trip.name})


def test_the_page_is_light(trip: Trip) -> None:
	"""Bytes as they travel: the shell once, the visits with a checklist of 84 indicators in words."""
	shell = ["/inspect", "/inspect/worker.js", "/inspect/manifest.webmanifest"]
	shell += re.findall(r'(?:href|src)="(/assets/[^"]+)"', trip.inspector.get("/inspect").text)
	sizes = {path: travelled(trip.inspector, path) for path in sorted(set(shell))}
	visits = travelled(trip.inspector, f"/api/method/{API}.visits")
	print({**sizes, "shell": sum(sizes.values()), "visits": visits})
	assert sum(sizes.values()) < 30_000 and visits < 30_000


def travelled(browser: Browser, path: str) -> int:
	answer = browser.session.get(
		URL + path, headers={"Accept-Encoding": "br, gzip"}, stream=True, timeout=120
	)
	assert answer.status_code == 200, path
	return len(answer.raw.read(decode_content=False)) + sum(
		len(k) + len(v) + 4 for k, v in answer.headers.items()
	)
