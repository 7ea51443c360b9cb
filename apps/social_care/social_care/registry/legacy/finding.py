"""Whose file a row of an old registry is: by its number there, by the national number, or by likeness, which a human decides."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import frappe

from social_care.registry.arabic import join_name, normalise
from social_care.registry.identity import NAME_PARTS
from social_care.registry.legacy import DONE, NEW, POSSIBLE, ROW, SAME, key_of
from social_care.registry.legacy.rows import Cleaned
from social_care.registry.matching import near

MOST_CANDIDATES = 5
BY_ID, BY_NUMBER, BY_LIKENESS = "Number in the Old Registry", "National Number", "Likeness"
FIELDS = [
	"name",
	"person",
	"national_number",
	"first_name",
	"birth_date",
	"search_name",
	"legacy_source",
	"legacy_id",
]


@dataclass
class Found:
	"""What a row is: new, the file of a child, or perhaps one of some."""

	kind: str = NEW
	child: str = ""
	by: str = ""
	candidates: list[str] = field(default_factory=list)


class Finder:
	"""Looks for the rows of one chunk; whoever may see the files, so that no second one is made."""

	def __init__(self, source: str, rows: list[Cleaned]) -> None:
		self.source = source
		self.by_id = self._known([row.legacy_id for row in rows if row.legacy_id])
		self.by_number: dict[str, list[frappe._dict]] = {}
		numbers = {row.values.get("national_number") for row in rows} - {None, ""}
		for child in _children("national_number", numbers):
			self.by_number.setdefault(child.national_number, []).append(child)
		self.by_name: dict[tuple[str, str], list[str]] = {}
		names = {_name(row) for row in rows} - {""}
		for child in _children("search_name", names):
			self.by_name.setdefault((child.search_name, str(child.birth_date)), []).append(child.name)

	def _known(self, ids: list[str]) -> dict[str, str]:
		"""Files by number of the old registry: on the file itself, or by a row that was applied to it."""
		if not ids:
			return {}
		applied = frappe.get_all(
			ROW,
			{"source": self.source, "legacy_id": ["in", ids], "outcome": DONE, "child": ["is", "set"]},
			["legacy_id", "child"],
			order_by="creation asc",
		)
		found = {row.legacy_id: row.child for row in applied}
		keys = [key_of(self.source, legacy_id) for legacy_id in ids]
		for row in frappe.get_all(
			"Child", {"legacy_key": ["in", keys]}, ["legacy_id", "name"], order_by="name asc"
		):
			found[row.legacy_id] = row.name
		return {legacy_id: standing(child) for legacy_id, child in found.items()}

	def find(self, row: Cleaned) -> Found:
		"""What a row is. One that fits two people, or another one of the old registry, waits for a human."""
		if child := self.by_id.get(row.legacy_id):
			return Found(SAME, child, BY_ID)
		number = row.values.get("national_number")
		numbered = self.by_number.get(number, []) if number else []
		if len(numbered) == 1 and self._is_the_one(numbered[0], row):
			return Found(SAME, numbered[0].name, BY_NUMBER)
		candidates = [child.name for child in numbered] or self._alike(row)
		if candidates:
			by = BY_NUMBER if numbered else BY_LIKENESS
			return Found(POSSIBLE, by=by, candidates=candidates[:MOST_CANDIDATES])
		return Found()

	def _is_the_one(self, child: frappe._dict, row: Cleaned) -> bool:
		other_row = child.legacy_source == self.source and child.legacy_id not in ("", None, row.legacy_id)
		same_name = normalise(child.first_name) == normalise(row.values.get("first_name"))
		return same_name and not other_row

	def _alike(self, row: Cleaned) -> list[str]:
		"""Files by the same name and birth date, and those that weigh enough (docs/duplicates.md)."""
		born = row.values.get("birth_date")
		same = self.by_name.get((_name(row), born), []) if born else []
		persons = [found[1] for found in near.found(near.probe_of(row.values))]
		files = {child.person: child.name for child in _children("person", persons)}
		likely = [files[person] for person in persons if person in files]
		return list(dict.fromkeys([*same, *likely]))


def standing(child: str) -> str:
	"""The file into which one was merged, or the file itself."""
	for _step in range(10):
		into = frappe.db.get_value("Child", child, "merged_into")
		if not into:
			break
		child = into
	return child


def _name(row: Cleaned) -> str:
	return normalise(join_name(*(row.values.get(part) for part in NAME_PARTS)))


def _children(column: str, values: Iterable[str]) -> list[frappe._dict]:
	"""Files by a column, none for an empty value; all that stand for themselves, what is shown of them is decided there."""
	wanted = sorted(set(values) - {None, ""})
	if not wanted:
		return []
	filters = {column: ["in", wanted], "life_state": ["!=", "Merged"]}
	return frappe.get_all("Child", filters, FIELDS, order_by="name asc", limit=0)
