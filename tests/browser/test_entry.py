"""Entering files in the real world: quickly, twice by mistake, after the session ended, two people at once."""

from pathlib import Path

import frappe
from PIL import Image
from playwright.sync_api import Route, expect

from tests.browser.desk import PATIENCE, Desk
from tests.browser.entry import Facts, fill
from tests.browser.world import PASSWORD, World, registered_child

STEPS = "**/frappe.model.workflow.get_transitions"
FETCHING = "**/frappe.desk.form.load.getdoc?*"
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


def opened_by_two(desk_of, world: World) -> tuple[str, Desk, Desk]:
	"""A child's file, and the windows of two colleagues who have it open."""
	child = registered_child(world)
	first, second = desk_of(world.entry), desk_of(world.colleague)
	for desk in (first, second):
		desk.go(f"child/{child}")
		desk.control("nickname").wait_for(timeout=PATIENCE)
		desk.settle()
	return child, first, second


def write(desk: Desk, fieldname: str, text: str) -> None:
	"""Type into a field and stay in it."""
	desk.control(fieldname).locator("input").focus()
	desk.type(text)


def save_nickname(desk: Desk, nickname: str) -> None:
	desk.control("nickname").locator("input").fill(nickname)
	desk.save()


def text_in(desk: Desk, fieldname: str) -> str:
	return desk.control(fieldname).locator("input").input_value()


def test_what_is_being_typed_survives_a_colleagues_save(desk_of, world: World) -> None:
	child, first, second = opened_by_two(desk_of, world)
	write(second, "birth_place", "شبرا")
	save_nickname(first, "حمادة")
	told = second.page.locator(".form-message:visible", has_text="عُدِّل")
	told.wait_for(timeout=PATIENCE)
	second.type(" الخيمة")
	assert text_in(second, "birth_place") == "شبرا الخيمة"
	assert second.focused() == "birth_place"
	second.press("Tab")
	second.page.wait_for_function("() => cur_frm.is_dirty()", timeout=PATIENCE)
	assert second.value("birth_place") == "شبرا الخيمة"
	second.press("Control+s")
	assert "عُدِّل" in second.message()
	assert frappe.db.get_value("Child", child, ["nickname", "birth_place"]) == ("حمادة", None)


def test_what_is_typed_while_the_file_is_fetched_anew_survives(desk_of, world: World) -> None:
	_child, first, second = opened_by_two(desk_of, world)
	held: list[Route] = []
	second.page.route(FETCHING, lambda route: route.continue_() if held else held.append(route))
	with second.page.expect_request(FETCHING, timeout=PATIENCE):
		save_nickname(first, "حمادة")
	write(second, "birth_place", "شبرا")
	with second.page.expect_response(FETCHING, timeout=PATIENCE):
		held[0].continue_()
	second.page.locator(".form-message:visible", has_text="عُدِّل").wait_for(timeout=PATIENCE)
	assert text_in(second, "birth_place") == "شبرا"
	second.press("Tab")
	second.page.wait_for_function("() => cur_frm.is_dirty()", timeout=PATIENCE)
	assert second.value("birth_place") == "شبرا"


def test_a_form_that_is_drawn_anew_leaves_the_field_alone_that_is_written_in(desk_of, world: World) -> None:
	desk = desk_of(world.entry)
	desk.go(f"child/{registered_child(world)}")
	desk.control("nickname").wait_for(timeout=PATIENCE)
	desk.settle()
	write(desk, "birth_place", "شبرا")
	desk.page.evaluate("() => cur_frm.refresh()")
	desk.settle()
	assert text_in(desk, "birth_place") == "شبرا"
	desk.press("Tab")
	desk.page.wait_for_function("() => cur_frm.doc.birth_place === 'شبرا'", timeout=PATIENCE)
	desk.save()
	assert text_in(desk, "birth_place") == "شبرا"


def test_steps_that_come_late_leave_what_is_written_to_be_saved(desk_of, world: World) -> None:
	desk = desk_of(world.entry)
	desk.go(f"child/{registered_child(world)}")
	desk.control("nickname").wait_for(timeout=PATIENCE)
	desk.settle()
	held: list[Route] = []
	desk.page.route(STEPS, lambda route: held.append(route))
	with desk.page.expect_request(STEPS, timeout=PATIENCE):
		desk.page.evaluate("() => { cur_frm.refresh(); }")
	write(desk, "birth_place", "شبرا")
	desk.press("Tab")
	desk.page.wait_for_function("() => cur_frm.is_dirty()", timeout=PATIENCE)
	for route in held:
		route.continue_()
	desk.page.unroute(STEPS)
	desk.settle()
	expect(desk.page.locator(".actions-btn-group:visible")).to_have_count(0, timeout=PATIENCE)
	desk.save()
	assert desk.value("birth_place") == "شبرا"


def test_a_date_that_is_typed_while_its_calendar_opens_stays(desk_of, world: World) -> None:
	desk, day = desk_of(world.entry), Facts().admitted
	desk.go(f"child/{registered_child(world)}")
	desk.control("photo_date").wait_for(timeout=PATIENCE)
	desk.settle()
	write(desk, "photo_date", day.strftime("%d-%m-%Y"))
	desk.page.evaluate("() => cur_frm.get_field('photo_date').datepicker.opts.onShow()")  # it has opened
	assert text_in(desk, "photo_date") == day.strftime("%d-%m-%Y")
	desk.press("Tab")
	desk.save()
	assert desk.value("photo_date") == str(day)


def test_a_file_in_which_nothing_is_written_follows_the_colleague(desk_of, world: World) -> None:
	_child, first, second = opened_by_two(desk_of, world)
	second.control("birth_date").locator("input").focus()
	save_nickname(first, "حمادة")
	second.page.wait_for_function("() => cur_frm.doc.nickname === 'حمادة'", timeout=PATIENCE)
	expect(second.control("nickname").locator("input")).to_have_value("حمادة", timeout=PATIENCE)
	write(second, "birth_place", "شبرا")
	second.press("Tab")
	second.save()


def test_what_was_saved_during_a_cut_is_followed_after_it(desk_of, world: World) -> None:
	_child, first, second = opened_by_two(desk_of, world)
	second.page.evaluate("() => frappe.realtime.socket.disconnect()")
	save_nickname(first, "حمادة")
	assert second.value("nickname") is None
	second.page.evaluate("() => frappe.realtime.socket.connect()")
	second.page.wait_for_function("() => cur_frm.doc.nickname === 'حمادة'", timeout=PATIENCE)
	first.control("nickname").locator("input").fill("حماده")
	first.save()  # what comes after the cut is followed too
	second.page.wait_for_function("() => cur_frm.doc.nickname === 'حماده'", timeout=PATIENCE)


def test_whoever_saves_second_is_told(desk_of, world: World) -> None:
	child, first, second = opened_by_two(desk_of, world)
	second.control("birth_place").locator("input").fill("شبرا")
	first.control("nickname").locator("input").fill("حمادة")
	first.save()
	second.control("birth_place").locator("input").focus()
	second.press("Control+s")
	assert "عُدِّل" in second.message()
	assert second.value("birth_place") == "شبرا"
	assert frappe.db.get_value("Child", child, ["nickname", "birth_place"]) == ("حمادة", None)
