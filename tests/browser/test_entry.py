"""Entering files in the real world: quickly, twice by mistake, after the session ended, two people at once."""

from pathlib import Path

import frappe
from PIL import Image
from playwright.sync_api import expect

from tests.browser.desk import PATIENCE, Desk
from tests.browser.entry import Facts, fill
from tests.browser.world import PASSWORD, World, registered_child

MOST_KEYS, MOST_CLICKS = 160, 3


def new_child(desk: Desk, facts: Facts) -> None:
	"""A new form with the least that can be saved, not yet saved."""
	desk.go("child/new")
	desk.control("first_name").wait_for(timeout=PATIENCE)
	desk.settle()
	for name in ("first_name", "father_name", "grandfather_name", "family_name"):
		desk.control(name).locator("input").fill(getattr(facts, name))
	desk.click(desk.control("national_number").locator("input"))
	desk.type(facts.national_number)
	desk.press("Tab")
	desk.page.wait_for_function("() => cur_frm.doc.birth_governorate && cur_frm.doc.sex", timeout=PATIENCE)
	desk.open_tab("origin_tab")
	desk.click(desk.control("admission_date").locator("input"))
	desk.type(facts.admitted.strftime("%d-%m-%Y"))
	desk.press("Tab")
	desk.page.wait_for_function("() => cur_frm.doc.admission_date", timeout=PATIENCE)
	desk.settle()


def files_of(facts: Facts) -> int:
	frappe.db.rollback()
	return frappe.db.count("Child", {"national_number": facts.national_number})


def size_of(photograph: str) -> tuple[int, int]:
	"""Width and height in points of a stored picture."""
	file = frappe.get_doc("File", {"file_url": photograph})
	return Image.open(file.get_full_path()).size


def test_a_complete_file_by_keyboard(desk_of, world: World, photograph: Path, capsys) -> None:
	facts, desk = Facts(), desk_of(world.entry)
	desk.go("child/new")
	fill(desk, facts, photograph)
	desk.save()
	effort = desk.effort
	with capsys.disabled():
		print(f"\nA complete file: {effort.keys} keystrokes, {effort.clicks} clicks")
	assert effort.keys <= MOST_KEYS and effort.clicks <= MOST_CLICKS
	assert files_of(facts) == 1
	school = {
		"parent": desk.value("name"),
		"stage": "Primary",
		"grade": 3,
		"school_name": "مدرسة النيل الابتدائية",
	}
	assert frappe.db.exists("Education Record", school)
	wide, high = size_of(desk.value("photo"))
	assert wide <= 960 and abs(wide / high - 3 / 4) < 0.01
	desk.watch.expect_quiet()


def test_two_clicks_on_save_make_one_file(desk_of, world: World) -> None:
	facts, desk = Facts(), desk_of(world.entry)
	new_child(desk, facts)
	desk.save(lambda _desk: desk.page.locator(".page-head:visible .primary-action").dblclick())
	assert files_of(facts) == 1


def test_a_lost_session_loses_nothing(desk_of, world: World) -> None:
	facts, desk = Facts(), desk_of(world.colleague)
	new_child(desk, facts)
	desk.context.clear_cookies()
	desk.press("Control+s")
	box = desk.page.locator(".modal.show", has_text="انتهت جلستك")
	box.wait_for(timeout=PATIENCE)
	expect(desk.page.locator(".modal.show")).to_have_count(1, timeout=PATIENCE)
	assert desk.value("first_name") == facts.first_name
	box.locator("input[type=password]").fill("not-the-password")
	box.locator(".btn-modal-primary").click()
	expect(box).to_contain_text("كلمة المرور غير صحيحة", timeout=PATIENCE)
	box.locator("input[type=password]").fill(PASSWORD)
	box.locator(".btn-modal-primary").click()
	box.wait_for(state="hidden", timeout=PATIENCE)
	desk.save()
	assert desk.value("first_name") == facts.first_name
	assert files_of(facts) == 1


def test_whoever_saves_second_is_told(desk_of, world: World) -> None:
	child = registered_child(world)
	first, second = desk_of(world.entry), desk_of(world.colleague)
	for desk in (first, second):
		desk.go(f"child/{child}")
		desk.control("nickname").wait_for(timeout=PATIENCE)
		desk.settle()
	first.control("nickname").locator("input").fill("حمادة")
	first.save()
	second.control("birth_place").locator("input").fill("شبرا")
	second.press("Control+s")
	assert "عُدِّل" in second.message()
	assert second.value("birth_place") == "شبرا"
	assert frappe.db.get_value("Child", child, ["nickname", "birth_place"]) == ("حمادة", None)
