"""Questions, answers and decisions on identity over HTTP: by those who may not, and through every door of the framework."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import frappe
import pytest
from social_care.registry.verification import BATCH, DIFFERENCE, QUESTION, batches

from isolation.browser import Browser
from isolation.records import Stage

API = "social_care.api.identity"
REFUSED = (403, 404, 417)


@pytest.fixture(scope="module")
def asked(stage: Stage) -> tuple[str, str, str]:
	"""A batch of the one side, with a question and a difference."""
	place = stage.here.place
	frappe.set_user(place.officer)
	unit = frappe.db.get_value("Institution", place.institution, "org_unit")
	batch = frappe.get_doc({"doctype": BATCH, "source": "CIVIL-REGISTRY", "org_unit": unit}).insert().name
	batches.run(batch)
	frappe.set_user("Administrator")
	question, person = frappe.db.get_value(QUESTION, {"batch": batch}, ["name", "person"])
	values = {
		"person": person,
		"child": frappe.db.get_value("Child", {"person": person}),
		"field": "First Name",
	}
	values |= {"our_value": "أ", "registry_value": "ب", "question": question, "source": "CIVIL-REGISTRY"}
	difference = frappe.get_doc({"doctype": DIFFERENCE, **values}).insert(ignore_permissions=True).name
	frappe.db.commit()
	return batch, question, difference


def test_who_may_not_gets_nothing(asked: tuple, stage: Stage) -> None:
	batch, _question, difference = asked
	here, there = stage.here.place, stage.there.place
	outsiders = [stage.browser(user) for user in (there.officer, there.chief, here.entry, here.director)]
	for outsider in (*outsiders, Browser()):
		for method, values in (
			("questions", {"batch": batch, "kind": "CSV"}),
			("ask", {"batch": batch}),
			("withdraw", {"batch": batch}),
			("propose", {"difference": difference, "decision": "Keep Our Value", "reason": "x"}),
			("decide", {"difference": difference, "approved": 1}),
		):
			assert outsider.call(f"{API}.{method}", **values).status_code in REFUSED, method
		files = {"file": ("a.csv", b"a,b\n1,2\n")}
		told = outsider.session.post(
			f"{outsider.url}/api/method/{API}.answers", data={"batch": batch}, files=files
		)
		assert told.status_code in (*REFUSED, 400)
	frappe.db.rollback()
	assert frappe.db.get_value(BATCH, batch, "status") == "Ready"
	assert frappe.db.get_value(DIFFERENCE, difference, "state") == "Not Yet Decided"


def test_nothing_is_changed_by_reading(asked: tuple, stage: Stage) -> None:
	officer = stage.browser(stage.here.place.officer)
	for method, values in (("questions", {"kind": "CSV"}), ("withdraw", {}), ("ask", {})):
		assert officer.ask(f"{API}.{method}", batch=asked[0], **values).status_code in REFUSED


def test_no_door_of_the_framework_writes_these_rows(asked: tuple, stage: Stage) -> None:
	batch, question, difference = asked
	for user in (stage.here.place.officer, stage.here.place.chief):
		browser = stage.browser(user)
		for doctype, name, values in (
			(BATCH, batch, {"status": "Finished"}),
			(QUESTION, question, {"state": "Confirmed"}),
			(DIFFERENCE, difference, {"state": "Accepted"}),
			("Identity Source", "CIVIL-REGISTRY", {"four_eyes": 0}),
		):
			assert browser.put(f"/api/resource/{doctype}/{name}", values).status_code in REFUSED, doctype
			assert browser.delete(f"/api/resource/{doctype}/{name}").status_code in REFUSED, doctype
			answer = browser.call("frappe.client.set_value", doctype=doctype, name=name, fieldname=values)
			assert answer.status_code in REFUSED, doctype
		answer = browser.post("/api/resource/Identity Question", {"batch": batch, "state": "Confirmed"})
		assert answer.status_code in REFUSED


def test_the_state_of_a_person_is_not_written(asked: tuple, stage: Stage) -> None:
	person = frappe.db.get_value(QUESTION, asked[1], "person")
	child = frappe.db.get_value("Child", {"person": person})
	browser = stage.browser(stage.here.place.officer)
	browser.put(f"/api/resource/Child/{child}", {"identity_state": "Confirmed"})
	browser.put(f"/api/resource/Person/{person}", {"identity_state": "Confirmed"})
	frappe.db.rollback()
	assert frappe.db.get_value("Person", person, "identity_state") == "Waiting"


def test_the_questions_are_a_file_of_their_own_place(asked: tuple, stage: Stage) -> None:
	answer = stage.browser(stage.here.place.officer).call(f"{API}.questions", batch=asked[0], kind="CSV")
	assert answer.status_code == 200
	text = answer.content.decode("utf-8-sig")
	assert stage.here.national_number in text
	assert stage.there.national_number not in text
	assert stage.here.child not in text
	frappe.db.rollback()
	read = {
		"channel": "Workbook",
		"user": stage.here.place.officer,
		"endpoint": ["like", "%identity.questions%"],
	}
	assert frappe.get_all("Read Log", read)


def test_a_protected_field_is_refused_at_every_door(asked: tuple, stage: Stage) -> None:
	child = stage.here.child
	before = frappe.db.get_value("Child", child, "family_name")
	with protected("family_name"):
		for user in (stage.here.place.entry, stage.here.place.director, stage.here.place.officer):
			browser = stage.browser(user)
			values = {"family_name": "الشافعي"}
			saved = frappe.get_doc("Child", child).as_dict() | values
			answers = [
				browser.put(f"/api/resource/Child/{child}", values),
				browser.call("frappe.client.set_value", doctype="Child", name=child, fieldname=values),
				browser.call(
					"frappe.desk.form.save.savedocs", doc=json.dumps(saved, default=str), action="Save"
				),
			]
			assert [answer.status_code in REFUSED for answer in answers] == [True] * 3
		frappe.db.rollback()
		assert frappe.db.get_value("Child", child, "family_name") == before
		outsider = stage.browser(stage.there.place.chief)
		values = {"child": child, "field": "family_name", "value": "x", "reason": "x", "paper": "x"}
		assert outsider.call("social_care.api.change_requests.ask", **values).status_code in REFUSED
		assert outsider.call("social_care.api.change_requests.fields", child=child).status_code in REFUSED


@contextmanager
def protected(field: str) -> Iterator[None]:
	settings = frappe.get_doc("Social Care Settings")
	settings.set("change_rules", [{"field": field, "applies": "Always", "directorate": 1}])
	settings.save()
	frappe.db.commit()
	try:
		yield
	finally:
		settings = frappe.get_doc("Social Care Settings")
		settings.set("change_rules", [])
		settings.save()
		frappe.db.commit()
