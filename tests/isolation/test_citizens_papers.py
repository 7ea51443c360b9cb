"""Papers of citizens: files that they send and never get back, and numbers of what was issued."""

import io
import json
import re

import frappe
import pytest
from frappe.utils import add_days, nowdate
from PIL import Image
from social_care.services.runtime.certificates import new_number
from social_care.services.tests.cases import VISIT, VISITS

from isolation.browser import Browser
from isolation.citizens import Citizen, picture, request_of, set_limits
from isolation.records import Stage

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def bomb() -> bytes:
	"""A picture of some kilobytes that unpacks to 400 million pixels."""
	made = io.BytesIO()
	Image.new("1", (20_000, 20_000)).save(made, "PNG", optimize=True)
	return made.getvalue()


pytestmark = pytest.mark.usefixtures("services_open")


def paper_of(answer: dict, code: str):
	"""A paper of the request as it is stored."""
	frappe.db.rollback()
	return next(row for row in request_of(answer["receipt"]).documents if row.document_code == code)


class TestPapers:
	def test_a_picture_hangs_on_its_paper_and_is_never_given_back(
		self, person: Citizen, guest: Browser, stage: Stage
	) -> None:
		answer = person.apply()
		sent = person.upload(answer, "host_id", picture(), "بطاقة.jpg")
		assert sent.status_code == 200, sent.text[:500]
		doc = request_of(answer["receipt"])
		row = next(row for row in doc.documents if row.document_code == "host_id")
		assert row.state == "Handed In" and row.file.startswith("/private/files/")
		assert row.file not in sent.text and row.file not in json.dumps(person.visit(answer["receipt"]))
		assert guest.get(row.file).status_code in (403, 404)
		assert stage.browser(stage.there.place.chief).get(row.file).status_code in (403, 404)
		assert stage.browser(stage.here.place.chief).get(row.file).status_code == 200

	@pytest.mark.parametrize(
		("name", "content"),
		[
			("x.js", b"alert(1)"),
			("x.pdf.html", PDF),
			("x.html.pdf", b"<html><script>alert(1)</script></html>"),
			("x.svg.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
			("x.pdf", PDF.replace(b"<<>>", b"<</S/JavaScript/JS(app.alert(1))>>")),
			("x.exe.jpg", b"MZ\x90\x00"),
			("x.png", PDF),
			("x.pdf", picture()),
			("x.png", picture()),
			("x.png", bomb()),
			("x.docm", b"PK\x03\x04"),
			("x.pdf", b"PK\x03\x04" + b"0" * 64),
			("x.html", b"<html><script>alert(1)</script></html>"),
			("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
			("x.jpg", b"<html><script>alert(1)</script></html>"),
			("x.pdf", b"MZ\x90\x00 not a pdf"),
			("x.exe", b"MZ\x90\x00"),
			("x.jpg.exe", b"MZ\x90\x00"),
			("x.docx", b"PK\x03\x04"),
			("x.zip", b"PK\x03\x04"),
			("x.jpg", b""),
			("", b"x"),
			("x.jpg", b"\xff\xd8\xff" + b"0" * (6 * 1024 * 1024)),
		],
	)
	def test_unfit_files_are_refused_in_words(self, person: Citizen, name: str, content: bytes) -> None:
		answer = person.apply()
		sent = person.upload(answer, "host_id", content, name)
		assert sent.status_code == 417, sent.text[:300]
		assert "Traceback" not in sent.text
		assert not frappe.db.count("File", {"attached_to_name": answer["request"]})
		said = json.loads(json.loads(sent.json()["_server_messages"])[0])["message"]
		assert re.search("[\u0621-\u064a]{3}", said) and not re.search("[a-z]{2,}", said), said
		assert request_of(answer["receipt"]).documents[0].state == "Missing"
		again = person.upload(answer, "host_id", picture(), "a.jpg")
		assert again.status_code == 200, "the form, its answers and its pass are still there"

	def test_only_papers_of_the_request_and_only_so_many(self, person: Citizen) -> None:
		answer, other = person.apply(), person.apply()
		for paper in ("home_study", "x", ""):
			assert person.upload(answer, paper, picture(), "a.jpg").status_code == 417
		swapped = answer | {"request": other["request"]}
		assert person.upload(swapped, "host_id", picture(), "a.jpg").status_code == 417
		assert person.upload(answer | {"pass": "x"}, "host_id", picture(), "a.jpg").status_code == 417
		set_limits({"citizen_files_per_request": 2})
		codes = [person.upload(answer, "host_id", picture(), "a.jpg").status_code for _turn in range(3)]
		set_limits({"citizen_files_per_request": 20})
		assert codes == [200, 200, 417]

	def test_both_sides_of_a_card_and_each_file_as_closed_as_the_first(
		self, person: Citizen, guest: Browser, stage: Stage
	) -> None:
		answer = person.apply()
		for more in (0, 1):
			sent = person.upload(answer, "host_id", picture(), f"side {more}.jpg", more)
			assert sent.status_code == 200, sent.text[:500]
		told = next(row for row in sent.json()["message"]["papers"] if row["code"] == "host_id")
		assert (told["files"], told["most"], told["state"]) == (2, 2, "Handed In")
		assert person.upload(answer, "host_id", picture(), "c.jpg", 1).status_code == 417
		row = paper_of(answer, "host_id")
		for url in (row.file, row.second_file):
			assert url.startswith("/private/files/") and url not in sent.text
			assert guest.get(url).status_code in (403, 404)
			assert stage.browser(stage.there.place.chief).get(url).status_code in (403, 404)
			assert stage.browser(stage.here.place.chief).get(url).status_code == 200
		assert person.upload(answer, "host_id", picture(), "anew.jpg").status_code == 200
		row = paper_of(answer, "host_id")
		assert row.file and not row.second_file

	def test_a_rejected_paper_begins_anew(self, person: Citizen) -> None:
		answer = person.apply()
		assert person.upload(answer, "host_id", picture(), "a.jpg").status_code == 200
		doc = request_of(answer["receipt"])
		row = next(row for row in doc.documents if row.document_code == "host_id")
		first = row.file
		row.update({"state": "Rejected", "remarks": "غير واضحة"})
		doc.save()
		frappe.db.commit()
		assert person.upload(answer, "host_id", picture(), "b.jpg", 1).status_code == 200
		row = paper_of(answer, "host_id")
		assert row.state == "Handed In" and row.file != first and not row.second_file

	def test_a_paper_that_was_looked_at_stays(self, person: Citizen, stage: Stage) -> None:
		answer = person.apply()
		assert person.upload(answer, "host_id", picture(), "a.jpg").status_code == 200
		doc = request_of(answer["receipt"])
		next(row for row in doc.documents if row.document_code == "host_id").state = "Verified"
		doc.save()
		frappe.db.commit()
		assert person.upload(answer, "host_id", picture(), "a.jpg").status_code == 417


class TestCertificates:
	def test_a_number_tells_kind_office_and_validity_alone(self, stage: Stage, guest: Browser) -> None:
		number = certificate(stage)
		answer = guest.call("social_care.api.prints.verify", code=number.lower().replace("-", " "))
		message = answer.json()["message"]
		assert message["state"] == "valid"
		labels = ("Kind of Paper", "Issued By", "Issued On", "Valid Until")
		assert [label for label, _value in message["facts"]] == [frappe._(text, "ar") for text in labels]
		for secret in ("سعاد", stage.here.child, "@"):
			assert secret not in answer.text

	@pytest.mark.parametrize(
		("values", "state"),
		[
			({"state": "Withdrawn"}, "withdrawn"),
			({"state": "Replaced"}, "withdrawn"),
			({"valid_until": "2020-01-01"}, "expired"),
		],
	)
	def test_what_is_no_longer_valid_says_so(
		self, stage: Stage, guest: Browser, values: dict, state: str
	) -> None:
		number = certificate(stage)
		frappe.db.set_value("Service Certificate", number, values)
		frappe.db.commit()
		assert guest.message("social_care.api.prints.verify", code=number)["state"] == state

	def test_unknown_numbers_are_unknown(self, stage: Stage, guest: Browser) -> None:
		number = certificate(stage)
		last = "0" if number[-1] != "0" else "1"
		found = guest.message("social_care.api.prints.verify", code=number[:-1] + last)
		assert found["state"] == "unknown" and not found["facts"]


def certificate(stage: Stage) -> str:
	number = new_number(VISIT)
	row = frappe.new_doc("Service Certificate")
	row.update(
		{
			"service": VISIT,
			"request_type": VISITS,
			"output_title": "Temporary Leave Permit",
			"output_kind": "Permit",
		}
	)
	row.update({"org_unit": stage.here.place.district, "state": "Valid", "issued_on": nowdate()})
	row.valid_until = add_days(nowdate(), 30)
	row.insert(set_name=number, ignore_links=True)
	frappe.db.commit()
	return number
