"""The main job through REST, by a public client library that knows nothing of us (frappe-connector)."""

import base64
import json
import os

import frappe
import pytest
from frappe.utils import add_days, nowdate
from frappe.utils.password import set_encrypted_password
from frappe_connector import FrappeConnector
from frappe_connector.connector import FrappeException, ServerError

URL = os.environ.get("TEST_URL", "")


def client(user: str) -> FrappeConnector:
	"""A client of the user with keys of an API, as another system would have them."""
	frappe.set_user("Administrator")
	key, secret = frappe.generate_hash(length=15), frappe.generate_hash(length=15)
	frappe.db.set_value("User", user, "api_key", key)
	set_encrypted_password("User", user, secret, "api_secret")
	frappe.db.commit()
	return FrappeConnector(URL, api_key=key, api_secret=secret, timeout=120)


@pytest.fixture(scope="module")
def country(site: str):
	from social_care.tests import places

	made = places.country()
	frappe.db.commit()
	return made


@pytest.fixture(scope="module")
def entry(country) -> FrappeConnector:
	return client(country.here.entry)


@pytest.fixture(scope="module")
def stranger(country) -> FrappeConnector:
	return client(country.there.chief)


@pytest.fixture(scope="module")
def child(entry: FrappeConnector, country) -> dict:
	"""A child that was registered over REST."""
	from social_care.tests import factories

	values = factories.child_values(
		country.here.institution, first_name="ليلى", sex="Female", admission_date=add_days(nowdate(), -5)
	)
	return entry.create_doc(json.loads(frappe.as_json(values)))


def refusal(error: FrappeException) -> str:
	"""What the server tells a user when it refuses."""
	body = error.response.json()
	rows = [json.loads(row) for row in json.loads(body.get("_server_messages") or "[]")]
	return " ".join(row["message"] for row in rows)


def test_a_child_is_registered(child: dict, country) -> None:
	assert (child["file_state"], child["institution"]) == ("Draft", country.here.institution)
	assert child["full_name"].startswith("ليلى عبد الرحمن")
	assert child["national_number_check"] == "Valid"


def test_a_photograph_is_uploaded_and_stays_private(
	entry: FrappeConnector, stranger: FrappeConnector, child: dict
) -> None:
	from social_care.tests import factories

	picture = factories.image()
	stored = entry.post_api(
		"frappe.client.attach_file",
		{
			"filename": f"{child['name']}.png",
			"filedata": base64.b64encode(picture).decode(),
			"doctype": "Child",
			"docname": child["name"],
			"docfield": "photo",
			"decode_base64": 1,
			"is_private": 0,
		},
	)
	assert stored["file_url"].startswith("/private/files/")
	saved = entry.get_doc("Child", child["name"])
	assert (saved["photo"], saved["photo_date"]) == (stored["file_url"], nowdate())
	assert entry._request("GET", URL + stored["file_url"]).content == picture
	assert stranger._request("GET", URL + stored["file_url"]).status_code == 403


def test_what_is_no_photograph_is_refused_in_arabic(entry: FrappeConnector, child: dict) -> None:
	with pytest.raises(FrappeException) as error:
		entry.post_api(
			"frappe.client.attach_file",
			{
				"filename": "x.png",
				"filedata": base64.b64encode(b"no picture").decode(),
				"doctype": "Child",
				"docname": child["name"],
				"docfield": "photo",
				"decode_base64": 1,
				"is_private": 1,
			},
		)
	assert "الملف" in refusal(error.value) or "صورة" in refusal(error.value)


def test_the_list_and_the_count_agree(entry: FrappeConnector, child: dict) -> None:
	rows = entry.get_list("Child", fields=["name", "full_name"], filters={"name": child["name"]})
	assert rows == [{"name": child["name"], "full_name": child["full_name"]}]
	every = entry.get_list("Child", fields=["name"], page_size=0)
	assert entry.get_api("frappe.client.get_count", {"doctype": "Child"}) == len(every)


def test_a_stranger_finds_nothing(stranger: FrappeConnector, child: dict) -> None:
	assert stranger.get_list("Child", fields=["name"], filters={"name": child["name"]}) == []
	assert (
		stranger.get_api("frappe.client.get_count", {"doctype": "Child", "filters": {"name": child["name"]}})
		== 0
	)
	with pytest.raises(FrappeException) as error:
		stranger.get_doc("Child", child["name"])
	assert error.value.response.status_code == 403
	with pytest.raises(FrappeException):
		stranger.post_api(
			"frappe.client.set_value",
			{"doctype": "Child", "name": child["name"], "fieldname": "room_group", "value": "x"},
		)


@pytest.mark.parametrize(
	("values", "word"),
	[
		({"national_number": "30001010100"}, "14"),
		({"admission_date": "2999-01-01"}, "المستقبل"),
		({"sex": "Robot"}, "Robot"),
	],
)
def test_refusals_are_in_arabic(entry: FrappeConnector, child: dict, values: dict, word: str) -> None:
	with pytest.raises(FrappeException) as error:
		entry.post_api(
			"frappe.client.set_value", {"doctype": "Child", "name": child["name"], "fieldname": values}
		)
	told = refusal(error.value)
	assert word in told
	assert any("\u0621" <= letter <= "\u064a" for letter in told), told


def test_the_file_goes_through_its_workflow(entry: FrappeConnector, country, child: dict) -> None:
	from social_care.registry.file_review import APPROVED

	steps = (
		(entry, "Submit to Directorate"),
		(client(country.here.officer), "Mark as Reviewed"),
		(client(country.here.chief), "Approve File"),
	)
	for actor, action in steps:
		done = actor.post_api(
			"frappe.model.workflow.apply_workflow",
			{"doc": {"doctype": "Child", "name": child["name"]}, "action": action},
		)
	assert done["file_state"] == APPROVED
	with pytest.raises((ServerError, FrappeException)):
		entry.post_api(
			"frappe.model.workflow.apply_workflow",
			{"doc": {"doctype": "Child", "name": child["name"]}, "action": "Approve File"},
		)


def test_a_wrong_key_opens_nothing(child: dict) -> None:
	wrong = FrappeConnector(URL, api_key="no-such-key", api_secret="x")
	with pytest.raises(FrappeException) as error:
		wrong.get_doc("Child", child["name"])
	assert error.value.response.status_code in (401, 403)
