"""Cells of a list as they are kept: Arabic-Indic digits, signs of direction, double spaces and spellings made one.

A cleaner takes the text of a cell and gives its value, or raises `Fault` with a code of `faults.py`. Values that repeat
(days, places, numbers) are cleaned once a file.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import partial

import frappe
from frappe.utils import getdate, nowdate
from openpyxl.utils.datetime import from_excel

from social_care.browser_safety.rich_text import holds_markup
from social_care.registry import national_number
from social_care.registry.arabic import ascii_digits, normalise
from social_care.registry.roll.cells import DATE_PARTS, SERIALS, THOUSANDS, restored, tidy

LENGTH = 140
MOST_MONEY = 1e12
SPACES = "  "
UNTIDY = re.compile("[\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00a0]")
NAME = re.compile(r"[^\d<>=@]+")
SEXES = {"ذكر": "Male", "انثي": "Female", "male": "Male", "female": "Female"}
MOTHERS = {"حامل": "Pregnant", "pregnant": "Pregnant", "ام": "Mother", "mother": "Mother"}
REMEMBERED = 200_000  # values of one column that are remembered while a file is read
SINGLE = ("name", "national_number")  # these hardly repeat


class Fault(Exception):
	"""A cell cannot be taken; the argument is the code of the reason."""


def text_of(raw) -> str:
	"""A cell of a text table or of a workbook as one line of text. Raises Fault for a formula."""
	if raw is None:
		return ""
	if isinstance(raw, str) and raw[:1] in ("\t", "\r"):
		raise Fault("formula")
	text = raw.strip() if isinstance(raw, str) and _is_tidy(raw) else tidy(raw)
	if text[:1] == "=":
		raise Fault("formula")
	return restored(text) if text[:1] == "'" else text


def _is_tidy(raw: str) -> bool:
	return SPACES not in raw and (raw.isprintable() or not UNTIDY.search(raw))


class Memory(dict):
	"""What was made of the cells of one kind: a text that is not remembered is cleaned, and remembered where texts repeat."""

	def __init__(self, clean: Callable[[object], object], most: int) -> None:
		self.clean_one, self.most = clean, most

	def __missing__(self, raw) -> object:
		value = self.clean_one(raw)
		if self.most and isinstance(raw, str):
			if len(self) >= self.most:
				self.clear()
			self[raw] = value
		return value


class Cleaner:
	"""Cleans the cells of one file, with what the site knows today."""

	def __init__(self) -> None:
		self.today = getdate(nowdate())
		settings = frappe.get_cached_doc("Social Care Settings")
		self.centuries = {part.strip() for part in (settings.nid_centuries or "2,3").split(",")}
		self.governorates, self.codes = _governorates()
		self.births: dict[str, date | None] = {}
		kinds: dict[str, Callable] = {
			"text": plain_text,
			"name": name,
			"national_number": self.national_number,
			"date": day,
			"past_date": self.past_day,
			"sex": lambda text: _chosen(text, SEXES, "sex"),
			"mother_state": lambda text: _chosen(text, MOTHERS, "mother_state"),
			"governorate": self.governorate,
			"whole": whole,
			"money": money,
		}
		self.cells = {
			kind: Memory(partial(_cleaned, clean), 0 if kind in SINGLE else REMEMBERED)
			for kind, clean in kinds.items()
		}

	def cell(self, kind: str, raw) -> object:
		"""The value of a cell, None for nothing, or the Fault for which it cannot be taken."""
		return self.cells[kind][raw]

	def national_number(self, text: str) -> str:
		"""A number of the right structure. Its check digit is a finding of the checks, not a fault."""
		number = text
		if not _is_number(number):
			number = national_number.clean(text).removesuffix(".0")  # a spreadsheet kept it as a fraction
			if not _is_number(number):
				raise Fault("digits")
		if number[0] not in self.centuries or number[0] not in national_number.CENTURIES:
			raise Fault("century")
		if not (born := self.born(number)):
			raise Fault("number_date")
		if born > self.today:
			raise Fault("number_future")
		if number[7:9] not in self.codes:
			raise Fault("number_governorate")
		return number

	def born(self, number: str) -> date | None:
		"""The birth date in a number; None where its digits are no day."""
		head = number[:7]
		if head not in self.births:
			try:
				year = national_number.CENTURIES[head[0]] + int(head[1:3])
				self.births[head] = date(year, int(head[3:5]), int(head[5:7]))
			except ValueError:
				self.births[head] = None
		return self.births[head]

	def past_day(self, text: str) -> date:
		"""A day that is not in the future."""
		found = day(text)
		if found > self.today:
			raise Fault("future")
		return found

	def governorate(self, text: str) -> str:
		"""The code of a governorate, from its code or its name in any spelling."""
		key = normalise(text)
		digits = ascii_digits(text).zfill(2)
		code = self.governorates.get(key) or self.governorates.get(key.removeprefix("محافظه "))
		if not code and digits not in self.codes:
			raise Fault("governorate")
		return code or digits


def _cleaned(clean: Callable[[str], object], raw) -> object:
	try:
		text = text_of(raw)
		return clean(text) if text else None
	except Fault as fault:
		return fault


def _is_number(text: str) -> bool:
	return len(text) == 14 and text.isascii() and text.isdigit()


def plain_text(text: str) -> str:
	"""A short text."""
	if len(text) > LENGTH:
		raise Fault("too_long")
	if "<" in text and holds_markup(text):
		raise Fault("markup")
	return ascii_digits(text)


def name(text: str) -> str:
	"""A person's name: two words or more, as written."""
	if len(text) > LENGTH:
		raise Fault("too_long")
	if " " not in text or not NAME.fullmatch(text):
		raise Fault("name")
	return text


def day(text: str) -> date:
	"""A day, as day/month/year, year-month-day, or the number of a spreadsheet."""
	text = ascii_digits(text).removesuffix(" 00:00:00")
	if text.isdecimal() and int(text) in SERIALS:
		return from_excel(int(text)).date()
	found = DATE_PARTS.fullmatch(text)
	if not found:
		raise Fault("date")
	first, month, last = found.groups()
	year, number = (first, last) if len(first) == 4 else (last, first)
	try:
		if len(year) != 4:
			raise ValueError
		return date(int(year), int(month), int(number))
	except ValueError:
		raise Fault("calendar") from None


def whole(text: str) -> int:
	"""A whole number that is not negative."""
	value = money(text)
	if value != int(value):
		raise Fault("whole")
	return int(value)


def money(text: str) -> float:
	"""An amount that is not negative."""
	text = ascii_digits(text).replace("٫", ".").replace("٬", ",").removesuffix("جنيه").strip()
	try:
		value = float(text.replace(",", "") if THOUSANDS.fullmatch(text) else text)
	except ValueError:
		raise Fault("number") from None
	if value < 0:
		raise Fault("negative")
	if not value < MOST_MONEY:
		raise Fault("number")
	return round(value, 2)


def _chosen(text: str, words: dict[str, str], fault: str) -> str:
	key = normalise(text)
	if key not in words:
		raise Fault(fault)
	return words[key]


def _governorates() -> tuple[dict[str, str], set[str]]:
	"""Codes by folded name, and the codes."""
	rows = frappe.get_all(  # a reference table
		"Governorate", fields=["name", "governorate_name", "governorate_name_en"], order_by="name asc"
	)
	by_name: dict[str, str] = {}
	for row in rows:
		for written in filter(None, (row.governorate_name, row.governorate_name_en)):
			by_name.setdefault(normalise(written), row.name)
	return by_name, {row.name for row in rows}
