"""A data officer asks the civil registry by file, loads what it says, and a difference is decided by another one."""

import csv
import io
from pathlib import Path
from time import monotonic, sleep

import frappe
import pytest
from playwright.sync_api import expect
from social_care.registry.verification import ANSWERS, BATCH, DIFFERENCE
from social_care.tests import factories
from social_care.tests.identity_cases import FOUND, MATCHES, NUMBER, RESULT, SAID

from tests.browser.desk import PATIENCE, Desk
from tests.browser.sight import complaints
from tests.browser.world import World

PICTURES = Path(__file__).resolve().parents[2] / "var/identity-pictures"


@pytest.fixture(scope="module")
def children(world: World) -> list:
	frappe.set_user("Administrator")
	PICTURES.mkdir(parents=True, exist_ok=True)
	found = [factories.child(world.institution) for _child in range(3)]
	frappe.db.commit()
	return found


def look(desk: Desk, name: str) -> None:
	desk.settle()
	desk.page.evaluate("() => { $('.desk-alert').remove(); }")
	desk.picture(PICTURES / f"{name}.png")
	assert not complaints(desk.page), (name, complaints(desk.page))


def test_from_the_question_to_the_decision(children: list, world: World, desk_of) -> None:
	officer: Desk = desk_of(world.officer)
	officer.go("identity-verification-batch/new")
	unit = frappe.db.get_value("Institution", world.institution, "org_unit")
	for field, text in (("source", "مصلحة الأحوال"), ("org_unit", unit)):
		officer.click(officer.control(field).locator("input"))
		officer.choose_link(text)
		officer.settle()
	officer.save()
	name = officer.page.evaluate("cur_frm.doc.name")
	reached(BATCH, name, "Ready")
	officer.go(f"identity-verification-batch/{name}")
	look(officer, "batch-ready")
	rows = answered(download(officer), children)
	officer.go(f"identity-verification-batch/{name}")
	officer.click(".page-actions .btn-primary:visible")
	officer.page.set_input_files(
		".social-care-answer-file", {"name": "a.csv", "mimeType": "text/csv", "buffer": table(rows)}
	)
	look(officer, "answers-dialog")
	officer.click(".modal.show .btn-modal-primary")
	officer.page.wait_for_url("**/identity-answer-file/IVA-*", timeout=PATIENCE)
	reached(ANSWERS, officer.page.url.split("/")[-1], "Finished")
	expect(officer.page.locator(".form-message:visible, .social-care-table:visible").first).to_be_visible(
		timeout=PATIENCE
	)
	look(officer, "answers")
	officer.go(f"identity-verification-batch/{name}")
	look(officer, "batch-answered")
	frappe.db.rollback()
	assert frappe.db.get_value(BATCH, name, ["confirmed", "differs"]) == (1, 1)
	states = [frappe.db.get_value("Person", child.person, "identity_state") for child in children]
	assert states == ["Confirmed", "Differs", "Waiting"]
	propose_and_decide(world, desk_of, children[1])


def reached(doctype: str, name: str, status: str) -> None:
	"""The worker has brought a record so far."""
	until = monotonic() + PATIENCE / 1000
	frappe.db.rollback()
	while (found := frappe.db.get_value(doctype, name, "status")) != status and monotonic() < until:
		sleep(0.3)
		frappe.db.rollback()
	assert found == status


def download(officer: Desk) -> list[dict]:
	officer.click(".inner-group-button button:visible")
	with officer.page.expect_download() as told:
		officer.click(".inner-group-button .dropdown-item:visible >> nth=1")
	text = Path(told.value.path()).read_text(encoding="utf-8-sig")
	return list(csv.DictReader(io.StringIO(text)))


def answered(rows: list[dict], children: list) -> list[dict]:
	"""The first child matches, the second bears another name, of the third nothing is said; and a row of somebody else."""
	own = {row[NUMBER]: row for row in rows}
	first, second, third = (own[child.national_number] for child in children)
	said = {SAID[field]: str(children[1].get(field)) for field in SAID} | {SAID["first_name"]: "يوسف"}
	alien = first | {"مفتاح الاستعلام": "0123456789abcdef", RESULT: MATCHES}
	return [first | {RESULT: MATCHES}, second | said | {RESULT: FOUND}, third, alien]


def table(rows: list[dict]) -> bytes:
	stream = io.StringIO(newline="")
	writer = csv.DictWriter(stream, list(rows[0]))
	writer.writeheader()
	writer.writerows(rows)
	return stream.getvalue().encode()


def propose_and_decide(world: World, desk_of, child) -> None:
	difference = frappe.db.get_value(DIFFERENCE, {"person": child.person})
	officer: Desk = desk_of(world.officer)
	officer.go(f"identity-difference/{difference}")
	look(officer, "difference")
	officer.click(officer.page.get_by_role("button", name="اعتماد قيمة المصدر"))
	officer.click(".modal.show .btn-modal-primary")
	expect(officer.page.locator(".form-message:visible")).to_be_visible(timeout=PATIENCE)
	director: Desk = desk_of(world.director)
	director.go(f"identity-difference/{difference}")
	look(director, "difference-proposed")
	director.click(".page-actions .btn-primary:visible")
	expect(director.page.locator(".indicator-pill.green:visible").first).to_be_visible(timeout=PATIENCE)
	director.go("query-report/Identity Verification by Governorate")
	look(director, "report")
	frappe.db.rollback()
	assert frappe.db.get_value("Person", child.person, ["first_name", "identity_state"]) == (
		"يوسف",
		"Confirmed",
	)


def test_a_protected_name_is_changed_by_request(children: list, world: World, desk_of) -> None:
	frappe.set_user("Administrator")
	settings = frappe.get_doc("Social Care Settings")
	settings.append(
		"change_rules", {"field": "family_name", "applies": "Always", "directorate": 1, "days": 7}
	)
	settings.save()
	frappe.db.commit()
	child = children[2].name
	entry: Desk = desk_of(world.entry)
	entry.go(f"child/{child}")
	look(entry, "child")
	entry.click(entry.page.get_by_role("button", name="طلب تعديل"))
	dialog = entry.page.locator(".modal.show")
	dialog.locator('[data-fieldname="field"] select').select_option("family_name")
	dialog.locator('[data-fieldname="value_family_name"] input').fill("الشافعي")
	dialog.locator('[data-fieldname="reason"] textarea').fill("خطأ في القيد")
	dialog.locator('[data-fieldname="paper"] textarea').fill("شهادة ميلاد")
	look(entry, "change-dialog")
	dialog.locator(".btn-modal-primary").click()
	entry.page.wait_for_url("**/change-request/CHR-*", timeout=PATIENCE)
	look(entry, "change-request")
	name = entry.page.evaluate("cur_frm.doc.name")
	director: Desk = desk_of(world.director)
	director.open_list("change-request")
	look(director, "change-list")
	director.go(f"change-request/{name}")
	director.click(".page-actions .btn-primary:visible")
	expect(director.page.locator(".indicator-pill.green:visible").first).to_be_visible(timeout=PATIENCE)
	look(director, "change-applied")
	frappe.db.rollback()
	assert frappe.db.get_value("Child", child, "family_name") == "الشافعي"
	settings = frappe.get_doc("Social Care Settings")
	settings.set("change_rules", [])
	settings.save()
	frappe.db.commit()
