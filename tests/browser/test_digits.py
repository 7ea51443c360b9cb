"""Whoever chose Arabic-Indic digits reads them wherever the desk counts, and what is typed in them is kept in ASCII."""

import re

import frappe
import pytest
from playwright.sync_api import expect

from engine import paths
from tests.browser.desk import PATIENCE, Desk
from tests.browser.sight import READ, complaints
from tests.browser.test_dashboards import open_dashboard
from tests.browser.world import World, _person, registered_child

PICTURES = paths.ROOT / "var" / "pictures"
# Words that hold letters are codes and addresses; the table's library numbers its rows itself.
LATIN_NUMBER = re.compile(r"(?<![^\s(«:/٪%])[0-9.,:/-]*[0-9][0-9.,:/%-]*(?![^\s)»،])")


@pytest.fixture(scope="module")
def reader(world: World) -> str:
	"""An entry user who chose Arabic-Indic digits."""
	name = _person("Institution Entry User", {"institution": world.institution}, "زينب كامل")
	frappe.db.commit()
	return name


@pytest.fixture
def desk(desk_of, reader: str) -> Desk:
	opened = desk_of(reader)
	opened.go("my-institution")
	if not opened.page.evaluate("social_care.digits.is_arabic()"):
		opened.click(".dropdown-navbar-user > .nav-link")
		with opened.page.expect_navigation():
			opened.click(opened.page.get_by_role("button", name="كتابة الأرقام بالأرقام العربية المشرقية"))
		opened.settle()
	return opened


def look(desk: Desk, name: str) -> list[str]:
	"""Take a picture; what is left in Latin digits or is otherwise not as an Arabic reader needs it."""
	PICTURES.mkdir(exist_ok=True)
	desk.picture(PICTURES / f"digits-{name}.png")
	texts = desk.page.evaluate(READ)
	left = {found.group() for text in texts for found in LATIN_NUMBER.finditer(text)}
	return [f"{name}: {word}" for word in sorted(left)] + [
		f"{name}: {each}" for each in complaints(desk.page)
	]


def test_every_page_counts_in_the_readers_digits(desk: Desk, world: World) -> None:
	child = registered_child(world)
	open_dashboard(desk, "my-institution")
	found = look(desk, "workspace")
	desk.open_list("child?life_state=Active")
	expect(desk.page.locator(".list-count:visible")).to_contain_text(re.compile("[٠-٩]+ من [٠-٩]+"))
	found += look(desk, "list")
	desk.go(f"child/{child}")
	found += look(desk, "form")
	desk.open_tab("events_tab")
	desk.page.locator(".social-care-timeline .entries li").first.wait_for(timeout=PATIENCE)
	found += look(desk, "time-line")
	desk.go("query-report/Care Reviews Due")
	found += look(desk, "report")
	desk.go("care-review/view/calendar/default")
	desk.page.locator(".fc-day-number").first.wait_for(timeout=PATIENCE)
	desk.settle()
	found += look(desk, "calendar")
	assert not found, "\n".join(found)
	desk.watch.expect_quiet()


def test_what_is_typed_in_them_is_kept_in_ascii(desk: Desk, world: World) -> None:
	child = registered_child(world)
	desk.go(f"child/{child}")
	for field, text in (("nickname", "بطل ٧"), ("photo_date", "٠٣-٠٢-٢٠٢٦")):
		box = desk.control(field).locator("input")
		box.fill(text)
		desk.press("Tab")
		desk.settle()
		expect(box).to_have_value(text)
	desk.page.evaluate("cur_frm.scroll_to_field('monthly_allowance', false)")
	desk.control("monthly_allowance").locator("input").fill("١٬٢٥٠٫٥")
	desk.press("Tab")
	desk.save()
	expect(desk.control("monthly_allowance").locator("input")).to_have_value("١,٢٥٠.٥٠")
	expect(desk.control("nickname").locator("input")).to_have_value("بطل ٧")
	frappe.db.rollback()
	kept = frappe.db.get_value("Child", child, ["nickname", "photo_date", "monthly_allowance"])
	assert (kept[0], str(kept[1]), kept[2]) == ("بطل 7", "2026-02-03", 1250.5)


def test_counted_nouns(desk: Desk) -> None:
	def told(number: int) -> str:
		return desk.page.evaluate("number => __('{0} days ago', [number])", number)

	assert [told(number) for number in (1, 2, 3, 12, 100)] == [
		*("منذ يوم", "منذ يومين", "منذ ٣ أيام"),
		*("منذ ١٢ يومًا", "منذ ١٠٠ يوم"),
	]


def test_the_choice_can_be_taken_back(desk: Desk) -> None:
	desk.click(".dropdown-navbar-user > .nav-link")
	with desk.page.expect_navigation():
		desk.click(desk.page.get_by_role("button", name="كتابة الأرقام بالأرقام اللاتينية"))
	desk.settle()
	assert desk.page.evaluate("format_number(1234, null, 0)") == "1,234"
