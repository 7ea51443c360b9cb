"""The public page of complaints over HTTP: one complaint, nothing of its sender, no list, guesses stopped; and who sees it afterwards."""

import json
import uuid
from dataclasses import dataclass

import frappe
import pytest
import requests

from isolation import citizens
from isolation.browser import URL, Browser
from isolation.records import Stage, account

API = "social_care_inspections.api.complaints"
COMPLAINT, SENDER, RECEIPT = "Institution Complaint", "Complaint Sender", "Complaint Receipt"
HIDDEN = (403, 404, 417)
TEXT = "zqcomplaint الأطفال ينامون بلا أغطية"
NAME, PHONE = "زقاقة محمود zqsender", "01234567890"


@pytest.fixture(scope="module", autouse=True)
def plenty(stage: Stage):
	"""Limits are met by their own tests only; the institution operates, so that the page names it."""
	frappe.set_user("Administrator")
	limits = citizens.PLENTY | {"citizen_follow_failures": 5000}
	before = {name: frappe.db.get_single_value(citizens.SETTINGS, name) for name in limits}
	citizens.set_limits(limits)
	yield
	citizens.set_limits(before)


@dataclass
class Caller:
	"""Somebody at the page, without a cookie."""

	stage: Stage

	def post(self, method: str, **values) -> requests.Response:
		url = f"{URL}/api/method/{API}.{method}"
		return requests.post(url, json=values, headers={"Accept": "application/json"}, timeout=120)

	def form(self, **values) -> dict:
		first = {
			"governorate": "01",
			"institution": f"institution:{self.stage.here.place.institution}",
			"complaint_kind": "Care and Food",
			"description": TEXT,
		}
		return first | values

	def send(self, page_key: str = "", **values) -> dict:
		data = json.dumps(self.form(**values))
		answer = self.post("send", data=data, page_key=page_key or str(uuid.uuid4()))
		assert answer.status_code == 200, answer.text[:500]
		return answer.json()["message"]

	def stored(self, receipt: str):
		frappe.db.rollback()
		name = frappe.db.get_value(RECEIPT, receipt, "institution_complaint")
		return frappe.get_doc(COMPLAINT, name)


@pytest.fixture
def caller(stage: Stage) -> Caller:
	return Caller(stage)


def everywhere(text: str) -> set[str]:
	"""`table.column` of every place of the database that holds a text."""
	columns = frappe.db.sql(
		"""select table_name, column_name from information_schema.columns where table_schema = database()
		and data_type in ('varchar', 'text', 'longtext', 'mediumtext', 'json')"""
	)
	tables: dict[str, list[str]] = {}
	for table, column in columns:
		tables.setdefault(table, []).append(column)
	found = set()
	for table, names in tables.items():
		where = " or ".join(f"`{name}` like %(text)s" for name in names)
		if frappe.db.sql(f"select 1 from `{table}` where {where} limit 1", {"text": f"%{text}%"}):
			found.add(table)
	return found


class TestSending:
	def test_one_without_a_name(self, caller: Caller) -> None:
		mark = f"zq{frappe.generate_hash(length=10)}"
		answer = caller.send(full_name=f"{NAME} {mark}", telephone=PHONE)
		doc = caller.stored(answer["receipt"])
		assert (doc.owner, doc.channel, doc.is_anonymous) == ("Guest", "Public Page", 1)
		assert (doc.org_unit, doc.shown_institution) == (caller.stage.here.place.district, None)
		assert not frappe.db.exists(SENDER, {"institution_complaint": doc.name})
		assert everywhere(mark) == set() and everywhere(PHONE) == set()

	def test_nothing_of_the_device_is_kept(self, caller: Caller) -> None:
		agent = "zqagent/1.0"
		data = json.dumps(caller.form(description=f"{TEXT} agent"))
		requests.post(
			f"{URL}/api/method/{API}.send",
			json={"data": data, "page_key": str(uuid.uuid4())},
			headers={"Accept": "application/json", "User-Agent": agent, "X-Forwarded-For": "203.0.113.77"},
			timeout=60,
		)
		frappe.db.rollback()
		assert everywhere("zqagent") == set()
		assert everywhere("203.0.113.77") == set()
		texts = everywhere("zqcomplaint")
		assert texts == {f"tab{COMPLAINT}"}

	def test_a_name_stands_apart(self, caller: Caller) -> None:
		answer = caller.send(with_name=True, full_name=f"{NAME} 2", telephone="01999999999")
		doc = caller.stored(answer["receipt"])
		assert doc.is_anonymous == 0
		sender = frappe.get_doc(SENDER, {"institution_complaint": doc.name})
		assert (sender.full_name, sender.sender_kind) == (f"{NAME} 2", "Citizen")
		assert everywhere("zqsender 2") == {f"tab{SENDER}"}

	def test_a_second_tap_is_the_first_complaint(self, caller: Caller) -> None:
		key = str(uuid.uuid4())
		first, second = caller.send(key), caller.send(key, description="zqcomplaint شيء آخر تماما")
		assert first == second
		assert caller.stored(first["receipt"]).description == TEXT

	def test_sentences_for_what_is_wrong(self, caller: Caller) -> None:
		for values, field in (
			({"governorate": "99"}, "governorate"),
			({"institution": "institution:nothing"}, "institution"),
			({"institution": f"institution:{caller.stage.there.place.institution}"}, "institution"),
			({"institution": ""}, "institution_as_written"),
			({"complaint_kind": "x"}, "complaint_kind"),
			({"description": "قصير"}, "description"),
			({"description": "<script>alert(1)</script> نص طويل"}, "description"),
			({"with_name": True}, "full_name"),
		):
			errors = caller.send(**values)["errors"]
			assert field in errors and not any(ord(sign) < 128 and sign.isalpha() for sign in errors[field])

	@pytest.mark.parametrize("key", ["", "short", "a" * 100, "zq;drop table--aaaaaaaaaaa"])
	def test_no_key_of_a_page(self, caller: Caller, key: str) -> None:
		answer = caller.post("send", data=json.dumps(caller.form()), page_key=key)
		assert answer.status_code == 417

	def test_what_the_page_may_not_fill(self, caller: Caller) -> None:
		forged = {
			"status": "Closed",
			"outcome": "Unfounded",
			"answer": "x",
			"shown_institution": "x",
			"owner": "x",
		}
		doc = caller.stored(caller.send(**forged)["receipt"])
		assert doc.status == "Received"
		assert not any((doc.outcome, doc.answer, doc.shown_institution))

	def test_an_institution_that_is_not_on_the_list(self, caller: Caller) -> None:
		sent = {"institution": "", "institution_as_written": "دار بلا لافتة في شارع النصر"}
		doc = caller.stored(caller.send(**sent)["receipt"])
		assert doc.institution is None and doc.institution_as_written == sent["institution_as_written"]
		assert doc.org_unit

	def test_one_about_the_supervising_office_goes_above_it(self, caller: Caller) -> None:
		doc = caller.stored(caller.send(about_office=True)["receipt"])
		assert doc.against_unit and doc.org_unit not in (
			doc.against_unit,
			caller.stage.here.place.district,
			caller.stage.here.place.directorate,
		)
		for person in (caller.stage.here.place.chief, caller.stage.here.place.officer):
			answer = caller.stage.browser(person).get(f"/api/resource/{COMPLAINT}/{doc.name}")
			assert answer.status_code in HIDDEN

	def test_the_page_is_closed_by_the_settings(self, caller: Caller) -> None:
		citizens.set_value("Inspection Settings", "Inspection Settings", "complaints_in_public", 0)
		try:
			answer = caller.post("send", data=json.dumps(caller.form()), page_key=str(uuid.uuid4()))
			assert answer.status_code == 417
			assert citizens.page("/complaint").status_code == 404
		finally:
			citizens.set_value("Inspection Settings", "Inspection Settings", "complaints_in_public", 1)
		assert citizens.page("/complaint").status_code == 200


class TestFollowing:
	def test_number_and_word_open_it(self, caller: Caller) -> None:
		sent = caller.send()
		answer = caller.post("follow", receipt=f" {sent['receipt'].lower()} ", secret=sent["secret"].lower())
		found = answer.json()["message"]
		assert found["state"] and found["words"] == "وصلت شكواك وتنتظر الفحص."
		for hidden in ("zqcomplaint", caller.stage.here.place.institution, "@", "IC-"):
			assert hidden not in answer.text

	def test_the_answer_is_told_after_the_decision_only(self, caller: Caller) -> None:
		sent = caller.send()
		doc = caller.stored(sent["receipt"])
		frappe.db.set_value(COMPLAINT, doc.name, {"answer": "فحصنا شكواك", "status": "In Examination"})
		frappe.db.commit()
		follow = {"receipt": sent["receipt"], "secret": sent["secret"]}
		assert "فحصنا" not in caller.post("follow", **follow).json()["message"]["answer"]
		frappe.db.set_value(COMPLAINT, doc.name, {"status": "Decided", "decided_on": frappe.utils.now()})
		frappe.db.commit()
		assert caller.post("follow", **follow).json()["message"]["answer"] == "فحصنا شكواك"

	def test_wrong_number_and_wrong_word_get_one_answer(self, caller: Caller) -> None:
		receipt = caller.send()["receipt"]
		tries = [(receipt, "AAAAAAAAAA"), ("26-000000000", "AAAAAAAAAA"), ("", ""), (receipt, ""), ("%", "%")]
		answers = [caller.post("follow", receipt=number, secret=word) for number, word in tries]
		assert {answer.status_code for answer in answers} == {417}
		assert len({answer.json()["_server_messages"] for answer in answers}) == 1

	def test_guesses_are_stopped_for_the_right_word_too(self, caller: Caller) -> None:
		sent = caller.send()
		citizens.set_limits({"citizen_follow_failures": 3})
		try:
			guesses = [
				caller.post("follow", receipt=sent["receipt"], secret=f"AAAAAAAA{n}0") for n in range(5)
			]
			assert [answer.status_code for answer in guesses] == [417, 417, 417, 429, 429]
			assert caller.post("follow", **sent).status_code == 429
		finally:
			citizens.set_limits({"citizen_follow_failures": 5000})

	@pytest.mark.parametrize("value", [["x"], {"like": "%"}, None, 5, "x" * 100_000])
	def test_nor_is_anything_but_a_text(self, caller: Caller, value) -> None:
		answer = caller.post("follow", receipt=value, secret=value)
		assert answer.status_code in (417, 413)


class TestDoors:
	def test_staff_works_on_the_desk(self, stage: Stage) -> None:
		browser = stage.browser(stage.here.place.director)
		for method, values in (
			("send", {"data": "{}", "page_key": str(uuid.uuid4())}),
			("follow", {"receipt": "26-000000000", "secret": "x"}),
			("institutions", {"governorate": "01"}),
		):
			assert browser.call(f"{API}.{method}", **values).status_code == 403

	def test_no_call_by_a_link(self, caller: Caller) -> None:
		for method in ("send", "follow", "institutions"):
			answer = requests.get(f"{URL}/api/method/{API}.{method}", timeout=60)
			assert answer.status_code in HIDDEN

	@pytest.mark.parametrize("doctype", [COMPLAINT, SENDER, RECEIPT])
	def test_a_guest_lists_nothing(self, guest: Browser, doctype: str) -> None:
		for answer in (
			guest.get(f"/api/resource/{doctype}", fields=["*"]),
			guest.call("frappe.client.get_list", doctype=doctype),
			guest.post(f"/api/resource/{doctype}", {"description": TEXT}),
			guest.call("frappe.client.get_count", doctype=doctype),
		):
			assert answer.status_code in HIDDEN

	@pytest.mark.parametrize("who", ["director", "entry"])
	def test_the_institution_finds_none(self, caller: Caller, stage: Stage, who: str) -> None:
		sent = caller.send(with_name=True, full_name=f"{NAME} 3")
		doc = caller.stored(sent["receipt"])
		sender = frappe.db.get_value(SENDER, {"institution_complaint": doc.name})
		browser = stage.browser(getattr(stage.here.place, who))
		for doctype, name in ((COMPLAINT, doc.name), (SENDER, sender), (RECEIPT, sent["receipt"])):
			row = {"doctype": doctype, "name": name}
			answers = [
				browser.get(f"/api/resource/{doctype}/{name}"),
				browser.call("frappe.desk.form.load.getdoc", **row),
				browser.get("/printview", **row),
				browser.put(f"/api/resource/{doctype}/{name}", {"status": "Closed"}),
			]
			assert all(answer.status_code in HIDDEN for answer in answers), (
				doctype,
				[a.text[:100] for a in answers],
			)
			listed = browser.get(f"/api/resource/{doctype}", fields=["*"], limit_page_length=0)
			assert listed.status_code in HIDDEN or name not in listed.text
		logs = browser.get("/api/resource/Notification Log", fields=["*"], limit_page_length=0)
		assert doc.name not in logs.text

	def test_nobody_reads_digests(self, caller: Caller, stage: Stage) -> None:
		receipt = caller.send()["receipt"]
		for user in (stage.country.head, stage.here.place.chief):
			browser = stage.browser(user)
			assert browser.get(f"/api/resource/{RECEIPT}/{receipt}").status_code in HIDDEN
			assert browser.get(f"/api/resource/{RECEIPT}", fields=["*"]).status_code in HIDDEN

	def test_the_institution_that_is_asked_sees_its_text_alone(self, caller: Caller, stage: Stage) -> None:
		doc = caller.stored(caller.send()["receipt"])
		manager = account("Social Administration Manager", stage.here.place.district)
		browser = Browser(manager)
		step = {"doctype": COMPLAINT, "name": doc.name}
		stored = browser.get(f"/api/resource/{COMPLAINT}/{doc.name}").json()["data"]
		assert stored["description"] == TEXT
		answer = browser.call(
			"frappe.model.workflow.apply_workflow", doc=stored | step, action="Examine Complaint"
		)
		assert answer.status_code == 200, answer.text[:400]
		asked = {"ask_institution": 1, "text_for_institution": "ما نظام الأغطية؟"}
		assert browser.put(f"/api/resource/{COMPLAINT}/{doc.name}", asked).status_code == 200
		home = stage.browser(stage.here.place.director)
		for seen in (
			home.get(f"/api/resource/{COMPLAINT}/{doc.name}"),
			home.call("frappe.desk.form.load.getdoc", **step),
			home.get(f"/api/resource/{COMPLAINT}", fields=["*"], limit_page_length=0),
		):
			assert seen.status_code == 200 and "ما نظام الأغطية؟" in json.dumps(
				seen.json(), ensure_ascii=False
			)
			assert "zqcomplaint" not in seen.text and "Public Page" not in seen.text
		for column in ("description", "channel", "examination_notes"):
			filtered = home.get(
				f"/api/resource/{COMPLAINT}",
				filters=[[COMPLAINT, column, "like", "%zq%"]],
				limit_page_length=0,
			)
			assert filtered.status_code in HIDDEN
		reply = home.put(f"/api/resource/{COMPLAINT}/{doc.name}", {"institution_reply": "وُزعت أغطية"})
		assert reply.status_code == 200, reply.text[:300]
		assert "zqcomplaint" not in reply.text


class TestPage:
	@pytest.mark.parametrize("path", ["/complaint", "/complaint/follow"])
	def test_arabic_unindexed_and_without_a_cookie(self, path: str) -> None:
		answer = citizens.page(path)
		assert answer.status_code == 200, answer.text[:300]
		assert 'lang="ar" dir="rtl"' in answer.text and "noindex" in answer.text
		assert "no-store" in answer.headers["Cache-Control"] or "no-cache" in answer.headers["Cache-Control"]

	@pytest.mark.parametrize("path", ["/complaint/list", "/complaint/IC-2026-00001", "/complaint/index/x"])
	def test_nothing_lies_below(self, path: str) -> None:
		assert citizens.page(path).status_code == 404
