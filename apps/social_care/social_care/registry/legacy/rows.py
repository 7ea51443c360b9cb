"""One row of an old registry made plain texts of a file's fields, or the reasons for which it cannot be taken."""

from dataclasses import dataclass, field
from functools import cached_property

import frappe
from frappe import _

from social_care.registry import national_number
from social_care.registry.arabic import ascii_digits, name_words, normalise
from social_care.registry.identity import NAME_PARTS
from social_care.registry.legacy.fields import INSTITUTION, LEGACY_ID, OWN, plain_columns
from social_care.registry.legacy.mapping import Mapping
from social_care.registry.roll.cells import CellError, restored, taken, tidy
from social_care.registry.roll.choices import choices_of

LONGEST = 140


@dataclass
class Cleaned:
	"""A row as it is understood: plain texts by field, and sentences by the field (or "") that is to blame."""

	number: int
	legacy_id: str = ""
	institution: str = ""
	values: dict[str, str] = field(default_factory=dict)
	faults: dict[str, str] = field(default_factory=dict)
	written: dict[str, str] = field(default_factory=dict)
	corrects: str = ""


class Words:
	"""Lists of today: options, reference tables, and institutions by code or name. Read once for many rows."""

	def __init__(self) -> None:
		self.columns = plain_columns()
		self.choices = choices_of(list(self.columns.values()))

	@cached_property
	def institutions(self) -> dict[str, str | None]:
		"""Codes by folded code and name; None where two institutions share a name, which is then nobody's."""
		found: dict[str, str | None] = {}
		rows = frappe.get_all(  # of the whole country: asked by headquarters
			"Institution", fields=["name", "institution_name"], order_by="name asc", limit=0
		)
		for row in rows:
			key = normalise(row.institution_name)
			found[key] = None if key in found else row.name
		return found | {normalise(row.name): row.name for row in rows}

	def exists(self, fieldname: str, value: str) -> bool:
		"""Whether a word of today is one that the field takes."""
		if fieldname == INSTITUTION:
			return bool(self.institutions.get(normalise(value)))
		return fieldname not in self.choices or self.choices[fieldname].value_of(value) is not None


class Reader:
	"""Reads rows of one registry."""

	def __init__(self, mapping: Mapping) -> None:
		self.mapping, self.words = mapping, Words()

	def read(self, number: int, cells: dict, corrects: str = "") -> Cleaned:
		"""`cells` are the raw ones by heading."""
		raw = {name: cells.get(text) for name, text in self.mapping.headings.items()}
		row = Cleaned(number, corrects=corrects)
		row.written = {name: tidy(value)[:500] for name, value in raw.items() if value not in (None, "")}
		for name, value in raw.items():
			try:
				self._take(row, name, value)
			except CellError as error:
				row.faults[name] = str(error)
		_complete_from_number(row)
		return row

	def _take(self, row: Cleaned, name: str, raw) -> None:
		if name in OWN:
			self._take_own(row, name, _text(raw))
		elif column := self.words.columns.get(name):
			if isinstance(raw, str):
				raw = self.mapping.word(name, tidy(raw))
			if text := taken(raw, column, self.words.choices.get(name)):
				row.values[name] = text

	def _take_own(self, row: Cleaned, name: str, text: str) -> None:
		if name == LEGACY_ID:
			row.legacy_id = ascii_digits(text)
			if not text:
				raise CellError(_("The row has no number of the old registry."))
		elif name == INSTITUTION:
			row.institution = self._institution(text)
		elif text:
			row.values |= {part: text for part, text in split_name(text).items() if part not in row.values}

	def _institution(self, text: str) -> str:
		if not text:
			raise CellError(_("The row names no institution."))
		found = self.words.institutions.get(normalise(self.mapping.word(INSTITUTION, text)))
		if not found:
			raise CellError(_("There is no institution «{0}»; say which one it is today.").format(text[:60]))
		return found


def _text(raw) -> str:
	"""A cell as one line. Raises CellError for a formula, and for what is longer than a field."""
	if raw is None:
		return ""
	if isinstance(raw, str) and (raw.lstrip().startswith("=") or raw[:1] in ("\t", "\r")):
		raise CellError(_("The cell holds a formula; write the value itself."))
	text = tidy(restored(raw) if isinstance(raw, str) else raw)
	if len(text) > LONGEST:
		raise CellError(_("The text is longer than the column takes."))
	return text


def split_name(text: str) -> dict[str, str]:
	"""A name in one column as its parts: the fourth and what follows is the family's. Raises CellError for one word."""
	words = name_words(text)
	if len(words) < 2:
		raise CellError(_("A name has at least two words and no digits."))
	parts = [*words[:3], " ".join(words[3:])]
	return {part: word for part, word in zip(NAME_PARTS, parts, strict=False) if word}


def _complete_from_number(row: Cleaned) -> None:
	"""What a row does not say its national number does: birth date and sex."""
	number = row.values.get("national_number")
	if not number:
		return
	try:
		found = national_number.parse(number)
	except national_number.NationalNumberError as error:
		row.faults["national_number"] = str(error)
		frappe.clear_messages()
		return
	row.values.setdefault("birth_date", found.birth_date.isoformat())
	row.values.setdefault("sex", found.sex)
