"""The checklist of a visit on the desk: folded areas and a line an indicator, on a wide screen and on a narrow one."""

import frappe
import pytest
from frappe.utils import nowdate
from playwright.sync_api import expect

from engine import paths
from tests.browser.desk import PATIENCE, Desk
from tests.browser.sight import complaints
from tests.browser.world import World, _person

PICTURES = paths.ROOT / "var" / "pictures"
SIZES = {"wide": (1366, 850), "phone": (390, 844)}


@pytest.fixture(scope="module")
def inspector(world: World) -> str:
	frappe.set_user("Administrator")
	user = _person("Inspector", {"org_unit": world.directorate}, "وليد سمير")
	frappe.db.commit()
	return user


@pytest.fixture
def visit(world: World, inspector: str) -> str:
	"""A visit that has begun."""
	frappe.set_user(world.director)
	values = {"institution": world.institution, "visit_kind": "Periodic", "planned_on": nowdate()}
	doc = frappe.get_doc(
		{"doctype": "Institution Visit", "inspectors": [{"user": inspector}], **values}
	).insert()
	frappe.set_user(inspector)
	doc.status = "Begun"
	doc.save()
	frappe.set_user("Administrator")
	frappe.db.commit()
	return doc.name


WIDER = """() => [...document.querySelectorAll(".form-page *")].filter((node) => {
	const box = node.getBoundingClientRect();
	return box.width && (box.left < -1 || box.right > innerWidth + 1) && !node.closest(".layout-side-section");
}).slice(0, 6).map((node) => `${node.tagName}.${node.className}#${node.closest("[data-fieldname]")?.dataset.fieldname}`)"""


def look(desk: Desk, name: str) -> None:
	"""As it comes on each screen: folded, then with an open area."""
	PICTURES.mkdir(exist_ok=True)
	for size, (wide, high) in SIZES.items():
		desk.page.set_viewport_size({"width": wide, "height": high})
		desk.page.reload()
		desk.settle()
		panel = desk.page.locator(".visit-checklist")
		panel.scroll_into_view_if_needed()
		desk.picture(PICTURES / f"checklist-folded-{size}.png", wide, high)
		panel.locator('[data-area="A"] summary').click()
		panel.locator('[data-code="A1.1"]').scroll_into_view_if_needed()
		desk.picture(PICTURES / f"checklist-{name}-{size}.png", wide, high)
		assert not complaints(desk.page), (name, size, desk.page.evaluate(WIDER), complaints(desk.page))
	desk.page.set_viewport_size({"width": 1366, "height": 850})


def test_scores_are_pressed_and_saved(desk_of, visit: str, inspector: str) -> None:
	desk = desk_of(inspector)
	desk.go(f"institution-visit/{visit}")
	panel = desk.page.locator(".visit-checklist")
	expect(panel.locator("details")).to_have_count(6, timeout=PATIENCE)
	expect(panel.locator(".vc-count")).to_contain_text("0 من 84")
	expect(desk.control("answers").locator(".form-grid-container")).to_be_hidden()
	panel.locator('[data-area="A"] summary').click()
	line = panel.locator('[data-code="A1.1"]')
	line.locator('[data-value="3"]').click()
	expect(line.locator('[data-value="3"]')).to_have_attribute("aria-pressed", "true")
	other = panel.locator('[data-code="A1.2"]')
	other.locator('[data-value="2"]').click()
	other.locator('[data-value="na"]').click()
	other.locator("textarea").fill("مبنى إيجار")
	other.locator("textarea").blur()
	expect(panel.locator(".vc-count")).to_contain_text("2 من 84")
	desk.save()
	expect(panel.locator('[data-area="A"]')).to_have_attribute("open", "")
	frappe.db.rollback()
	rows = {row.indicator_code: row for row in frappe.get_doc("Institution Visit", visit).answers}
	assert rows["A1.1"].score == "3" and not rows["A1.1"].not_applicable
	assert (
		(rows["A1.2"].score or "") == ""
		and rows["A1.2"].not_applicable
		and rows["A1.2"].remark == "مبنى إيجار"
	)
	assert len(rows) == 84
	panel.locator("input[type=checkbox]").check()
	codes = panel.locator('[data-area="A"] .vc-row').evaluate_all(
		"rows => rows.map((row) => row.dataset.code)"
	)
	assert set(codes[-2:]) == {"A1.1", "A1.2"} and len(codes) > 4
	look(desk, "open")
	desk.watch.expect_quiet()


def test_who_does_not_make_the_visit_reads_it(desk_of, visit: str, world: World) -> None:
	desk = desk_of(world.officer)
	desk.go(f"institution-visit/{visit}")
	panel = desk.page.locator(".visit-checklist")
	panel.locator('[data-area="B"] summary').click()
	expect(panel.locator('[data-area="B"] .vc-scores button').first).to_be_disabled(timeout=PATIENCE)
	expect(panel.locator("input[type=checkbox]")).to_have_count(0)
