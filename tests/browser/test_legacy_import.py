"""An old registry is brought in on the desk: mapped and tried by the administrator, decided and applied by headquarters."""

from pathlib import Path

import frappe
import pytest
from playwright.sync_api import expect
from social_care.registry.legacy import IMPORT, SOURCE
from social_care.tests import factories
from social_care.tests.legacy_cases import HEAD, table

from tests.browser.desk import PATIENCE, Desk
from tests.browser.sight import complaints
from tests.browser.test_identity import reached
from tests.browser.world import World

PICTURES = Path(__file__).resolve().parents[2] / "var/legacy-pictures"


@pytest.fixture(scope="module")
def source(world: World) -> str:
	frappe.set_user("Administrator")
	PICTURES.mkdir(parents=True, exist_ok=True)
	doc = frappe.get_doc(
		{"doctype": SOURCE, "source_name": f"منظومة {factories.letters()}", "begun_in": 2020}
	)
	doc.append("words", {"field": "Institution", "written": "دار النور القديمة", "value": world.institution})
	doc.insert()
	frappe.db.commit()
	return doc.name


def look(desk: Desk, name: str) -> None:
	desk.settle()
	desk.page.evaluate("() => { $('.desk-alert').remove(); }")
	desk.picture(PICTURES / f"{name}.png")
	assert not complaints(desk.page), (name, complaints(desk.page))


def rows(known) -> list[list[str]]:
	def row(number: str, name: str, digits: str, home: str = "دار النور القديمة") -> list[str]:
		return [number, name, digits, "ذكر", "", "منى علي", home, "١/٢/٢٠٢٠", "أحمر"]

	other = factories.national_number("2015-03-04")
	return [
		row("١٠١", f"يوسف سامي {factories.letters()} حسن", other),
		row("102", known.full_name, known.national_number),
		row("103", "كريم عادل فؤاد نصر", "123"),
		row("104", "كريم عادل فؤاد نصر", "", "دار لا يعرفها أحد"),
	]


def test_from_the_file_to_the_reconciliation(source: str, world: World, desk_of) -> None:
	known = factories.child(world.institution, mother_full_name="")
	frappe.db.commit()
	administrator: Desk = desk_of(world.administrator)
	administrator.open_list("legacy-import")
	administrator.click(administrator.page.get_by_role("button", name="استيراد ملف"))
	administrator.click(administrator.page.locator('.modal.show [data-fieldname="source"] input'))
	administrator.choose_link(frappe.db.get_value(SOURCE, source, "source_name"))
	file = {"name": "registry.csv", "mimeType": "text/csv", "buffer": table(rows(known))}
	administrator.page.set_input_files(".social-care-legacy-file", file)
	look(administrator, "dialog")
	administrator.click(".modal.show .btn-modal-primary")
	administrator.page.wait_for_url("**/legacy-import/LI-*", timeout=PATIENCE)
	name = administrator.page.url.split("/")[-1]
	look(administrator, "mapping")
	administrator.go(f"legacy-source/{source}")
	look(administrator, "source")
	fields = administrator.page.evaluate("cur_frm.doc.columns.map((row) => [row.heading, row.field])")
	assert [heading for heading, _field in fields] == HEAD
	administrator.go(f"legacy-import/{name}")
	administrator.click(administrator.page.get_by_role("button", name="فحص تجريبي"))
	reached(IMPORT, name, "Checked")
	administrator.go(f"legacy-import/{name}")
	look(administrator, "tried-administrator")
	assert administrator.page.locator("[data-act]").count() == 0
	decided_and_applied(desk_of(world.head), name)
	frappe.db.rollback()
	made = frappe.db.get_value(
		"Child", {"legacy_source": source, "legacy_id": "101"}, ["file_state", "institution"]
	)
	assert made == ("Draft", world.institution)
	assert frappe.db.get_value("Child", known.name, ["legacy_id", "mother_full_name"]) == ("102", "منى علي")


def decided_and_applied(head: Desk, name: str) -> None:
	head.go(f"legacy-import/{name}")
	expect(head.page.locator(".social-care-table tbody tr")).to_have_count(4, timeout=PATIENCE)
	look(head, "tried")
	head.click(head.page.locator('[data-act="differences"]').first)
	look(head, "differences")
	head.click(".modal.show .btn-modal-primary")
	head.settle()
	head.click(".page-actions .btn-primary:visible")
	head.click(".modal.show .btn-primary:visible")
	reached(IMPORT, name, "Applied")
	head.go(f"legacy-import/{name}")
	look(head, "applied")
	head.go("query-report/Reconciliation with an Old Registry")
	look(head, "report")
