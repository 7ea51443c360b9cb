"""Texts about errors without values: from the exception itself, or from a text that somebody has made of it."""

import re
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

HEAD = re.compile(r"\s*Traceback\b.*\(most recent call last\):\s*")
FRAME = re.compile(r'\s*File "[^"]*", line \d+(, in \S+)?\s*')
LINKS = ("During handling of the above exception", "The above exception was the direct cause")
KIND = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
# Written by the interpreter about names in the program, not about values.
TELLING = (AttributeError, ImportError, NameError, NotImplementedError, RecursionError)
MASKS = (
	(re.compile(r"[^\s@<>'\"]+@[^\s@<>'\"]+"), "…"),  # addresses
	(re.compile(r"«[^»]*»|'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`"), "«…»"),
	(re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]+(?:\s+[\u0600-\u06ff]+)*"), "…"),
	(re.compile(r"\d{5,}"), "…"),
)


def get_traceback(with_context: bool = False) -> str:
	"""The exception in hand, with those before it; stands in for the framework's function of this name."""
	error = sys.exc_info()[1]
	bench = f"{Path(sys.prefix).parent}/"
	return "".join(_told(error)).replace(bench, "") if error else ""


def _told(error: BaseException) -> Iterator[str]:
	if before := _before(error):
		yield from _told(before)
		yield f"\n{LINKS[bool(error.__cause__)]}\n\n"
	yield "Traceback (most recent call last):\n"
	yield from traceback.format_tb(error.__traceback__)
	yield f"{kind(error)}\n"


def _before(error: BaseException) -> BaseException | None:
	return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def in_hand() -> Iterator[BaseException]:
	"""The exception in hand and those before it."""
	error, seen = sys.exc_info()[1], set()
	while error and id(error) not in seen:
		yield error
		seen.add(id(error))
		error = error.__cause__ or error.__context__


def without_messages(text: str) -> str:
	"""A text in which the messages of the exceptions in hand, or their beginning, give way to their kind."""
	for error in in_hand():
		message = str(error)
		if message and message.startswith(text):
			return kind(error)
		if len(message) > 2:
			text = text.replace(message, kind(error))
	return text


def kind(error: BaseException) -> str:
	"""The exception's class, the number of an error of the database, and a message that can hold no value."""
	name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
	if type(error) in TELLING:
		return f"{name}: {masked(str(error), names=True)}"
	number = error.args[0] if error.args and type(error.args[0]) is int else None
	return f"{name}: {number}" if number is not None else name


def masked(text: str, names: bool = False) -> str:
	"""A text without addresses, quoted words (unless these are `names` of the program), Arabic words and long numbers."""
	for place, (pattern, mask) in enumerate(MASKS):
		if not (names and place == 1):
			text = pattern.sub(mask, text)
	return text


def cleared(text: str) -> str:
	"""A text of an error log: of a traceback the places and the class, everything else masked."""
	return "\n".join(_lines(without_messages(text).split("\n")))


def _lines(lines: list[str]) -> Iterator[str]:
	state = "text"
	for line in lines:
		if HEAD.fullmatch(line) or line.startswith(LINKS):
			state, kept = "trace", line
		elif FRAME.fullmatch(line):
			state, kept = "source", line
		elif state == "source":
			state, kept = "trace", line if line.startswith("    ") else _class(line)
		elif state == "trace" and line and not line[0].isspace():
			state, kept = "over", _class(line)
		else:
			kept = masked(line) if state == "text" else None
		if kept is not None:
			yield kept


def _class(line: str) -> str:
	"""The class of the exception at the end of a traceback, with the database's number, if any."""
	found = KIND.match(line)
	number = re.search(r": (?:\()?(\d{1,4})\b(?=,|\)|$)", line)
	return (found[0] if found else "…") + (f": {number[1]}" if found and number else "")
