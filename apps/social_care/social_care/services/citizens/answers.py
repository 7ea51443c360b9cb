"""What a page sent, read field by field: only the form's own fields, each as its kind, with a sentence for what is wrong."""

import json
from datetime import date, datetime
from typing import Any

from frappe import _
from frappe.utils import getdate

from social_care.browser_safety.rich_text import holds_markup
from social_care.registry.arabic import ascii_digits

SIZE, ROWS, LINE, TEXT = 60_000, 50, 140, 4_000
NUMBERS = {"integer", "number", "money", "percent"}
LARGEST, LARGEST_WHOLE = 10**12, 2**31  # what the columns hold
YES = (1, "1", True, "true", "on")


class Unreadable(ValueError):
	"""A value that is none of its field's kind; the text says so."""


def parsed(text: Any) -> dict:
	"""The sent JSON as a flat dictionary. Raises Unreadable for anything else, however large or deep."""
	if not isinstance(text, str) or len(text) > SIZE:
		raise Unreadable(_("The form is too long. Please shorten its texts."))
	try:
		found = json.loads(text)
	except (ValueError, RecursionError):
		found = None
	if not isinstance(found, dict):
		raise Unreadable(_("The form did not arrive whole. Please send it again."))
	return found


def read(fields: list[dict], sent: dict) -> tuple[dict[str, Any], dict[str, str]]:
	"""(values, sentences of what is wrong) by field."""
	values, wrong = {}, {}
	for field in fields:
		name = field["name"]
		try:
			values[name] = (
				rows(field, sent.get(name)) if field["type"] == "table" else value(field, sent.get(name))
			)
		except Unreadable as error:
			wrong[name] = str(error)
	return values, wrong


def value(field: dict, sent: Any) -> Any:
	"""One value as its kind; None where nothing was sent."""
	if sent in (None, "") or isinstance(sent, dict | list):
		return 0 if field["type"] == "yes_no" else None
	kind = field["type"]
	if kind == "yes_no":
		return int(sent in YES)
	if kind in NUMBERS:
		return number(str(sent), kind)
	reader = {"date": day, "datetime": moment, "time": hour}.get(kind)
	return reader(str(sent)) if reader else words(str(sent), TEXT if kind == "long_text" else LINE)


def words(sent: str, longest: int) -> str:
	text = sent.replace("\x00", "").strip()
	if len(text) > longest:
		raise Unreadable(_("Write at most {0} signs.").format(longest))
	if holds_markup(text):
		raise Unreadable(_("Write plain text, without < before a letter."))
	return text


def number(sent: str, kind: str) -> int | float:
	text = ascii_digits(sent).replace("٫", ".").replace("٬", "").replace(",", "").strip()
	try:
		found = int(text) if kind == "integer" else float(text)
	except ValueError:
		raise Unreadable(_("Write a number.")) from None
	if not abs(found) < (LARGEST_WHOLE if kind == "integer" else LARGEST):
		raise Unreadable(_("Write a number."))
	return found


def day(sent: str) -> str:
	try:
		return str(date.fromisoformat(ascii_digits(sent).strip()[:10]))
	except ValueError:
		raise Unreadable(_("Write a day.")) from None


def moment(sent: str) -> str:
	try:
		return str(datetime.fromisoformat(ascii_digits(sent).strip()[:19]))
	except ValueError:
		raise Unreadable(_("Write a day and an hour.")) from None


def hour(sent: str) -> str:
	try:
		return str(datetime.strptime(ascii_digits(sent).strip()[:5], "%H:%M").time())
	except ValueError:
		raise Unreadable(_("Write an hour.")) from None


def rows(field: dict, sent: Any) -> list[dict]:
	"""Rows of a table, without those that are empty."""
	if not isinstance(sent, list):
		return []
	if len(sent) > ROWS:
		raise Unreadable(_("Write at most {0} rows.").format(ROWS))
	found = []
	for index, row in enumerate(sent, start=1):
		given = row if isinstance(row, dict) else {}
		read_row, wrong = read(field["columns"], given)
		if wrong:
			raise Unreadable(_("Row {0}: {1}").format(index, next(iter(wrong.values()))))
		if any(part not in (None, "", 0) for part in read_row.values()):
			found.append(read_row)
	return found


def born(sent: Any) -> str | None:
	"""A birth day, or None where it is not sent."""
	text = value({"type": "date"}, sent)
	if text and not date(1900, 1, 1) <= getdate(text) <= date.today():
		raise Unreadable(_("Write a day."))
	return text
