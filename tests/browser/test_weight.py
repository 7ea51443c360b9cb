"""What a poor line carries: the second visit costs a small part of the first, and neither is heavy."""

import pytest

from tests.browser.desk import URL, Desk
from tests.browser.weight import Scale, Weight, visit
from tests.browser.world import World, registered_child

FIRST_AT_MOST = 1_800_000  # bytes; see docs/low-bandwidth.md
SECOND_OF_FIRST = 0.15


@pytest.fixture
def visits(desk_of, world: World) -> list[dict[str, Weight]]:
	"""The same way three times, in windows of one browser: after a change of record types all is asked for once more."""
	child, desk = registered_child(world), desk_of(world.entry)
	found = []
	for _ in range(3):
		page = desk.context.new_page()
		found.append(visit(Desk(desk.context, page, desk.watch), Scale(page), child))
		page.close()
	desk.watch.expect_quiet()
	return found


def test_second_visit(visits: list[dict[str, Weight]]) -> None:
	first, *later = (sum(weight.total for weight in weights.values()) for weights in visits)
	second = min(later)
	assert 500_000 < first < FIRST_AT_MOST
	assert second < first * SECOND_OF_FIRST, f"{second} of {first}"
	again = visits[-1]["workspace"]
	assert not again.requests["script"] + again.requests["style"] + again.requests["font"]


def test_icons_of_the_desk_are_kept(desk_of, world: World) -> None:
	desk = desk_of(world.entry)
	desk.go("my-institution")
	address = desk.page.locator('script[src*="desk_symbols"]').get_attribute("src")
	assert desk.page.locator("#frappe-symbols > symbol").count() > 100
	kept = desk.context.request.get(f"{URL}{address}")
	assert "immutable" in kept.headers["cache-control"]
	assert desk.context.request.get(f"{URL}{address[:-4]}0000").text() == ""


def test_texts_of_the_desk_are_kept_and_bear_no_session(desk_of, world: World) -> None:
	desk = desk_of(world.entry)
	desk.go("my-institution")
	assert desk.page.evaluate("__('Save')") == "حفظ"
	address = desk.page.evaluate("frappe.boot.social_care_texts")
	kept = desk.context.request.get(f"{URL}{address}")
	assert "immutable" in kept.headers["cache-control"]
	assert "set-cookie" not in kept.headers
	other = desk.context.request.get(f"{URL}{address[:-4]}0000")
	assert other.headers["cache-control"] == "no-store"
