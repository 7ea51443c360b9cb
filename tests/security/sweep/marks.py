"""Marks: texts, dates and numbers that occur in one column of one row and nowhere else."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

import frappe

TEXTS = {"Data", "Small Text", "Text", "Long Text", "Text Editor", "HTML Editor", "Markdown Editor", "Code"}
NUMBERS = {"Int", "Float", "Currency", "Percent", "Long Int"}
DATES = {"Date", "Datetime"}
# What a mark looks like: zm and ten signs; a day of the nineteenth century; a number of nine digits that begins with 9.
LOOKS = r"zm[0-9a-z]{10}|(?<!\d)18\d\d-[01]\d-[0-3]\d|(?<!\d)9\d{8}(?!\d)"
FIRST_DAY = date(1801, 1, 1)


@dataclass(frozen=True)
class Mark:
	"""Where a mark stands: side ("here" or "there"), column, and the levels of `parent` that are needed to read it."""

	text: str
	side: str
	doctype: str
	column: str
	parent: str
	levels: frozenset[int]


@dataclass
class Marks:
	"""Every mark by its text, and the names of the rows that bear them, by side and DocType."""

	known: dict[str, Mark] = field(default_factory=dict)
	rows: dict[str, dict[str, list[str]]] = field(default_factory=lambda: {"here": {}, "there": {}})
	addresses: dict[str, list[str]] = field(default_factory=lambda: {"here": [], "there": []})
	run: str = field(default_factory=lambda: frappe.generate_hash(length=6))
	numbers: count = field(default_factory=lambda: count(int(frappe.generate_hash(length=4), 16) % 9000))

	def make(self, kind: str, side: str, doctype: str, column: str, parent: str, levels: set[int]):
		"""A new mark as a value for a column of this kind of field."""
		value = self.fresh(kind)
		self.add(str(value), side, doctype, column, parent, levels)
		return value

	def fresh(self, kind: str) -> str | int:
		"""A value that stands nowhere else."""
		number = next(self.numbers)
		if kind in DATES:
			return str(FIRST_DAY + timedelta(days=number))
		return 900_000_000 + number * 997 if kind in NUMBERS else f"zm{self.run}{number:04x}".lower()

	def add(self, text: str, side: str, doctype: str, column: str, parent: str, levels: set[int]) -> None:
		"""Count a given text (the name of a row, the address of a file) as a mark."""
		self.known[text] = Mark(text, side, doctype, column, parent, frozenset(levels | {0}))

	def add_row(self, side: str, doctype: str, name: str, quiet: bool = False) -> None:
		"""Remember a row. The name of the first is told to every endpoint; that of a quiet one to none, so it is a mark."""
		self.rows[side].setdefault(doctype, []).append(name)
		if quiet and not name.startswith("T-"):
			self.add(name, side, doctype, "name", doctype, set())

	def name(self, side: str, doctype: str) -> str:
		"""Name of the first planted row of a DocType."""
		return self.rows[side].get(doctype, [""])[0]

	def of(self, side: str, doctype: str, column: str) -> str:
		"""The mark in a column of a DocType; "" when the column bears none."""
		found = (m for m in self.known.values() if (m.side, m.doctype, m.column) == (side, doctype, column))
		return next((mark.text for mark in found), "")

	def pattern(self) -> re.Pattern[bytes]:
		"""Finds everything that is or looks like a mark."""
		names = {text for text in self.known if not re.fullmatch(LOOKS, text)}
		return re.compile("|".join(filter(None, [LOOKS, longest_of(names)])).encode())


def longest_of(words: set[str]) -> str:
	"""A pattern for the longest of these words; what several begin with is compared once, so long answers are searched fast."""
	rests: dict[str, set[str]] = {}
	for word in words:
		rests.setdefault(word[:1], set()).add(word[1:])
	may_end = rests.pop("", None) is not None
	ways = [re.escape(first) + longest_of(rest) for first, rest in sorted(rests.items())]
	return f"(?:{'|'.join(ways)}){'?' if may_end else ''}" if ways else ""


def is_markable(df, shared: bool, parent_level: int = 0) -> bool:
	"""Whether a column can hold a mark. Rows that other tests use keep what rules read: choices, numbers and days of level 0."""
	level = max(df.permlevel or 0, parent_level)
	if df.get("is_virtual") or 0 < int(df.get("length") or 0) < 12:
		return False
	if df.fieldtype in TEXTS:
		return df.fieldname not in ("naming_series", "amended_from")
	return (df.fieldtype in NUMBERS and not shared) or (bool(level) and df.fieldtype in DATES | {"Select"})
