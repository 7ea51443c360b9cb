"""A roll with ten kinds of errors is uploaded at the desk: each is shown beside its cell, the good rows are applied."""

import io
from pathlib import Path

import frappe
from openpyxl import load_workbook
from playwright.sync_api import expect
from social_care.tests import factories

from tests.browser.desk import PATIENCE, URL, Desk
from tests.browser.sight import complaints, too_wide
from tests.browser.world import World

PICTURES = Path(__file__).resolve().parents[2] / "var" / "roll-pictures"
ERRORS = (  # heading, what is written, a word of what is said beside it
	("تاريخ الميلاد", "31/02/2015", "التقويم"),
	("النوع", "ولدان", "قائمة"),
	("محافظة الميلاد", "أطلانطس", "قائمة"),
	("الرقم القومي", "123", "14"),
	("هذا العام الدراسي: الصف", "ثلاثة", "رقم"),
	("المصروف الشهري (جنيه)", -5, "سالب"),
	("الاسم الأول", None, "مطلوب"),
	("الهوايات والمواهب", "=1+1", "معادلة"),
	("اسم الشهرة", "<b>", "علامة"),
	("تاريخ الدخول", "01/01/2999", "المستقبل"),
)
GOOD = "غرفة النور"


def spoiled(data: bytes, codes: list[str]) -> bytes:
	"""The roll with an error in each of ten rows, and a good change in the first and the last."""
	book = load_workbook(io.BytesIO(data))
	sheet = book.worksheets[0]
	columns = {cell.value: cell.column for cell in sheet[1]}
	rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
	for code, (heading, value, _word) in zip(codes, ERRORS, strict=False):
		sheet.cell(rows[code], columns[heading]).value = value
	for code in (codes[0], codes[-1]):
		sheet.cell(rows[code], columns["الغرفة أو المجموعة"]).value = GOOD
	stream = io.BytesIO()
	book.save(stream)
	return stream.getvalue()


def give(desk: Desk, label: str, file: Path) -> None:
	"""Choose a file in the upload dialog of the list and send it."""
	desk.click(desk.page.locator(".inner-group-button:visible button", has_text="كشف الأبناء"))
	desk.click(desk.page.locator(".inner-group-button:visible .dropdown-item", has_text=label))
	box = desk.dialog()
	box.locator("input[type=file]").set_input_files(file)
	desk.click(box.locator(".btn-modal-primary"))
	desk.page.locator(".social-care-roll-filters:visible").wait_for(timeout=PATIENCE)
	desk.settle()


def picture(desk: Desk, name: str) -> None:
	PICTURES.mkdir(parents=True, exist_ok=True)
	for width in (1366, 390):
		desk.page.set_viewport_size({"width": width, "height": 850})
		desk.settle()
		desk.page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True, animations="disabled")
		assert not too_wide(desk.page), (name, width)
	assert not complaints(desk.page), name
	desk.page.set_viewport_size({"width": 1366, "height": 850})


def test_ten_kinds_of_errors(desk_of, world: World, tmp_path: Path) -> None:
	frappe.set_user("Administrator")
	codes = [factories.child(world.institution).name for _ in range(len(ERRORS) + 1)]
	frappe.db.commit()
	desk = desk_of(world.entry)
	answer = desk.context.request.get(
		f"{URL}/api/method/social_care.api.roll.download", params={"institution": world.institution}
	)
	file = tmp_path / "roll.xlsx"
	file.write_bytes(spoiled(answer.body(), codes))
	desk.open_list("child")
	give(desk, "رفع كشف الأبناء", file)
	rows = desk.page.locator(".social-care-roll-row")
	expect(rows).to_have_count(len(codes), timeout=PATIENCE)
	for code, (heading, _value, word) in zip(codes, ERRORS, strict=False):
		cell = rows.filter(has_text=code).locator("tr.is-wrong", has_text=heading)
		expect(cell.locator(".social-care-roll-remark")).to_contain_text(word)
	picture(desk, "difference")
	desk.click(desk.page.locator(".page-head:visible .primary-action"))
	desk.click(desk.dialog().locator(".btn-primary"))
	desk.page.get_by_text("صفوف طبقت: 2", exact=False).first.wait_for(timeout=PATIENCE)
	frappe.db.rollback()
	applied = frappe.get_all("Child", filters={"name": ["in", codes], "room_group": GOOD}, pluck="name")
	assert set(applied) == {codes[0], codes[-1]}
	picture(desk, "applied")
	desk.open_list("roll-upload")
	picture(desk, "list")
	desk.watch.expect_quiet()
