"""How a value of a pack is written into one cell of a table, and read back.

`write` gives the cell's text for a value, `read` the value for a cell, or ABSENT where the cell says nothing. A value that
does not come back the same (a number where a text belongs) is kept beside the row and not shown; see grids.py.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any


class _Absent:
	def __repr__(self) -> str:
		return "ABSENT"


ABSENT = _Absent()
BETWEEN = " | "
Cell = str | int | None


@dataclass(frozen=True)
class Kind:
	"""A way of writing values into cells; `blank` is the cell that says nothing."""

	write: Callable[[Any], Cell]
	read: Callable[[Cell], Any]
	blank: Cell = ""


def _text(cell: Cell) -> Any:
	text = str(cell or "").strip()
	return text or ABSENT


def _number(cell: Cell) -> Any:
	"""A number in Western or Arabic digits; another text stays one, and is told by the checks."""
	text = str("" if cell is None else cell).strip().replace("٫", ".")
	if not text:
		return ABSENT
	for kind in (int, float):
		try:
			return kind(text)
		except ValueError:
			continue
	return text


def _lines(cell: Cell) -> list[str]:
	return [line.strip() for line in str(cell or "").splitlines() if line.strip()]


def _words(cell: Cell) -> Any:
	return _lines(cell) or ABSENT


def _levels(cell: Cell) -> Any:
	return [_number(line) for line in _lines(cell)] or ABSENT


def _write_lines(values: list) -> str:
	return "\n".join(str(value) for value in values)


def _write_texts(values: list[dict]) -> str:
	return "\n".join(BETWEEN.join(value[key] for key in ("ar", "en") if key in value) for value in values)


def _texts(cell: Cell) -> Any:
	"""Lines of «Arabic | English», the English left out where there is none."""
	parts = [line.split(BETWEEN.strip(), 1) for line in _lines(cell)]
	rows = [
		{key: part.strip() for key, part in zip(("ar", "en"), line, strict=False) if part.strip()}
		for line in parts
	]
	return rows or ABSENT


def plain(value: Any) -> str:
	"""A value on one line: texts as they are, unless they would be read as something else."""
	if (
		isinstance(value, str)
		and value
		and value == value.strip()
		and "\n" not in value
		and not _is_json(value)
	):
		return value
	return json.dumps(value, ensure_ascii=False)


def _is_json(text: str) -> bool:
	try:
		json.loads(text)
	except ValueError:
		return False
	return True


def unplain(text: str) -> Any:
	"""The value of a line that `plain` wrote, or that somebody typed."""
	try:
		return json.loads(text)
	except ValueError:
		return text


def _write_map(values: dict) -> str:
	return "\n".join(f"{key} = {plain(value)}" for key, value in values.items())


def _map(cell: Cell) -> Any:
	"""Lines of «name = value»."""
	pairs = [line.partition("=") for line in _lines(cell)]
	return {key.strip(): unplain(value.strip()) for key, _sign, value in pairs} or ABSENT


def _write_event(value: dict) -> str:
	((key, of),) = value.items()
	return f"state:{of}" if key == "state" else key


def _event(cell: Cell) -> Any:
	text = str(cell or "").strip()
	if not text:
		return ABSENT
	return {"state": text.removeprefix("state:")} if text.startswith("state:") else {text: True}


TEXT = Kind(str, _text)
NUMBER = Kind(str, _number)
WORDS = Kind(_write_lines, _words)
LEVELS = Kind(_write_lines, _levels)
TEXTS = Kind(_write_texts, _texts)
MAP = Kind(_write_map, _map)
EVENT = Kind(_write_event, _event)
DAY = Kind(lambda value: date.fromisoformat(value).isoformat(), lambda cell: _text(str(cell or "")), None)


def flag(default: bool = False) -> Kind:
	"""A box that is ticked or not; the default is not written into the pack."""

	def read(cell: Cell) -> Any:
		ticked = bool(int(cell or 0))
		return ABSENT if ticked is default else ticked

	return Kind(int, read, int(default))


def choice(labels: dict[Any, str]) -> Kind:
	"""One of several values, shown by their labels."""
	values = {label: value for value, label in labels.items()}
	return Kind(lambda value: labels[value], lambda cell: values.get(cell, cell) if cell else ABSENT)


def written(kind: Kind, value: Any) -> Cell:
	"""The cell of a value, or the blank one where the value would not come back the same."""
	if value is ABSENT:
		return kind.blank
	try:
		cell = kind.write(value)
		same = identical(kind.read(cell), value)
	except (TypeError, ValueError, KeyError, AttributeError):
		return kind.blank
	return cell if same else kind.blank


def identical(one: Any, other: Any) -> bool:
	"""Equal in JSON: True is not 1, and 1 is not 1.0."""
	return type(one) is type(other) and json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
