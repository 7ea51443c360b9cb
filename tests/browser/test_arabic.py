"""Every kind of user reads Arabic from right to left wherever his work leads him, at a desk and on a phone."""

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.desk import PATIENCE, URL, Desk
from tests.browser.sight import complaints, too_wide
from tests.browser.world import World, registered_child

PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1366, "height": 850}


class Round:
	"""A walk through the desk that remembers where something was wrong."""

	def __init__(self, desk: Desk) -> None:
		self.desk, self.page = desk, desk.page
		self.wrong: dict[str, list[str]] = {}

	def look(self, place: str, phone: bool = False) -> None:
		"""Judge the page as it stands, and whether it fits a phone."""
		found = complaints(self.page)
		if phone:
			self.page.set_viewport_size(PHONE)
			self.desk.settle()
			found += too_wide(self.page)
			self.page.set_viewport_size(WIDE)
			self.desk.settle()
		watch = self.desk.watch
		found += [*watch.errors, *(f"leaves the machine: {url}" for url in watch.outside), *watch.refused]
		watch.forget()
		if found:
			self.wrong[place] = found

	def visit(self, path: str, phone: bool = True) -> None:
		"""Go to a page within the desk and look."""
		if "?" in path:
			self.desk.go(path)
		else:
			self.page.evaluate("path => frappe.set_route(`/app/${path}`)", path)
			self.page.wait_for_function(
				"view => location.pathname.startsWith(view)", arg=f"/app/{path.split('/')[0]}"
			)
			self.desk.settle()
		self.look(path, phone)

	@contextmanager
	def opened(self, what: str, selector: str):
		"""Open a menu or a box, look, and close it again."""
		self.desk.click(f"{selector} >> visible=true")
		self.desk.settle()
		self.look(what)
		yield
		self.page.keyboard.press("Escape")
		self.page.mouse.click(700, 840)

	def menu(self, what: str, selector: str) -> None:
		with self.opened(what, selector):
			pass

	def close_dialogs(self) -> None:
		"""Again and again, because a box that is just opening cannot be closed."""
		closed = "() => { $('.modal.show').modal('hide'); return !$('.modal.show').length; }"
		self.page.wait_for_function(closed, polling=300, timeout=PATIENCE)

	def expect_all_well(self) -> None:
		report = "\n".join(f"{place}: {'; '.join(found)}" for place, found in self.wrong.items())
		assert not self.wrong, f"\n{report}"


@pytest.fixture
def round_of(desk_of) -> Callable[[str, str], Round]:
	"""A walk of a user that begins at his workspace."""

	def begun(user: str, workspace: str) -> Round:
		desk = desk_of(user)
		desk.go(workspace)
		walk = Round(desk)
		walk.look(workspace, phone=True)
		return walk

	return begun


@pytest.fixture(scope="module")
def child(world: World) -> str:
	return registered_child(world)


def form_menus(walk: Round) -> None:
	"""The menus that hang on every form."""
	walk.menu("menu of the form", ".page-head .menu-btn-group > button")
	walk.menu("actions of the form", ".page-head .actions-btn-group > button")


def test_entry_user(round_of, world: World, child: str, photograph: Path) -> None:
	walk = round_of(world.entry, "my-institution")
	walk.menu("menu of the user", ".dropdown-navbar-user > .nav-link")
	walk.menu("help", ".dropdown-help > .nav-link")
	walk.menu("notifications", ".dropdown-notifications [data-toggle=dropdown]")
	walk.visit("child")
	walk.menu("filters of the list", ".filter-selector .filter-button")
	walk.menu("menu of the list", ".page-head .menu-btn-group > button")
	walk.visit("child/new")
	wrong_number(walk)
	upload_dialog(walk)
	walk.visit(f"child/{child}")
	form_menus(walk)
	walk.visit("family?family_title=لا يوجد")
	walk.expect_all_well()


def wrong_number(walk: Round) -> None:
	"""A number that cannot be is refused in a sentence; so is a file that lacks a name."""
	desk = walk.desk
	desk.click(desk.control("national_number").locator("input"))
	desk.type("12345")
	desk.press("Tab")
	walk.page.locator(".desk-alert:visible").first.wait_for(timeout=PATIENCE)
	walk.look("a wrong national number")
	desk.press("Control+s")
	desk.message()
	walk.look("a file without a name")
	walk.close_dialogs()


def upload_dialog(walk: Round) -> None:
	walk.desk.click(walk.desk.control("photo").locator(".btn-attach"))
	walk.desk.dialog()
	walk.look("the upload dialog", phone=True)
	walk.close_dialogs()


def test_data_officer(round_of, desk_of, world: World, child: str) -> None:
	entry = desk_of(world.entry)
	entry.go(f"child/{child}")
	entry.action("تقديم إلى المديرية")
	entry.expect_state("مقدم من المؤسسة")
	walk = round_of(world.officer, "my-directorate")
	walk.visit("child?file_state=Submitted by Institution")
	walk.visit(f"child/{child}")
	form_menus(walk)
	return_dialog(walk)
	walk.visit(f"print/Child/{child}", phone=False)
	walk.visit("placement/new")
	walk.visit("query-report/Children without National Number")
	walk.visit("duplicate-candidate")
	walk.visit("org-unit/view/tree")
	walk.expect_all_well()


def return_dialog(walk: Round) -> None:
	walk.desk.action("إعادة إلى المؤسسة")
	walk.desk.dialog()
	walk.look("reason for returning a file", phone=True)
	walk.close_dialogs()


def test_director(round_of, world: World) -> None:
	walk = round_of(world.director, "my-directorate")
	walk.visit("institution")
	walk.visit(f"institution/{world.institution}")
	walk.visit("staff-assignment")
	walk.visit("staff-assignment/new")
	walk.visit("query-report/Children and Institutions by Governorate")
	walk.expect_all_well()


def test_head(round_of, world: World) -> None:
	walk = round_of(world.head, "national-picture")
	walk.visit("child")
	walk.visit("official-figure")
	walk.visit("query-report/Children and Institutions by Governorate")
	walk.menu("menu of a report", ".page-head .menu-btn-group > button")
	walk.expect_all_well()


def test_functional_administrator(round_of, world: World) -> None:
	walk = round_of(world.administrator, "system-configuration")
	walk.visit("social-care-settings")
	walk.visit("staff-assignment/new")
	walk.visit("institution-type")
	walk.visit("org-unit/view/tree")
	walk.expect_all_well()


class TestPagesOutsideTheDesk:
	def test_log_in_page(self, guest_desk) -> None:
		desk = guest_desk()
		desk.page.goto(f"{URL}/login")
		self.expect_arabic(desk)
		desk.page.fill("#login_email", "nobody@test.invalid")
		desk.page.fill("#login_password", "wrong")
		desk.page.keyboard.press("Enter")
		desk.page.locator(".page-card-body.invalid").first.wait_for(timeout=PATIENCE)
		self.expect_arabic(desk)

	def test_missing_page(self, guest_desk) -> None:
		desk = guest_desk()
		desk.page.goto(f"{URL}/no-such-page")
		self.expect_arabic(desk)

	def test_forbidden_page(self, desk_of, guest_desk, world: World) -> None:
		desk = guest_desk()
		desk.page.goto(f"{URL}/app")
		desk.page.wait_for_load_state("networkidle")
		self.expect_arabic(desk)
		desk = desk_of(world.entry)
		desk.go("error-log")
		self.expect_arabic(desk, "error-log")

	def expect_arabic(self, desk: Desk, *names: str) -> None:
		found = complaints(desk.page, names)
		desk.page.set_viewport_size(PHONE)
		found += too_wide(desk.page)
		desk.page.set_viewport_size(WIDE)
		assert not found, found
		assert not desk.watch.outside, desk.watch.outside
