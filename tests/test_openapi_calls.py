"""The interface is what its description says: called by a client that knows of us only the document (schemathesis).

Each reader calls every operation of his own document, with values that fit it and with values that do not. The values are
the same in every run (derandomised).
"""

import os
from collections.abc import Iterator
from urllib.parse import unquote

import frappe
import pytest
import requests
from frappe.utils import add_days, nowdate
from isolation.citizens import PLENTY, SETTINGS, set_limits
from openapi_client import DOCUMENT, URL, Client
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from openapi_world import enter, keys_of, publish
from schemathesis.generation import GenerationMode

STEP = "/api/method/frappe.model.workflow.apply_workflow"
SERVICE, KIND = "SC-07", "Family Visit Permit Request"
# About a child, with a table; without a name, with hours; about an institution, with money; of which nobody else learns.
SAMPLE = (SERVICE, "SC-09", "SC-24", "SC-40")
WHOLE = bool(os.environ.get("OPENAPI_WHOLE"))  # every service instead of these: minutes instead of seconds
SERVICES = tuple(f"SC-{number:02}" for number in range(1, 45)) if WHOLE else SAMPLE
EXAMPLES = int(os.environ.get("OPENAPI_EXAMPLES") or (1 if WHOLE else 3))
READERS = ("director", "chief", "head")


@pytest.fixture(scope="module")
def country(site: str):
	from social_care.tests import places

	made = places.country()
	publish(SERVICES)
	return made


@pytest.fixture(scope="module")
def keys(country) -> dict[str, dict[str, str]]:
	"""Headers of each reader: a guest's are empty."""
	users = {"director": country.here.director, "chief": country.here.chief, "head": country.head}
	return {reader: keys_of(user) for reader, user in users.items()} | {"guest": {}}


@pytest.fixture(scope="module")
def open_limits(site: str) -> Iterator[None]:
	"""Limits of the public pages are met by their own tests only."""
	before = {name: frappe.db.get_single_value(SETTINGS, name) for name in PLENTY}
	set_limits(PLENTY)
	yield
	set_limits(before)


@pytest.fixture(scope="module")
def request_name(country, keys: dict) -> Iterator[str]:
	"""A request that was entered over REST as the description asks for it."""
	from social_care.tests import factories

	child = factories.child(country.here.institution)
	frappe.db.commit()
	values = {
		"institution": country.here.institution,
		"child": child.name,
		"applicant_name": "سعاد محمود علي حسن",
		"applicant_phone": "01001234567",
		"applicant_birth_date": "1965-04-02",
		"permit_kind": "Visit at the Institution",
		"visit_from": add_days(nowdate(), 3),
		"relation_to_child": "Grandparent",
	}
	answer = requests.post(f"{URL}/api/resource/{KIND}", json=values, headers=keys["director"], timeout=60)
	assert answer.status_code == 200, answer.text[:500]
	return answer.json()["data"]["name"]


@pytest.fixture(scope="module")
def entered(country) -> dict[str, str]:
	"""A request of every service that is called, by its record type."""
	frappe.set_user("Administrator")
	found = dict(map(enter, SERVICES))
	frappe.db.commit()
	return found


@pytest.mark.timeout(1200 if WHOLE else 300)
@pytest.mark.parametrize("reader", READERS)
def test_services_keep_their_description(reader: str, keys: dict, entered: dict) -> None:
	client = Client(keys[reader], EXAMPLES)
	for operation in client.operations(set(SERVICES)):
		for mode in GenerationMode:
			client.call(operation, mode)
		if "{name}" in operation.path:
			name = entered[unquote(operation.path.split("/")[3])]
			client.call(operation, GenerationMode.POSITIVE, path_parameters={"name": name})
	print(client.summary())
	assert not client.wrong, "\n".join(dict.fromkeys(client.wrong))
	assert all(answered[200] for label, answered in client.answered.items() if label.startswith("GET"))


def test_what_is_open_to_everybody_keeps_its_description(country, open_limits) -> None:
	client = Client({}, EXAMPLES)
	for operation in client.operations(set()):
		for mode in GenerationMode:
			client.call(operation, mode)
	print(client.summary())
	assert not client.wrong, "\n".join(dict.fromkeys(client.wrong))
	assert all(answered[200] for label, answered in client.answered.items() if label.startswith("GET"))


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("reader", ["guest", *READERS])
def test_the_document_is_valid(reader: str, language: str, keys: dict) -> None:
	validate(Client(keys[reader], EXAMPLES).told(language=language), cls=OpenAPIV31SpecValidator)


def test_whoever_has_the_document_is_sent_nothing(keys: dict) -> None:
	first = requests.get(URL + DOCUMENT, headers=keys["chief"], timeout=60)
	tag = first.headers["ETag"].strip('"')
	again = requests.get(URL + DOCUMENT, headers={**keys["chief"], "If-None-Match": f'"{tag}"'}, timeout=60)
	assert (again.status_code, again.content) == (304, b"")
	assert "no-store" in first.headers["Cache-Control"]
	kept = requests.get(URL + DOCUMENT, headers=keys["chief"], params={"version": tag}, timeout=60)
	assert "private" in kept.headers["Cache-Control"] and "immutable" in kept.headers["Cache-Control"]
	assert requests.get(URL + DOCUMENT, timeout=60).headers["ETag"] != first.headers["ETag"]


def test_a_step_is_taken_as_described(country, keys: dict, request_name: str) -> None:
	body = {"doc": {"doctype": KIND, "name": request_name}, "action": "Begin the Study"}
	taken = requests.post(URL + STEP, json=body, headers=keys["director"], timeout=60)
	assert taken.status_code == 200, taken.text[:300]
	assert taken.json()["message"]["status"] == "Under Study"
	refused = requests.post(URL + STEP, json=body, headers=keys["head"], timeout=60)
	assert refused.status_code in (403, 417)


@pytest.mark.parametrize("body", ["{", "\x00", "nothing"])
def test_a_body_that_is_no_json_is_the_callers_matter(body: str, keys: dict) -> None:
	headers = {**keys["director"], "Content-Type": "application/json"}
	for address in (
		f"{URL}/api/resource/{KIND}",
		URL + STEP,
		f"{URL}/api/method/social_care.api.prints.verify",
	):
		answer = requests.post(address, data=body, headers=headers, timeout=60)
		assert answer.status_code == 400, (address, answer.text[:200])
		assert "JSON" in answer.json()["_server_messages"]


def test_a_call_without_what_it_needs_is_the_callers_matter(keys: dict) -> None:
	for address in (
		"social_care.api.prints.verify",
		"social_care.api.registry.leave_care",
		"no.such.function",
	):
		answer = requests.post(f"{URL}/api/method/{address}", json={}, headers=keys["director"], timeout=60)
		assert answer.status_code in (403, 404, 417), (address, answer.status_code)
