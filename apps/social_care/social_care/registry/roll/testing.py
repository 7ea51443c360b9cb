"""What tests of the roll need: a home with two workers, a workbook that can be edited, an upload taken to its end."""

import io
from dataclasses import dataclass
from functools import cache

import frappe
from openpyxl import Workbook, load_workbook

from social_care.registry.roll import applying, checking, decisions, downloading, receiving, screen
from social_care.tests import CountryTestCase, factories

ROLL_SHEET = 0


@dataclass
class Home:
	"""An institution of its own, with two entry users."""

	name: str
	first: str
	second: str


@cache
def make_home(unit: str) -> Home:
	"""One for the whole run (the framework makes sixty users an hour); committed, because the jobs commit."""
	frappe.set_user("Administrator")
	name = factories.institution(unit, licensed_capacity=100_000).name
	workers = [factories.staff("Institution Entry User", institution=name) for _ in range(2)]
	frappe.db.commit()
	return Home(name, *workers)


class Book:
	"""A downloaded workbook in somebody's hands."""

	def __init__(self, data: bytes) -> None:
		self.book = load_workbook(io.BytesIO(data))
		self.sheet = self.book.worksheets[ROLL_SHEET]
		self.headings = [cell.value for cell in self.sheet[1]]

	def cell(self, row: int, heading: str):
		return self.sheet.cell(row, self.headings.index(heading) + 1)

	def row_of(self, code: str) -> int:
		return next(
			row for row in range(2, self.sheet.max_row + 1) if self.cell(row, "كود الملف").value == code
		)

	def put(self, row: int, **values) -> "Book":
		"""Write cells; headings with their spaces as underscores."""
		for heading, value in values.items():
			self.cell(row, heading.replace("_", " ")).value = value
		return self

	@property
	def first_blank(self) -> int:
		return next(row for row in range(2, self.sheet.max_row + 1) if not self.cell(row, "كود الملف").value)

	def data(self) -> bytes:
		stream = io.BytesIO()
		self.book.save(stream)
		return stream.getvalue()


def by_hand(headings: list[str], *rows: list) -> bytes:
	"""A workbook that somebody made himself."""
	book = Workbook()
	book.active.append(headings)
	for row in rows:
		book.active.append(row)
	stream = io.BytesIO()
	book.save(stream)
	return stream.getvalue()


class RollTestCase(CountryTestCase):
	"""A test at a home of its own."""

	keeps_rows = True
	home: Home

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.home = make_home(cls.here.district)

	def act_as(self, user: str) -> None:
		super().act_as(user)
		frappe.local.lang = "ar"

	def child(self, **values):
		self.act_as("Administrator")
		made = factories.child(self.home.name, **values)
		frappe.db.commit()
		return made

	def book(self, user: str = "") -> Book:
		self.act_as(user or self.home.first)
		return Book(downloading.workbook(self.home.name))

	def check(self, data: bytes, user: str = "", file_name: str = "roll.xlsx") -> str:
		"""Upload and compare; the upload's name."""
		self.act_as(user or self.home.first)
		upload = receiving.store_roll(self.home.name, file_name, data).name
		frappe.db.commit()
		checking.check(upload)
		return upload

	def rows(self, upload: str, kind: str = "") -> list[dict]:
		return screen.page(upload, 0, kind)["rows"]

	def only_row(self, upload: str) -> dict:
		rows = self.rows(upload)
		self.assertEqual(len(rows), 1, rows)
		return rows[0]

	def cells(self, row: dict) -> dict[str, dict]:
		return {cell["key"]: cell for cell in row["cells"]}

	def confirm(self, upload: str) -> dict:
		"""Confirm and apply; the state afterwards."""
		decisions.confirmed(decisions.own_upload(upload))
		frappe.db.commit()
		applying.apply(upload)
		return screen.state(upload)

	def stored(self, child: str, field: str):
		frappe.db.rollback()
		return frappe.db.get_value("Child", child, field)
