"""Following a request: what a receipt and a telephone open, and what guesses do not."""

import json
import uuid

import frappe
import pytest
import requests
from frappe.utils import add_days, nowdate
from social_care.services.tests.cases import VISITS

from isolation.browser import URL
from isolation.citizens import (
	PHONE,
	PLENTY,
	Citizen,
	move,
	publish,
	request_of,
	sample_form,
	set_limits,
	set_value,
	worker,
)
from isolation.records import Stage

pytestmark = pytest.mark.usefixtures("services_open")


class TestFollowing:
	def test_receipt_and_telephone_open_it(self, person: Citizen) -> None:
		receipt = person.apply()["receipt"]
		found = person.visit(f" {receipt.lower()} ", "+20 100 7654321")["requests"]
		assert [row["state"] for row in found] == ["تم الاستلام"]
		assert {row["kind"] for row in found[0]["steps"]} == {"withdraw"}

	def test_nothing_of_people_is_told(self, person: Citizen, stage: Stage) -> None:
		answer = person.apply()
		doc = request_of(answer["receipt"])
		move(doc, worker(stage), "Under Study")
		text = json.dumps(person.visit(answer["receipt"]), ensure_ascii=False)
		for secret in (
			"سعاد",
			"كريم",
			"worker",
			"@",
			"النصر",
			PHONE,
			"7654321",
			stage.here.place.institution,
		):
			assert secret not in text, secret

	def test_wrong_number_and_wrong_telephone_get_one_answer(self, person: Citizen) -> None:
		receipt = person.apply()["receipt"]
		tries = [(receipt, "0100 111 2222"), ("26-000000000", PHONE), ("", ""), (receipt, ""), ("%", "%")]
		answers = [person.post("follow", receipt=number, phone=phone) for number, phone in tries]
		assert {answer.status_code for answer in answers} == {417}
		assert len({answer.json()["_server_messages"] for answer in answers}) == 1

	@pytest.mark.parametrize("field", ["receipt", "phone"])
	@pytest.mark.parametrize("value", [["x"], {"like": "%"}, None, 5, True, "x" * 100_000])
	def test_nor_is_anything_but_a_text(self, person: Citizen, field: str, value) -> None:
		answer = person.post("follow", **({"receipt": "26-000000000", "phone": PHONE} | {field: value}))
		assert answer.status_code in (417, 413)

	def test_a_receipt_without_a_telephone_is_never_opened(self, person: Citizen, stage: Stage) -> None:
		receipt = frappe.get_doc(
			{"doctype": "Service Receipt", "org_unit": stage.here.place.district, "applicant_name": "علي عمر"}
		).insert()
		frappe.db.commit()
		for phone in ("", "0", "00", "+20", "؟"):
			assert person.post("follow", receipt=receipt.name, phone=phone).status_code == 417

	def test_guesses_of_a_telephone_are_stopped(self, person: Citizen) -> None:
		receipt = person.apply()["receipt"]
		set_limits({"citizen_follow_failures": 3})
		logs = {name: frappe.db.count(name) for name in ("Error Log", "Access Log", "Activity Log")}
		codes = [person.post("follow", receipt=receipt, phone=f"0100{n:07}").status_code for n in range(6)]
		assert codes == [417, 417, 417, 429, 429, 429]
		assert person.post("follow", receipt=receipt, phone=PHONE).status_code == 429, (
			"the right one waits, too"
		)
		frappe.db.rollback()
		assert logs == {name: frappe.db.count(name) for name in logs}, "guesses fill no log"
		set_limits({"citizen_follow_failures": 5})

	def test_guesses_of_receipts_are_stopped_by_address_whatever_a_header_says(self, person: Citizen) -> None:
		set_limits({"citizen_calls_per_minute": 4})
		try:
			codes = [
				requests.post(
					f"{URL}/api/method/social_care.api.citizens.follow",
					json={"receipt": f"26-{n:09}", "phone": PHONE},
					headers={"Accept": "application/json", "X-Forwarded-For": f"10.0.0.{n}"},
					timeout=60,
				).status_code
				for n in range(8)
			]
		finally:
			set_limits(PLENTY)
			frappe.cache.delete_keys("rl:")
		assert codes[-1] == 429

	def test_a_pass_is_of_one_receipt_and_of_an_hour(self, person: Citizen) -> None:
		mine, other = person.apply(), person.apply(applicant_phone="01112223334")
		answer = person.post("step", visit=mine["pass"], request=other["request"], code="withdraw", seen=1)
		assert answer.status_code == 417
		assert request_of(other["receipt"]).status == "Request Received"
		for wrong in ("", "x", mine["pass"][:-1], ["x"], {"a": 1}, None):
			assert person.post("look", visit=wrong).status_code in (417, 500 if wrong is None else 417)

	def test_an_answer_goes_back_to_study(self, person: Citizen, stage: Stage) -> None:
		answer = person.apply()
		move(request_of(answer["receipt"]), worker(stage), "Under Study")
		doc = request_of(answer["receipt"])
		move(doc, worker(stage), "Waiting for the Applicant", reason="صورة البطاقة غير واضحة")
		shown = person.visit(answer["receipt"])
		[request] = shown["requests"]
		assert request["asked"] == "صورة البطاقة غير واضحة" and request["kind"] == "waiting"
		values = {
			"visit": shown["pass"],
			"request": request["key"],
			"code": "answer",
			"seen": request["seen"],
		}
		for _tap in range(2):
			after = person.message("step", text="أرفقت صورة جديدة", **values)
		assert after["requests"][0]["state"] == "قيد الدراسة"
		doc = request_of(answer["receipt"])
		assert [row.reason for row in doc.clock][-1] == "أرفقت صورة جديدة" and len(doc.clock) == 4
		assert doc.clock[-1].moved_by == "Guest"

	@pytest.mark.parametrize(
		"code", ["begin_study", "grant", "refuse", "submit_for_decision", "answer", "appeal", "x"]
	)
	def test_no_step_of_anybody_else_is_taken(self, person: Citizen, code: str) -> None:
		answer = person.apply()
		sent = person.post(
			"step", visit=answer["pass"], request=answer["request"], code=code, text="نص", seen=1
		)
		assert sent.status_code == 417
		assert request_of(answer["receipt"]).status == "Request Received"

	def test_withdrawing_ends_it_and_it_is_rated_once(self, person: Citizen) -> None:
		answer = person.apply()
		values = {"visit": answer["pass"], "request": answer["request"]}
		assert person.post("rate", stars=5, **values).status_code == 417, "not before the end"
		person.message("step", code="withdraw", seen=1, **values)
		assert request_of(answer["receipt"]).status == "Withdrawn by the Applicant"
		for stars in (0, 6, -1, "x", 2.5e9):
			assert person.post("rate", stars=stars, **values).status_code == 417
		assert person.post("rate", stars=4, text="<script>x</script>", **values).status_code == 417
		person.message("rate", stars=4, text="شكرا", **values)
		person.message("rate", stars=1, text="غيره", **values)
		doc = request_of(answer["receipt"])
		assert (doc.rating, doc.rating_comment) == (4, "شكرا")

	def test_an_appeal_is_made_in_its_days_only(self, person: Citizen, stage: Stage) -> None:
		answer = person.apply()
		doc = refused(answer["receipt"], stage)
		shown = person.visit(answer["receipt"])
		[request] = shown["requests"]
		assert "رأي الابن" not in json.dumps(shown, ensure_ascii=False), "reasons are told by the office"
		values = {
			"visit": shown["pass"],
			"request": request["key"],
			"code": "appeal",
			"seen": request["seen"],
		}
		assert person.post("step", text="", **values).status_code == 417, "with words"
		set_value(VISITS, doc.name, "decided_on", add_days(nowdate(), -16))
		assert person.post("step", text="أتظلم", **values).status_code == 417
		set_value(VISITS, doc.name, "decided_on", add_days(nowdate(), -15))
		person.message("step", text="أتظلم من القرار", **values)
		doc = request_of(answer["receipt"])
		assert doc.status == "Appeal under Review" and doc.reason == "أتظلم من القرار"


def refused(receipt: str, stage: Stage):
	"""The request of a receipt, refused by the directorate."""
	doc, staff = request_of(receipt), worker(stage)
	move(doc, staff, "Under Study")
	for row in doc.documents:
		row.state = "Verified"
	doc.update({"child_view": "لا", "social_worker_opinion": "Disagree"})
	doc.save()
	frappe.db.commit()
	move(doc, staff, "Before Decision")
	return move(doc, stage.here.place.chief, "Refused", reason="رأي الابن")


class TestQuietServices:
	"""Reports without a name, and services of which nobody else is to learn."""

	def send(self, person: Citizen, service: str, **values) -> dict:
		publish(service)
		offered = person.message("offices", service=service.lower(), governorate="01")
		keys = [key for group in offered for key, _name in group["rows"]]
		here = person.stage.here.place
		own = next(key for key in (f"unit:{here.district}", f"unit:{here.directorate}") if key in keys)
		place = {"governorate": "01", "place": own}
		data = json.dumps(sample_form(service) | place | values)
		return person.message("apply", service=service.lower(), data=data, page_key=str(uuid.uuid4()))

	def test_a_report_without_a_name_is_followed_by_a_word(self, person: Citizen) -> None:
		answer = self.send(person, "SC-09", applicant_phone="", applicant_name="")
		assert answer.get("secret"), answer
		shown = person.visit(answer["receipt"], answer["secret"].lower())
		assert [row["state"] for row in shown["requests"]] == ["بغرفة البلاغات"]
		for wrong in ("", answer["secret"][:-1], PHONE, "0000000000"):
			assert person.post("follow", receipt=answer["receipt"], phone=wrong).status_code == 417
		frappe.db.rollback()
		stored = frappe.db.get_value(
			"Service Receipt", answer["receipt"], ["applicant_name", "phone_key", "secret_digest"]
		)
		assert not stored[0] and not stored[1] and answer["secret"] not in stored[2]

	def test_with_a_telephone_it_needs_no_word(self, person: Citizen) -> None:
		answer = self.send(person, "SC-09", applicant_phone=PHONE)
		assert not answer["secret"] and person.visit(answer["receipt"])["requests"]

	def test_a_confidential_service_is_not_named(self, person: Citizen) -> None:
		answer = self.send(person, "SC-40", applicant_phone=PHONE)
		assert answer.get("receipt"), answer
		shown = person.visit(answer["receipt"])
		[request] = shown["requests"]
		assert (request["service"], request["papers"], request["issued"]) == ("طلب خدمة", [], [])
		text = json.dumps(shown, ensure_ascii=False)
		office = frappe.db.get_value("Org Unit", person.stage.here.place.directorate, "unit_name")
		for told in ("أسري", "استشارة", "توجيه", office, "جيهان"):
			assert told not in text, told
