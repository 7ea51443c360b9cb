"""Which columns a roll has for a user: the fields of the Child form, also those that an administrator has added.

A table of the file stands in the workbook as columns of one of its rows: the school year that runs, the birth certificate.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from social_care.registry.arabic import normalise
from social_care.registry.roll.limits import limit
from social_care.scope import is_scoped

TEXT, LONG_TEXT = ("Data", "Phone", "Autocomplete"), ("Small Text", "Text", "Long Text")
WHOLE, NUMBER = ("Int",), ("Float", "Currency", "Percent")
KINDS = (*TEXT, *LONG_TEXT, *WHOLE, *NUMBER, "Select", "Date", "Check", "Link")
# Kept elsewhere: the day of the photograph goes with the photograph, the reason for a return with the review.
LEFT_OUT = {"photo_date", "return_reason", "naming_series", "institution"}
PRIVATE_TARGETS = {"User", "DocType", "Role", "File"}


@dataclass(frozen=True)
class OneRow:
	"""A row of a table of the file that has its own columns: the one whose `key_field` holds the key."""

	name: str
	table: str
	key_field: str
	label: str

	def key(self) -> str:
		return school_year() if self.key_field == "school_year" else KEYS[self.name]


ONE_ROWS = (
	OneRow("birth", "identity_papers", "paper_kind", "Birth Certificate"),
	OneRow("card", "identity_papers", "paper_kind", "National Identity Card"),
	OneRow("school", "education_records", "school_year", "This School Year"),
)
KEYS = {"birth": "Computerised Birth Certificate", "card": "National Identity Card"}


@dataclass(frozen=True)
class Column:
	"""A column of the roll. `key` is the field's name, or «birth.paper_number» for a field of one row of a table."""

	key: str
	doctype: str
	fieldname: str
	fieldtype: str
	options: str
	heading: str
	required: bool
	writable: bool
	length: int = 140
	row: OneRow | None = None
	also: tuple[str, ...] = ()  # the heading in Arabic and in English, whatever the user's language


def school_year() -> str:
	"""The school year that runs today, as «2025/2026»; the month it begins in is a setting."""
	today = getdate(nowdate())
	first = today.year if today.month >= limit("roll_school_year_month") else today.year - 1
	return f"{first}/{first + 1}"


def columns(user: str | None = None) -> list[Column]:
	"""Columns that the user may read, in the order of the form; `writable` where he may change them, too."""
	meta = frappe.get_meta("Child")
	reading = set(meta.get_permlevel_access("read", user=user))
	writing = set(meta.get_permlevel_access("write", user=user))
	return _distinct(_columns(meta, reading, writing))


def _columns(meta, reading: set[int], writing: set[int]) -> Iterator[Column]:
	for df in meta.fields:
		if df.permlevel not in reading:
			continue
		if _fits(df):
			yield _column(df, "Child", df.permlevel in writing)
		for row in ONE_ROWS:
			if df.fieldname == row.table:
				yield from _of_table(row, df, reading, writing)


def _of_table(row: OneRow, table, reading: set[int], writing: set[int]) -> Iterator[Column]:
	for df in frappe.get_meta(table.options).fields:
		if df.fieldname != row.key_field and df.permlevel in reading and _fits(df):
			yield _column(df, table.options, {table.permlevel, df.permlevel} <= writing, row)


def _fits(df) -> bool:
	"""Whether a field stands in a roll: written by people, of a kind that a cell can hold, leading to no other file."""
	if df.fieldtype not in KINDS or df.hidden or df.read_only or df.get("is_virtual"):
		return False
	closed = df.fieldtype == "Link" and (df.options in PRIVATE_TARGETS or is_scoped(df.options))
	return not closed and df.fieldname not in LEFT_OUT


def _column(df, doctype: str, writable: bool, row: OneRow | None = None) -> Column:
	heading, *also = (_heading(df, doctype, row, language) for language in (None, "ar", "en"))
	return Column(
		key=f"{row.name}.{df.fieldname}" if row else df.fieldname,
		doctype=doctype,
		fieldname=df.fieldname,
		fieldtype=df.fieldtype,
		options=df.options or "",
		heading=heading,
		also=tuple(also),
		required=bool(df.reqd),
		writable=writable,
		length=df.length or (140 if df.fieldtype in ("Data", "Link", "Select") else 2000),
		row=row,
	)


def _heading(df, doctype: str, row: OneRow | None, language: str | None) -> str:
	label = _(df.label or df.fieldname, lang=language, context=doctype)
	return f"{_(row.label, lang=language)}: {label}" if row else label


def _distinct(found: Iterator[Column]) -> list[Column]:
	"""Two fields with one label are told apart by the field's name, so that no heading means two things."""
	kept: dict[str, Column] = {}
	for column in found:
		heading = column.heading
		if fold(heading) in kept:
			heading = f"{heading} ({column.fieldname})"
		kept[fold(heading)] = Column(**{**column.__dict__, "heading": heading})
	return list(kept.values())


def fold(text: str) -> str:
	"""A heading as it is compared: without signs, spaces at the ends, diacritics and kinds of alef."""
	return normalise(text)
