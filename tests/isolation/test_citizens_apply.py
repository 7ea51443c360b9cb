"""Pages and forms of services: what a guest may send, and everything that he may not."""

import json
import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import frappe
import pytest
from frappe.utils import add_days, nowdate
from social_care.services.tests.cases import VISIT, VISITS

from isolation.citizens import Citizen, page, request_of, set_value
from isolation.records import Stage

pytestmark = pytest.mark.usefixtures("services_open")


class TestPages:
	def test_the_list_and_the_form_are_arabic_and_light(self) -> None:
		for path, words in (
			("/services", "خدمات"),
			("/services/sc-07", "نوع التصريح"),
			("/services/follow", "متابعة"),
		):
			answer = page(path)
			assert answer.status_code == 200, path
			assert '<html lang="ar" dir="rtl">' in answer.text and "noindex" in answer.text
			assert words in answer.text, answer.text
			assert not re.findall(r"https?://", answer.text), "nothing from another host"
			assert "no-store" in answer.headers["Cache-Control"]
			visible = re.sub(r"<script.*?</script>|<[^>]+>", " ", answer.text, flags=re.S)
			assert not re.search(r"[A-Za-z]{4,}", visible.replace("JavaScript", "")), visible

	def test_the_first_visit_loads_less_than_60_kilobytes(self) -> None:
		answer = page("/services/sc-07")
		parts = re.findall(r'(?:src|href)="(/assets/[^"]+)"', answer.text)
		sizes = [len(page(part).content) for part in parts]
		assert len(answer.content) + sum(sizes) < 60_000, (
			len(answer.content),
			dict(zip(parts, sizes, strict=True)),
		)

	@pytest.mark.parametrize("code", ["sc-99", "form", "SC-07'--", "%00", "x" * 3000, "sc-08"])
	def test_what_is_not_offered_is_not_found(self, code: str, person: Citizen) -> None:
		assert page(f"/services/{code}").status_code in (400, 404, 414)
		answer = person.post("apply", service=code, data="{}", page_key=str(uuid.uuid4()))
		assert answer.status_code == 417 and "traceback" not in answer.text.lower()

	def test_the_frameworks_own_form_is_not_reached(self, person: Citizen) -> None:
		for path in ("/services/sc-07/new", "/services/sc-07/list", "/services/sc-07/x/edit", "/sc-07"):
			assert page(path).status_code == 404, path

	@pytest.mark.parametrize(
		("doctype", "name", "field", "value"),
		[
			("Service", VISIT, "status", "Suspended"),
			("Service", VISIT, "active_to", "2020-01-01"),
			("Web Form", "sc-07", "published", 0),
		],
	)
	def test_a_closed_service_has_no_page(
		self, person: Citizen, doctype: str, name: str, field: str, value
	) -> None:
		row = frappe.get_doc(doctype, name)
		before = row.get(field)
		set_value(doctype, name, field, value)
		try:
			assert page("/services/sc-07").status_code == 404
			assert "/services/sc-07" not in page("/services").text
			answer = person.post(
				"apply", service="sc-07", data=json.dumps(person.form()), page_key=str(uuid.uuid4())
			)
			assert answer.status_code == 417
			assert person.post("offices", service="sc-07", governorate="01").status_code == 417
		finally:
			set_value(doctype, name, field, before)
		assert page("/services/sc-07").status_code == 200


class TestApplying:
	def test_a_form_becomes_a_request_with_a_receipt(self, person: Citizen, stage: Stage) -> None:
		answer = person.apply(applicant_phone="٠١٠٠ ٧٦٥ ٤٣٢١")
		doc = request_of(answer["receipt"])
		assert (doc.channel, doc.status, doc.owner) == ("Citizen", "Request Received", "Guest")
		assert (doc.institution, doc.org_unit) == (stage.here.place.institution, stage.here.place.district)
		assert doc.subject_said == "كريم أحمد" and not doc.child
		assert {row["code"] for row in answer["papers"]} == {"host_id", "kinship_proof", "undertaking"}
		assert not answer["secret"]

	def test_only_fields_of_the_form_are_taken(self, person: Citizen, stage: Stage) -> None:
		answer = person.apply(
			status="Permit Granted",
			child=stage.there.child,
			social_worker_opinion="Agree",
			child_view="نعم",
			decided_by="Administrator",
			fee_amount=0,
			channel="Counter",
			receipt="26-000000000",
			owner="Administrator",
			name="X",
			documents=[{"document_code": "host_id", "state": "Verified"}],
			clock=[{"state": "x"}],
			flags={"by_system": 1},
			org_unit=stage.there.place.district,
		)
		doc = request_of(answer["receipt"])
		assert doc.status == "Request Received"
		assert not (doc.child or doc.social_worker_opinion or doc.child_view)
		assert doc.owner == "Guest" and doc.org_unit == stage.here.place.district
		assert {row.state for row in doc.documents} == {"Missing"} and len(doc.clock) == 1

	def test_what_is_wrong_is_said_field_by_field(self, person: Citizen) -> None:
		found = person.apply(
			applicant_name="سعاد",
			applicant_phone="12",
			applicant_national_number="123",
			applicant_email="x",
			subject_said="",
			permit_kind="Overnight Stay",
			visit_from=add_days(nowdate(), -4),
			relation_to_child="Neighbour",
			place="institution:NO",
		)["errors"]
		wanted = {
			"applicant_name",
			"applicant_phone",
			"applicant_national_number",
			"applicant_email",
			"place",
		}
		wanted |= {"subject_said", "visit_from", "visit_to", "relation_to_child", "host_household"}
		assert set(found) == wanted, found
		assert not re.search("[A-Za-z]{3,}", " ".join(found.values())), found

	def test_an_institution_elsewhere_or_not_in_public_is_not_chosen(
		self, person: Citizen, stage: Stage
	) -> None:
		home = f"institution:{stage.there.place.institution}"
		assert "place" in person.apply(place=home)["errors"]
		mine = stage.here.place.institution
		kind = frappe.db.get_value("Institution", mine, "institution_type")
		set_value("Institution Type", kind, "kept_private", 1)
		try:
			assert mine not in json.dumps(person.message("offices", service="sc-07", governorate="01"))
			assert "place" in person.apply()["errors"]
		finally:
			set_value("Institution Type", kind, "kept_private", 0)

	def test_one_page_is_one_request_however_often_it_is_sent(self, person: Citizen) -> None:
		key = str(uuid.uuid4())
		sent = {"service": "sc-07", "data": json.dumps(person.form()), "page_key": key}
		with ThreadPoolExecutor(6) as pool:
			answers = list(pool.map(lambda _turn: person.message("apply", **sent), range(6)))
		receipts = {answer["receipt"] for answer in answers}
		assert len(receipts) == 1
		frappe.db.rollback()
		assert frappe.db.count(VISITS, {"receipt": receipts.pop()}) == 1

	@pytest.mark.parametrize(
		"text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "مرحبا <b>"]
	)
	def test_markup_is_refused_beside_its_field(self, person: Citizen, text: str) -> None:
		found = person.apply(stay_address=text, applicant_name=f"سعاد {text}")["errors"]
		assert {"stay_address", "applicant_name"} <= set(found)

	@pytest.mark.parametrize(
		"data",
		[
			"",
			"[]",
			"null",
			"12",
			'"x"',
			"{",
			"[" * 100_000,
			'{"a":' * 50_000,
			"x" * 2_000_000,
			'{"place": {"like": "%"}}',
		],
	)
	def test_what_is_no_form_is_refused_in_words(self, person: Citizen, data: str) -> None:
		answer = person.post("apply", service="sc-07", data=data, page_key=str(uuid.uuid4()))
		assert answer.status_code == 200 and answer.json()["message"]["errors"], answer.text[:300]

	@pytest.mark.parametrize(
		"values", [{"data": {"a": 1}}, {"data": ["x"]}, {"page_key": ["x"]}, {"service": {"x": 1}}]
	)
	def test_nor_are_arguments_of_another_kind(self, person: Citizen, values: dict) -> None:
		first = {"service": "sc-07", "data": json.dumps(person.form()), "page_key": str(uuid.uuid4())}
		answer = person.post("apply", **(first | values))
		assert answer.status_code < 500 and "receipt" not in answer.text

	def test_whoever_is_logged_in_is_sent_to_the_desk(self, stage: Stage, person: Citizen) -> None:
		browser = stage.browser(stage.here.place.entry)
		answer = browser.call(
			"social_care.api.citizens.apply",
			service="sc-07",
			data=json.dumps(person.form()),
			page_key=str(uuid.uuid4()),
		)
		assert answer.status_code == 403 or "errors" in answer.text
