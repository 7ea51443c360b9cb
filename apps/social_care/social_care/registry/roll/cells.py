"""A value in three shapes: as stored, as one plain text to compare, and as it stands in a cell."""

import base64
import hashlib
import re
from datetime import date, datetime

from frappe import _
from frappe.utils import getdate
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.datetime import from_excel

from social_care import plurals
from social_care.browser_safety.rich_text import holds_markup
from social_care.registry import national_number
from social_care.registry.arabic import ascii_digits
from social_care.registry.roll.choices import Choices
from social_care.registry.roll.columns import LONG_TEXT, NUMBER, WHOLE, Column

RISKY = re.compile(r"'*[=+\-@\t\r]")
ESCAPED = re.compile(r"'+[=+\-@\t\r]")
DATE_PARTS = re.compile(r"(\d{1,4})[/\-.\s](\d{1,2})[/\-.\s](\d{1,4})")
THOUSANDS = re.compile(
	r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?"
)  # «1,5» may be one and a half or fifteen: it is refused
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
SERIALS = range(3_000, 80_000)  # days of Excel from 1908 to 2119
PRINT = 6  # bytes of a fingerprint


class CellError(Exception):
	"""What a cell holds cannot be taken; the text says why, in the user's language."""


def plain(value, fieldtype: str) -> str:
	"""The stored value as the one text by which values are compared; "" for nothing."""
	if value in (None, ""):
		return "0" if fieldtype == "Check" else ""
	if fieldtype == "Date":
		return getdate(value).isoformat()
	if fieldtype == "Check":
		return "1" if int(value) else "0"
	if fieldtype in WHOLE + NUMBER:
		return f"{float(value):.9g}" if float(value) else ""
	return tidy(value, keep_lines=fieldtype in LONG_TEXT)


def shown(text: str, column: Column, choices: Choices | None):
	"""The plain text as a cell holds it: a word of the list, a date, a number, or text that no program runs."""
	if not text:
		return None
	if choices:
		return harmless(choices.words.get(text, text))
	if column.fieldtype == "Date":
		return date.fromisoformat(text)
	if column.fieldtype in WHOLE + NUMBER:
		return float(text) if "." in text or "e" in text else int(text)
	return harmless(text)


def harmless(text: str) -> str:
	"""Text that a spreadsheet shows and never computes (OWASP, CSV injection); `restored` takes the mark away."""
	text = ILLEGAL_CHARACTERS_RE.sub("", text)
	return f"'{text}" if RISKY.match(text) else text


def restored(text: str) -> str:
	"""The text that `harmless` was given."""
	return text[1:] if ESCAPED.match(text) else text


def fingerprint(text: str) -> str:
	"""Eight signs that tell one value from another, for the row's version in the workbook."""
	return base64.b64encode(hashlib.sha256(text.encode()).digest()[:PRINT], altchars=b"._").decode()


def taken(raw, column: Column, choices: Choices | None) -> str:
	"""The plain text that a cell of an upload means. Raises CellError."""
	if raw is None or (isinstance(raw, str) and not tidy(raw)):
		return "0" if column.fieldtype == "Check" else ""
	if isinstance(raw, str) and (raw.lstrip().startswith("=") or raw[0] in "\t\r"):
		raise CellError(_("The cell holds a formula; write the value itself."))
	if column.fieldtype == "Date":
		return _date(raw)
	if column.fieldtype in WHOLE + NUMBER:
		return _number(raw, column.fieldtype in WHOLE)
	text = tidy(restored(raw) if isinstance(raw, str) else raw, keep_lines=column.fieldtype in LONG_TEXT)
	if choices:
		return _chosen(text, column, choices)
	return _text(text, column)


def tidy(raw, keep_lines: bool = False) -> str:
	"""A cell as text: no direction marks, single spaces; whole numbers without a fraction."""
	if isinstance(raw, float) and raw.is_integer():
		raw = int(raw)
	if isinstance(raw, datetime):
		raw = raw.date()
	text = ILLEGAL_CHARACTERS_RE.sub("", INVISIBLE.sub("", str(raw)))
	if keep_lines:
		return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()
	return " ".join(text.split())


def _text(text: str, column: Column) -> str:
	if column.fieldname == "national_number":
		return national_number.clean(text)
	if len(text) > column.length:
		sentence = _("The text is longer than {0} characters.", context=plurals.form(column.length))
		raise CellError(sentence.format(column.length))
	if holds_markup(text):
		raise CellError(_("The text holds the sign «<» directly before a letter; leave a space after it."))
	return text


def _chosen(text: str, column: Column, choices: Choices) -> str:
	value = choices.value_of(text)
	if value is None and column.fieldtype == "Check":
		raise CellError(_("Write yes or no."))
	if value is None:
		raise CellError(_("«{0}» is not in the list of this column.").format(text[:60]))
	return value


def _number(raw, whole: bool) -> str:
	if isinstance(raw, bool | date):
		raise CellError(_("This is not a number."))
	text = ascii_digits(tidy(raw)).replace("٫", ".").replace("٬", ",").rstrip("%٪ ")
	try:
		value = float(text.replace(",", "") if THOUSANDS.fullmatch(text) else text)
	except ValueError:
		raise CellError(_("This is not a number.")) from None
	if not abs(value) < 1e15 or (whole and not value.is_integer()):
		raise CellError(_("A whole number is needed.") if whole else _("This is not a number."))
	if value < 0:
		raise CellError(_("The number cannot be negative."))
	return plain(value, "Float")


def _date(raw) -> str:
	if isinstance(raw, datetime):
		return raw.date().isoformat()
	if isinstance(raw, date):
		return raw.isoformat()
	if isinstance(raw, int | float) and not isinstance(raw, bool) and int(raw) in SERIALS:
		return from_excel(int(raw)).date().isoformat()
	found = DATE_PARTS.fullmatch(ascii_digits(tidy(raw)))
	if not found:
		raise CellError(_("This is not a date; write day, month and year, for example 25/01/2015."))
	return _calendar(*found.groups())


def _calendar(first: str, month: str, last: str) -> str:
	year, day = (first, last) if len(first) == 4 else (last, first)
	try:
		if len(year) != 4:
			raise ValueError
		return date(int(year), int(month), int(day)).isoformat()
	except ValueError:
		raise CellError(
			_("This day is not in the calendar; write day, month and year, for example 25/01/2015.")
		) from None
