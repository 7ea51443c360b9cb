"""Entering a complete child's file, as an entry user does it: by keyboard."""

import random
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from frappe.utils import add_days, add_years, getdate, nowdate
from playwright.sync_api import expect
from social_care.tests import factories

from tests.browser.desk import PATIENCE, Desk

EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@dataclass
class Facts:
	"""What the entry user has on paper."""

	first_name: str = "يوسف"
	father_name: str = "إبراهيم"
	grandfather_name: str = "عبد الحميد"
	family_name: str = "الشافعي"
	born: date = field(
		default_factory=lambda: getdate(add_days(add_years(nowdate(), -9), random.randrange(1500)))
	)
	admitted: date = field(default_factory=lambda: getdate(add_days(nowdate(), -40)))

	def __post_init__(self) -> None:
		self.national_number = factories.national_number(self.born, "Male", "01")

	@property
	def full_name(self) -> str:
		return f"{self.first_name} {self.father_name} {self.grandfather_name} {self.family_name}"


def fill(desk: Desk, facts: Facts, photograph: Path) -> None:
	"""Every part of a file that can be submitted, from the photograph to the school; not yet saved."""
	desk.control("first_name").wait_for(timeout=PATIENCE)
	desk.settle()
	attach(desk, photograph)
	number_and_name(desk, facts)
	origin(desk, facts)
	school(desk)


def attach(desk: Desk, photograph: Path) -> None:
	"""The photograph stands first in the form, so the focus is on it."""
	desk.tab_to("photo")
	desk.press("Enter")
	desk.upload(photograph)
	expect(desk.control("photo_date").locator("input")).to_be_focused(timeout=PATIENCE)
	desk.settle()


def number_and_name(desk: Desk, facts: Facts) -> None:
	"""The number in Arabic-Indic digits, which fills sex, birth date and governorate by itself, then the names."""
	desk.tab_to("national_number")
	desk.type(facts.national_number.translate(EASTERN))
	desk.press("Tab")
	desk.page.wait_for_function("() => cur_frm.doc.birth_governorate && cur_frm.doc.sex", timeout=PATIENCE)
	desk.settle()
	for name in ("first_name", "father_name", "grandfather_name", "family_name"):
		desk.tab_to(name)
		desk.type(getattr(facts, name))
	desk.tab_to("religion")
	desk.press("ArrowDown")


def origin(desk: Desk, facts: Facts) -> None:
	"""Parentage, how the child came, and why he was admitted."""
	for name, times in (("parentage", 1), ("how_found", 3), ("orphanhood", 1)):
		desk.tab_to(name)
		desk.press("ArrowDown", times)
	desk.tab_to("admission_reason")
	desk.choose_link("يتم")
	desk.tab_to("admission_date")
	desk.type(facts.admitted.strftime("%d-%m-%Y"))


def school(desk: Desk) -> None:
	"""One row of the school history, written in the table."""
	desk.tab_to("education_records")
	desk.press("Enter")
	expect(desk.page.locator('.editable-row [data-fieldname="school_year"] input')).to_be_focused(
		timeout=PATIENCE
	)
	desk.type("2026/2027")
	desk.tab_to("stage")
	desk.press("ArrowDown", 3)
	desk.tab_to("grade")
	desk.type("3")
	desk.tab_to("school_name")
	desk.type("مدرسة النيل الابتدائية")
