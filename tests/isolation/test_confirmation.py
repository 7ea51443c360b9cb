"""Confirmations over HTTP: two at a time, twice, by those who may not, and through every door of the framework."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import frappe
import pytest
from frappe.utils import nowdate
from frappe.utils.password import update_password
from social_care.governance.confirmation import CONFIRMATION, CYCLE, ROW, opening
from social_care.tests import factories
from social_care.tests.confirmation_cases import forget_cycles

from isolation.browser import PASSWORD, Browser
from isolation.records import Stage

API = "social_care.api.confirmation"


@pytest.fixture(scope="module")
def home(stage: Stage) -> str:
	"""An institution with six children."""
	frappe.set_user("Administrator")
	name = factories.institution(stage.here.place.district).name
	for _child in range(6):
		factories.child(name)
	frappe.db.commit()
	return name


@pytest.fixture(scope="module")
def people(home: str) -> dict[str, Browser]:
	"""Two who enter, and the director."""
	roles = {
		"entry": "Institution Entry User",
		"worker": "Institution Social Worker",
		"director": "Institution Director",
	}
	users = {key: factories.staff(role, institution=home) for key, role in roles.items()}
	for user in users.values():
		update_password(user, PASSWORD)
	frappe.db.commit()
	return {key: Browser(user) for key, user in users.items()}


@pytest.fixture(scope="module")
def confirmation(home: str) -> str:
	forget_cycles()
	opening.open_cycle(opening.begin(nowdate(), 3))
	frappe.db.commit()
	return frappe.db.get_value(CONFIRMATION, {"institution": home, "status": "Open"})


def decisions(browser: Browser, name: str) -> list[dict]:
	rows = browser.message(f"{API}.page", name=name)["rows"]
	return [{"child": row["child"], "state": "Confirmed", "seen": row["seen"]} for row in rows]


def test_outsiders_get_nothing(confirmation: str, people: dict, stage: Stage) -> None:
	wanted = decisions(people["entry"], confirmation)
	there = stage.there.place
	for outsider in map(stage.browser, (there.entry, there.director, there.chief)):
		for method, more in (("head", {}), ("page", {}), ("decide", {"decisions": wanted}), ("sign", {})):
			answer = outsider.call(f"{API}.{method}", name=confirmation, **more)
			assert answer.status_code == 403, (method, answer.status_code)
		assert outsider.message(f"{API}.mine") == [] or confirmation not in str(
			outsider.message(f"{API}.mine")
		)
	assert Browser().call(f"{API}.head", name=confirmation).status_code == 403
	assert people["entry"].ask(f"{API}.decide", name=confirmation, decisions=wanted).status_code == 403


def test_two_at_a_time_and_a_double_click(confirmation: str, people: dict, fresh_view: None) -> None:
	wanted = decisions(people["entry"], confirmation)
	hands = [people["entry"], people["worker"]] * 3
	with ThreadPoolExecutor(len(hands)) as pool:
		answers = list(
			pool.map(lambda b: b.message(f"{API}.decide", name=confirmation, decisions=wanted), hands)
		)
	results = [list(answer["results"].values()) for answer in answers]
	assert sum(result == ["saved"] * 6 for result in results) == 1
	assert sum(result == ["kept"] * 6 for result in results) == 5
	frappe.db.rollback()
	rows = frappe.get_all(ROW, {"confirmation": confirmation}, ["state", "decided_by"])
	assert [row.state for row in rows] == ["Confirmed"] * 6
	assert len({row.decided_by for row in rows}) == 1


DOORS: dict[str, Callable[[Browser, str, str], object]] = {
	"REST put": lambda b, d, n: b.put(f"/api/resource/{d}/{n}", {"status": "Signed", "state": "Confirmed"}),
	"REST delete": lambda b, d, n: b.delete(f"/api/resource/{d}/{n}"),
	"REST insert": lambda b, d, n: b.post(
		f"/api/resource/{d}", frappe.get_doc(d, n).as_dict(convert_dates_to_str=True)
	),
	"client.set_value": lambda b, d, n: b.call(
		"frappe.client.set_value", doctype=d, name=n, fieldname={"modified_by": "Administrator"}
	),
	"client.delete": lambda b, d, n: b.call("frappe.client.delete", doctype=d, name=n),
	"form": lambda b, d, n: b.call(
		"frappe.desk.form.save.savedocs", doc=frappe.as_json(frappe.get_doc(d, n).as_dict()), action="Save"
	),
	"rename": lambda b, d, n: b.call("frappe.client.rename_doc", doctype=d, old_name=n, new_name="another"),
	"bulk delete": lambda b, d, n: b.call("frappe.desk.reportview.delete_items", doctype=d, items=[n]),
}


@pytest.fixture(scope="module")
def administrator(stage: Stage) -> Browser:
	import os

	return Browser("Administrator", os.environ["TEST_ADMIN_PASSWORD"])


@pytest.mark.parametrize("door", DOORS)
def test_no_door_of_the_framework(
	door: str, confirmation: str, administrator: Browser, people: dict, fresh_view: None
) -> None:
	"""Neither the director nor Administrator himself."""
	names = {doctype: frappe.get_all(doctype, pluck="name", limit=1)[0] for doctype in (ROW, CYCLE)}
	names[CONFIRMATION] = confirmation
	for doctype, name in names.items():
		before = frappe.get_doc(doctype, name).as_dict()
		for browser in (people["director"], administrator):
			answer = DOORS[door](browser, doctype, name)
			if door != "bulk delete":
				assert answer.status_code in (403, 404, 417), (doctype, browser.user, answer.text[:300])
			frappe.db.rollback()
			assert frappe.get_doc(doctype, name).as_dict() == before, (doctype, browser.user)


def test_signed_by_the_director_once(confirmation: str, people: dict, fresh_view: None) -> None:
	assert people["entry"].call(f"{API}.sign", name=confirmation).status_code == 403
	director = people["director"]
	assert director.call(f"{API}.sign", name=confirmation).status_code == 417  # without what was seen
	seen = director.message(f"{API}.head", name=confirmation)["seen"]
	with ThreadPoolExecutor(4) as pool:
		answers = list(
			pool.map(lambda _n: director.message(f"{API}.sign", name=confirmation, seen=seen), range(4))
		)
	assert {answer["status"] for answer in answers} == {"Signed"}
	assert len({answer["signed_on"] for answer in answers}) == 1
	wanted = decisions(people["entry"], confirmation)
	wanted[0]["state"] = "To Correct"
	assert people["entry"].call(f"{API}.decide", name=confirmation, decisions=wanted).status_code == 417
