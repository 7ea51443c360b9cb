"""A director prints a report by two clicks; whoever is handed the paper has it confirmed on a telephone."""

from pathlib import Path

from playwright.sync_api import expect
from social_care.printing.testing import texts
from social_care.prints.testing import CODE

from tests.browser.conftest import Opener
from tests.browser.desk import PATIENCE, URL
from tests.browser.sight import complaints
from tests.browser.world import World, registered_child

PHONE = {"width": 390, "height": 844}
NAME = "بيان أعداد الأبناء والمؤسسات بالمحافظات"


def test_from_the_desk_to_the_telephone(
	desk_of: Opener, guest_desk: Opener, world: World, tmp_path: Path
) -> None:
	registered_child(world)
	code = CODE.search(texts(printed(desk_of, world, tmp_path))[0]).group()
	page = guest_desk(viewport=PHONE).page

	page.goto(f"{URL}/verify#{code}")
	expect(page.locator("#answer")).to_have_class("valid", timeout=PATIENCE)
	expect(page.locator("#answer")).to_contain_text(NAME)
	assert code not in page.url, "whoever is shown the address does not learn the code"
	assert not complaints(page, (code, page.locator("dd").last.inner_text(), "0000-0000-0000-0000"))
	page.screenshot(path=tmp_path / "valid.png", full_page=True)

	page.fill("#code", "7k3m 0000 1111 zzzz")
	page.click("button")
	expect(page.locator("#answer")).to_contain_text("لا توجد مطبوعة بهذا الرمز", timeout=PATIENCE)
	page.screenshot(path=tmp_path / "unknown.png", full_page=True)
	page.fill("#code", "7k3m")
	page.click("button")
	expect(page.locator("#answer")).to_contain_text("ست عشرة", timeout=PATIENCE)


def printed(desk_of: Opener, world: World, folder: Path) -> bytes:
	"""The table of governorates: one click opens it, the other prints it."""
	desk = desk_of(world.director)
	desk.go("my-directorate")
	desk.effort.clicks = 0
	desk.click(desk.page.get_by_text("الأبناء بالمحافظات", exact=True))
	desk.page.wait_for_url("**/query-report/**", timeout=PATIENCE)
	desk.settle()
	desk.picture(folder / "report.png")
	with desk.page.expect_download(timeout=PATIENCE) as download:
		desk.click(desk.page.get_by_role("button", name="طباعة رسمية"))
	assert desk.effort.clicks == 2
	file = folder / "report.pdf"
	download.value.save_as(file)
	assert not complaints(desk.page)
	return file.read_bytes()
