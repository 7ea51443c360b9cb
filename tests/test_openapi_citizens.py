"""The citizens' calls answer what their description says: along a request's whole life, and for invented forms."""

import json
import uuid
from collections.abc import Iterator

import frappe
import pytest
import requests
import schemathesis
from isolation.citizens import API, PHONE, PLENTY, SETTINGS, Citizen, picture, sample_form, set_limits
from isolation.records import Stage
from openapi_client import URL, Client, described, hold
from openapi_world import publish
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode

SERVICES = ("SC-07", "SC-09", "SC-24", "SC-40")


@pytest.fixture(scope="module")
def document(stage: Stage) -> Iterator[dict]:
	"""What a guest is told, with limits that are met by their own tests only."""
	publish(SERVICES)
	before = {name: frappe.db.get_single_value(SETTINGS, name) for name in PLENTY}
	set_limits(PLENTY)
	yield Client({}, 1).told(language="ar")
	set_limits(before)


@pytest.fixture(scope="module")
def schema(document: dict) -> schemathesis.BaseSchema:
	return described(document)


@pytest.fixture
def send(schema: schemathesis.BaseSchema):
	"""Call by name; the answer's body, after it was held to the description."""

	def call(name: str, files: dict | None = None, **values):
		address = f"/api/method/{API}.{name}"
		body = {"data": values, "files": files} if files else {"json": values}
		answer = requests.post(URL + address, headers={"Accept": "application/json"}, timeout=60, **body)
		assert answer.status_code == 200, f"{answer.status_code} {answer.text[:600]}"
		hold(schema[address]["POST"], answer)
		return answer.json()["message"]

	return call


def test_a_request_from_its_form_to_its_rating(send, stage: Stage) -> None:
	[home] = [
		row
		for group in send("offices", service="sc-07", governorate="01")
		for row in group["rows"]
		if row[0] == f"institution:{stage.here.place.institution}"
	]
	form = Citizen(stage).form(place=home[0])
	taken = send("apply", service="sc-07", data=json.dumps(form), page_key=str(uuid.uuid4()))
	assert taken["receipt"] and [row["state"] for row in taken["papers"]] == ["Missing"] * 3
	one = {"visit": taken["pass"], "request": taken["request"]}
	file = {"file": ("a.jpg", picture())}
	papers = send("upload", files=file, paper="host_id", **one)["papers"]
	assert "Handed In" in {row["state"] for row in papers}
	opened = send("follow", receipt=taken["receipt"], phone=PHONE)
	[request] = send("look", visit=opened["pass"])["requests"]
	step = {**one, "code": "withdraw", "text": "سافرنا", "seen": request["seen"]}
	[ended] = send("step", **step)["requests"]
	assert (request["kind"], ended["kind"], ended["rate"]) == ("open", "withdrawn", True)
	[rated] = send("rate", stars=4, **one)["requests"]
	assert rated["rating"] == 4


@pytest.mark.parametrize(
	("name", "values"),
	[
		("offices", {"service": "sc-07", "governorate": "99"}),
		("institutions", {"service": "none", "governorate": "01"}),
		("apply", {"service": "sc-07", "data": "{}", "page_key": "short"}),
		("follow", {"receipt": "26-000000000", "phone": "0100"}),
		("look", {"visit": "x"}),
		("step", {"visit": "x", "request": "x", "code": "withdraw"}),
		("rate", {"visit": "x", "request": "x", "stars": 9}),
		("upload", {"visit": "x", "request": "x", "paper": "x"}),
	],
)
def test_refusals_are_described_and_arabic(schema, document: dict, name: str, values: dict) -> None:
	address = f"/api/method/{API}.{name}"
	answer = requests.post(URL + address, json=values, headers={"Accept": "application/json"}, timeout=60)
	assert answer.status_code == 417, answer.text[:300]
	hold(schema[address]["POST"], answer)
	told = json.loads(json.loads(answer.json()["_server_messages"])[0])["message"]
	assert not any("a" <= letter <= "z" for letter in told.lower()), told


def test_whoever_is_logged_in_is_refused_as_described(schema, stage: Stage) -> None:
	browser = stage.browser(stage.here.place.entry)
	answer = browser.call(f"{API}.look", visit="x")
	assert answer.status_code == 403
	hold(schema[f"/api/method/{API}.look"]["POST"], answer)


def test_too_many_calls_are_refused_as_described(schema, document: dict) -> None:
	"""The limit is that of the settings, and nobody goes round it by a header or by another number."""
	address = f"/api/method/{API}.look"
	set_limits({"citizen_calls_per_minute": 3})
	frappe.cache.delete_keys("rl:")
	try:
		answers = [
			requests.post(
				URL + address,
				json={"visit": f"{turn}"},
				headers={"Accept": "application/json", "X-Forwarded-For": f"10.0.0.{turn}"},
				timeout=60,
			)
			for turn in range(5)
		]
	finally:
		set_limits(PLENTY)
		frappe.cache.delete_keys("rl:")
	assert [answer.status_code for answer in answers] == [417, 417, 417, 429, 429]
	hold(schema[address]["POST"], answers[-1])


@pytest.mark.parametrize("service", SERVICES)
def test_the_packs_own_sample_fits_and_is_taken(send, document: dict, service: str) -> None:
	values = sample_form(service)
	offered = send("offices", service=service.lower(), governorate="01")
	place = {"governorate": "01", "place": offered[0]["rows"][0][0], "subject_said": "كريم أحمد"}
	data = json.dumps(values | place)
	taken = send("apply", service=service.lower(), data=data, page_key=str(uuid.uuid4()))
	assert taken.get("receipt"), taken


@pytest.mark.timeout(120)
@pytest.mark.parametrize("service", SERVICES)
def test_invented_forms_are_taken_or_explained(document: dict, schema, service: str) -> None:
	"""Forms that fit their description in kind: taken, or a sentence beside a field; never an error of ours."""
	address = f"/api/method/{API}.apply"
	title = frappe.db.get_value("Service", service, "request_type").replace(" ", "")
	form = {"$ref": f"#/components/schemas/{title}.Form"}
	invented = described(document | {"paths": {"/form": {"post": form_operation(form)}}})
	sent: list[dict] = []
	wrong: list[str] = []

	def send_form(case) -> None:
		sent.append(case.body)
		body = {"service": service.lower(), "data": json.dumps(case.body), "page_key": str(uuid.uuid4())}
		answer = requests.post(URL + address, json=body, headers={"Accept": "application/json"}, timeout=60)
		try:
			assert answer.status_code == 200, f"{answer.status_code} {answer.text[:300]}"
			hold(schema[address]["POST"], answer)
		except (AssertionError, FailureGroup) as error:
			wrong.append(f"{json.dumps(case.body, ensure_ascii=False)[:300]} → {error}")

	Client({}, 12).each(invented["/form"]["POST"], GenerationMode.POSITIVE, send_form)
	assert not wrong, "\n".join(wrong)
	assert len(sent) > 5


def form_operation(form: dict) -> dict:
	return {
		"requestBody": {"required": True, "content": {"application/json": {"schema": form}}},
		"responses": {"200": {"description": "Done"}},
	}
