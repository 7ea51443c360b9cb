"""Screens are usable without eyes, without a mouse and with weak eyes: axe-core finds nothing serious or critical."""

import pytest

from tests.browser.axe import grave
from tests.browser.desk import PATIENCE, URL, Desk
from tests.browser.test_dashboards import open_dashboard
from tests.browser.world import World, registered_child

WORKSPACES = {
	"entry": "my-institution",
	"officer": "my-directorate",
	"head": "national-picture",
	"administrator": "system-configuration",
}
# Parts of the framework that are not looked at, each with its reason.
EXCEPTIONS: dict[str, str] = {}


@pytest.fixture(scope="module")
def child(world: World) -> str:
	return registered_child(world)


def look(desk: Desk, place: str) -> list[str]:
	return [f"{place}: {found}" for found in grave(desk.page, tuple(EXCEPTIONS))]


def report(found: list[str]) -> None:
	assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("path", ["login", "verify", "login#forgot", "no-such-page"])
def test_pages_outside_the_desk(guest_desk, path: str) -> None:
	desk = guest_desk()
	desk.page.goto(f"{URL}/{path}")
	report(look(desk, path))


@pytest.mark.parametrize("kind", WORKSPACES)
def test_workspaces(desk_of, world: World, kind: str) -> None:
	desk = desk_of(world.users()[kind])
	if kind == "administrator":
		desk.go(WORKSPACES[kind])
	else:
		open_dashboard(desk, WORKSPACES[kind])
	report(look(desk, kind))


def test_the_list_of_children(desk_of, world: World, child: str) -> None:
	desk = desk_of(world.entry)
	desk.open_list("child?life_state=Active")
	report(look(desk, "list"))


def test_every_tab_of_a_childs_file(desk_of, world: World, child: str) -> None:
	desk, found = desk_of(world.entry), []
	for path in ("child/new", f"child/{child}"):
		desk.go(path)
		desk.page.locator(".form-tabs:visible").first.wait_for(timeout=PATIENCE)
		for tab in desk.page.locator(".form-tabs .nav-link:visible").all():
			tab.click()
			desk.settle()
			found += look(desk, f"{path} {tab.get_attribute('data-fieldname')}")
	report(sorted(set(found)))


@pytest.mark.parametrize(
	"path", ["query-report/Children and Institutions by Governorate", "institution", "placement/new"]
)
def test_reports_and_other_pages_of_a_directorate(desk_of, world: World, path: str) -> None:
	desk = desk_of(world.director)
	desk.go(path)
	report(look(desk, path))


def test_settings(desk_of, world: World) -> None:
	desk = desk_of(world.administrator)
	desk.go("social-care-settings")
	report(look(desk, "settings"))


def test_a_dialog(desk_of, world: World) -> None:
	desk = desk_of(world.entry)
	desk.open_list("child")
	desk.click(desk.page.locator(".inner-group-button:visible button", has_text="كشف الأبناء"))
	desk.click(desk.page.locator(".inner-group-button:visible .dropdown-item", has_text="رفع كشف الأبناء"))
	desk.dialog()
	report(look(desk, "upload of a roll"))


SEEN = """() => {
	const node = document.activeElement, style = getComputedStyle(node);
	const line = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
	return node === document.body || line ? "" : node.outerHTML.slice(0, 120);
}"""


def unseen(desk: Desk, times: int) -> list[str]:
	"""What has the focus of the keyboard without a line around it, on the way of so many Tabs."""
	found = []
	for _ in range(times):
		desk.press("Tab")
		found.append(desk.page.evaluate(SEEN))
	return [each for each in found if each]


def test_the_focus_of_the_keyboard_is_seen(guest_desk, desk_of, world: World, child: str) -> None:
	desk = guest_desk()
	desk.page.goto(f"{URL}/login")
	assert unseen(desk, 6) == []
	desk = desk_of(world.entry)
	desk.open_list("child?life_state=Active")
	assert unseen(desk, 25) == []
	desk.go(f"child/{child}")
	assert unseen(desk, 25) == []


@pytest.mark.parametrize("path", ["login", "verify", "app/my-institution"])
def test_pages_tell_their_language_and_direction(guest_desk, desk_of, world: World, path: str) -> None:
	desk = desk_of(world.entry) if path.startswith("app") else guest_desk()
	desk.page.goto(f"{URL}/{path}")
	told = "() => [document.documentElement.lang, document.documentElement.dir]"
	assert desk.page.evaluate(told) == ["ar", "rtl"]
