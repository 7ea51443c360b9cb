"""Hands of a functional administrator at the builder of services, pictures of what he sees, and how long he needs."""

import os
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import CALM, PATIENCE, Desk
from tests.browser.sight import complaints

ROOT = Path(__file__).resolve().parents[2]
# With SCREENSHOTS=1 the pictures of docs/service-packs.md are taken anew.
SHOWN = ROOT / "docs" / "service-builder"
PICTURES = SHOWN if os.environ.get("SCREENSHOTS") else ROOT / "var" / "builder-pictures"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FORM = ".form-page:visible"


# An opened row of a table lies over a frozen page, which is calm all the same.
CALM_WITH_ROW = CALM.replace("#freeze.in", "#freeze.in:not(.grid-form)")
WRONG: list[str] = []
# Latin that a functional administrator meets rightly: what he wrote himself, the language of conditions and samples, the
# keys of the framework's hints, the beginning of the definition in the history of changes.
WRITTEN = (
	"Resident Family Visit",
	"Inside",
	"Outside",
	"Kind of Visit",
	"Address of the Visit",
	"Undertaking",
)
CONDITIONS = (
	"'Male'",
	"'Female'",
	"'counter'",
	"'citizen'",
	"'institution'",
	"'headquarters'",
	"child.age",
	"today+3",
	"today",
)
ANSWERS = ("pass", "fail", "waivable", "missing", "not_applicable")
KEYS = ("CTRL", "Up", "Down", "ESC")
HISTORY = ('"format"', '"code"', '"docu')
DATA = (*WRITTEN, *CONDITIONS, *ANSWERS, *KEYS, *HISTORY)


@dataclass
class Hands:
	"""What the hands of the administrator and of the citizen do, and how long that takes people.

	Times are those of the keystroke-level model (Card, Moran, Newell 1980): 0.28 s a key for somebody who does not type
	by trade, 1.3 s to point and click, 1.35 s to think before each click and each field. Reading is added by whoever reads.
	"""

	fields: int = 0
	keys: int = 0
	clicks: int = 0

	def wrote(self, text: str) -> None:
		self.fields += 1
		self.keys += len(text) + 1  # and Tab

	def seconds(self) -> float:
		return 0.28 * self.keys + 1.3 * self.clicks + 1.35 * (self.clicks + self.fields)


HANDS = Hands()


def picture(desk: Desk, name: str) -> None:
	"""Keep a picture, and note what of it is not Arabic; the test ends with all that was noted."""
	PICTURES.mkdir(parents=True, exist_ok=True)
	settle(desk)
	desk.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
	WRONG.extend(f"{name}: {complaint}" for complaint in complaints(desk.page, DATA))


def settle(desk: Desk) -> None:
	desk.page.evaluate("() => { window.calmSince = null; }")
	desk.page.wait_for_function(CALM_WITH_ROW, timeout=PATIENCE)


def tab(desk: Desk, fieldname: str) -> None:
	desk.open_tab(fieldname)
	settle(desk)


def press(desk: Desk, group: str, label: str = "") -> None:
	"""A button of the form, alone or in a group."""
	head = desk.page.locator(".page-head:visible")
	desk.click(head.locator("button", has_text=group).filter(visible=True))
	if label:
		desk.click(head.locator(".dropdown-menu.show .dropdown-item", has_text=label))
	settle(desk)


def fill(box: Locator, fieldname: str, text: str) -> None:
	field = box.locator(
		f'[data-fieldname="{fieldname}"] input, [data-fieldname="{fieldname}"] textarea'
	).first
	field.fill(text)
	field.press("Tab")
	HANDS.wrote(text)


def choose(desk: Desk, box: Locator, fieldname: str, text: str) -> None:
	"""Pick an offered value by its Arabic name."""
	field = box.locator(f'[data-fieldname="{fieldname}"] input').first
	field.click()
	field.fill(text)
	option = box.locator(f'[data-fieldname="{fieldname}"] .awesomplete li', has_text=text).first
	expect(option).to_be_visible(timeout=PATIENCE)
	option.dispatch_event("mousedown", {"button": 0})
	option.dispatch_event("click", {"button": 0})
	settle(desk)
	HANDS.wrote(text)
	HANDS.clicks += 2


def new_row(desk: Desk, table: str) -> Locator:
	"""Add a row to a table and open its form."""
	grid = desk.page.locator(f'{FORM} .frappe-control[data-fieldname="{table}"]')
	desk.click(grid.locator(".grid-add-row"))
	settle(desk)
	desk.click(grid.locator(".grid-row").last.locator(".btn-open-row"))
	return opened_row(desk)


def opened_row(desk: Desk) -> Locator:
	"""The row that was opened, once it has taken the focus into its first field."""
	opened = desk.page.locator(".grid-row-open .form-in-grid:visible")
	opened.wait_for(timeout=PATIENCE)
	desk.page.wait_for_function(
		"() => document.activeElement?.matches('.grid-row-open :is(input, select, textarea)')",
		timeout=PATIENCE,
	)
	return opened


def close_row(desk: Desk) -> None:
	desk.click(".grid-row-open .grid-collapse-row:visible, .grid-row-open .btn-open-row:visible")
	settle(desk)


def close(desk: Desk) -> None:
	box = desk.dialog()
	desk.click(box.locator(".btn-modal-close"))
	box.wait_for(state="hidden", timeout=PATIENCE)


def picture_of(page: Page, name: str) -> None:
	page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
