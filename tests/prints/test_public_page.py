"""The public page of prints, as somebody without an account meets it: over HTTP, with a code and nothing else."""

import hashlib
import re
from pathlib import Path

import frappe
import pytest
from isolation.browser import Browser
from isolation.records import Stage
from social_care.printing.testing import texts
from social_care.prints import codes
from social_care.prints.testing import CODE

VERIFY = "social_care.api.prints.verify"
PRINT = "social_care.api.prints.print_report"
PER_MINUTE = 1000


@pytest.fixture(autouse=True, scope="module")
def _many_questions(site: str):
	"""The limit is met by one test, not by all of them."""
	setting = ("Social Care Settings", "print_checks_per_minute")
	before = frappe.db.get_single_value(*setting)
	frappe.db.set_single_value(*setting, PER_MINUTE)
	frappe.db.commit()
	yield
	frappe.db.set_single_value(*setting, before)
	frappe.db.commit()


def printed(browser: Browser, report: str, **filters) -> bytes:
	answer = browser.call(PRINT, report_name=report, filters=filters)
	assert answer.content[:5] == b"%PDF-", answer.text[:500]
	return answer.content


@pytest.fixture(scope="module")
def roll(stage: Stage) -> bytes:
	"""The roll of the institution here, printed by its directorate's director."""
	browser = stage.browser(stage.here.place.chief)
	return printed(browser, "Institution Roll", institution=stage.here.place.institution)


def code_of(pdf: bytes) -> str:
	return CODE.search(texts(pdf)[0]).group()


def test_a_guest_has_a_print_confirmed(stage: Stage, roll: bytes, guest: Browser) -> None:
	assert stage.here.mark in "".join(texts(roll))
	answer = guest.call(VERIFY, code=code_of(roll), file_digest=hashlib.sha256(roll).hexdigest())
	message = answer.json()["message"]
	assert (message["state"], message["file"]) == ("valid", "same")
	assert dict(message["facts"])["عدد الصفحات"] == str(len(texts(roll)))
	for secret in (stage.here.mark, stage.here.child, stage.here.national_number, "@"):
		assert secret not in answer.text


def test_a_document_asked_for_by_a_link_is_confirmed(stage: Stage, guest: Browser) -> None:
	answer = stage.browser(stage.here.place.chief).ask(
		"frappe.utils.print_format.download_pdf",
		doctype="Child",
		name=stage.here.child,
		format="Child File Internal",
	)
	message = guest.message(VERIFY, code=code_of(answer.content))
	assert message["state"] == "valid"
	assert stage.here.mark not in str(message)


@pytest.mark.parametrize(
	"code", ["", "0000-0000-0000-0000", "x" * 5000, "../../etc", "<script>", "%", "٠" * 16]
)
def test_what_is_no_code_is_unknown(guest: Browser, code: str) -> None:
	answer = guest.call(VERIFY, code=code)
	assert answer.status_code == 200
	assert answer.json()["message"] == guest.message(VERIFY, code=codes.new_code())


@pytest.mark.parametrize("code", [["7K3M"], {"like": "%"}, 12, None, True])
def test_nor_is_anything_but_a_text(guest: Browser, code) -> None:
	answer = guest.session.post(f"{url()}/api/method/{VERIFY}", json={"code": code}, timeout=60)
	assert answer.status_code in (200, 417), answer.text[:300]
	assert '"valid"' not in answer.text


def url() -> str:
	from isolation.browser import URL

	return URL


def test_a_sign_more_or_less_is_unknown(guest: Browser, roll: bytes) -> None:
	code = code_of(roll)
	last = "0" if code[-1] != "0" else "1"
	for wrong in (code[:-1] + last, code[:-1], code[::-1]):
		assert guest.message(VERIFY, code=wrong)["state"] == "unknown"


def test_it_is_asked_by_post_only(guest: Browser, roll: bytes) -> None:
	answer = guest.ask(VERIFY, code=code_of(roll))
	assert answer.status_code == 403
	assert "valid" not in answer.text


def test_the_code_stands_in_no_log(guest: Browser, roll: bytes) -> None:
	code = code_of(roll)
	guest.message(VERIFY, code=code)
	folders = [Path(frappe.get_site_path("logs")), Path(frappe.get_site_path("..", "..", "logs"))]
	folders.append(Path(frappe.get_site_path("..", "..", "var", "log")))
	for file in (file for folder in folders if folder.is_dir() for file in folder.rglob("*.log")):
		assert code not in file.read_text(errors="replace"), file
	for doctype, field in (("Access Log", "page"), ("Access Log", "filters"), ("Error Log", "error")):
		assert not frappe.db.exists(doctype, {field: ["like", f"%{code}%"]})


def test_the_page_is_arabic_for_every_browser_and_no_search_engines(guest: Browser) -> None:
	answer = guest.session.get(f"{url()}/verify", headers={"Accept-Language": "en", "Accept": "text/html"})
	assert answer.status_code == 200
	assert '<html lang="ar" dir="rtl">' in answer.text
	assert "noindex" in answer.text
	visible = re.sub(r"<[^>]+>", " ", answer.text)
	assert "التحقق من المطبوعات" in visible
	assert not re.findall(r"https?://", answer.text), "nothing from another host"
	assert "no-store" in answer.headers["Cache-Control"]


def test_one_address_asks_so_often(guest: Browser) -> None:
	setting = ("Social Care Settings", "print_checks_per_minute")
	frappe.db.set_single_value(*setting, 1)
	frappe.db.commit()
	try:
		answers = [guest.call(VERIFY, code="x").status_code for _turn in range(3)]
	finally:
		frappe.db.set_single_value(*setting, PER_MINUTE)
		frappe.db.commit()
	assert answers[-1] == 429


def test_anothers_institution_prints_nothing(stage: Stage) -> None:
	there = stage.browser(stage.there.place.chief)
	before = frappe.db.count("Print Verification")
	answer = there.call(
		PRINT, report_name="Institution Roll", filters={"institution": stage.here.place.institution}
	)
	assert answer.status_code == 403
	assert stage.here.mark not in answer.text
	frappe.db.rollback()
	assert frappe.db.count("Print Verification") == before


@pytest.mark.parametrize(
	"print_format", ["Child Identity Card", "Child Identity Card ID-1", "Institution Statement"]
)
def test_nor_a_document(stage: Stage, print_format: str) -> None:
	home, child = stage.here.place.institution, stage.here.child
	doctype, name = ("Institution", home) if print_format == "Institution Statement" else ("Child", child)
	arguments = {"doctype": doctype, "name": name, "format": print_format}
	for user, status in ((stage.here.place.chief, 200), (stage.there.place.chief, 403)):
		answer = stage.browser(user).ask("frappe.utils.print_format.download_pdf", **arguments)
		assert answer.status_code == status, answer.text[:300]
		assert (b"%PDF" in answer.content) == (status == 200)


def test_whoever_may_not_print_gets_no_print(stage: Stage, guest: Browser, citizen: Browser) -> None:
	entry = stage.browser(stage.here.place.entry)
	for browser in (guest, citizen, entry):
		answer = browser.call(
			PRINT, report_name="Institution Roll", filters={"institution": stage.here.place.institution}
		)
		assert answer.status_code == 403
		assert b"%PDF" not in answer.content


def test_guests_neither_find_nor_withdraw(
	stage: Stage, guest: Browser, citizen: Browser, roll: bytes
) -> None:
	code = code_of(roll)
	name = frappe.db.get_value("Print Verification", {"code_digest": codes.code_digest(code)})
	for browser in (guest, citizen, stage.browser(stage.there.place.chief)):
		found = browser.call("social_care.api.prints.find_verification", code=code)
		assert name not in found.text
		taken = browser.call("social_care.api.prints.withdraw", name=name, reason="x")
		assert taken.status_code in (403, 404)
	assert guest.message(VERIFY, code=code)["state"] == "valid"
