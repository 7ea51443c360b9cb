"""Row by row and cell by cell: what an upload would change, what is wrong with it, what somebody else changed meanwhile."""

from dataclasses import dataclass, field

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.registry.roll import rules, stored
from social_care.registry.roll.cells import CellError, fingerprint, shown, taken, tidy
from social_care.registry.roll.choices import Choices
from social_care.registry.roll.columns import Column
from social_care.registry.roll.downloading import editable
from social_care.registry.roll.matching import Match
from social_care.registry.roll.reading import Row
from social_care.registry.together.batch import Batch

NEW, CHANGED, WAITING, NOT_POSSIBLE = "New", "Changed", "Waiting for Review", "Not Possible"


@dataclass
class Difference:
	"""What a row of the upload asks for. `cells`: {key: {"old", "new", "problem"?, "conflict"?, "take"?}}."""

	number: int
	kind: str = CHANGED
	child: str = ""
	cells: dict[str, dict] = field(default_factory=dict)
	candidates: list[str] = field(default_factory=list)
	note: str = ""

	@property
	def problems(self) -> int:
		return sum(bool(cell.get("problem")) for cell in self.cells.values())

	@property
	def conflicts(self) -> int:
		return sum(bool(cell.get("conflict")) for cell in self.cells.values())

	@property
	def is_empty(self) -> bool:
		return not self.cells and not self.note

	@property
	def accepted(self) -> bool:
		"""Whether the row is proposed to be applied: what has no open question."""
		if self.kind == NEW:
			return not self.problems
		return self.kind == CHANGED and any(cell.get("take") for cell in self.cells.values())


class Comparer:
	"""Compares rows of one upload with the files, for the session user."""

	def __init__(
		self, columns: list[Column], choices: dict[str, Choices], order: list[str], institution: str
	) -> None:
		self.columns, self.choices, self.order, self.institution = columns, choices, order, institution

	def compare(self, row: Row, match: Match, child: Document | None, may_write: bool) -> Difference:
		"""`child` is the file of a row that has one; `may_write` whether the user may change it at all."""
		found = Difference(row.number, child=match.child)
		if match.unknown_code:
			found.kind, found.note = NOT_POSSIBLE, _("No child of this institution has this file code.")
		elif match.waits:
			self._wait(found, row, match)
		elif child is None:
			self._new(found, row)
		else:
			self._changed(found, row, child, may_write)
		return found

	def cells(self, row: Row, current: dict[str, str], base: dict[str, str]) -> dict[str, dict]:
		"""Cells of a row that differ from the file, by key."""
		found = {}
		for column in self.columns:
			cell = self._cell(
				row.cells.get(column.key), column, current.get(column.key, ""), base.get(column.key)
			)
			if cell:
				found[column.key] = cell
		return found

	def _cell(self, raw, column: Column, old: str, base: str | None) -> dict | None:
		choices = self.choices.get(column.key)
		if base is None and (raw is None or not tidy(raw)):
			return None  # a blank cell of a workbook of one's own says nothing
		try:
			new = taken(raw, column, choices)
		except CellError as error:
			unchanged = tidy(raw) == tidy(shown(old, column, choices) or "")
			return (
				None if unchanged else {"old": old, "new": tidy(raw)[:200], "raw": 1, "problem": str(error)}
			)
		if new == old or (base and fingerprint(new) == base):
			return None
		cell = {"old": old, "new": new, "take": 1}
		if base and fingerprint(old) != base:
			cell |= {"conflict": 1, "take": 0}
		if not column.writable:
			cell |= {"problem": _("You may not change this column."), "take": 0}
		elif column.required and not new:
			cell |= {"problem": _("This field is required."), "take": 0}
		return cell

	def _wait(self, found: Difference, row: Row, match: Match) -> None:
		found.kind, found.child, found.candidates = WAITING, "", match.candidates
		found.cells = self.cells(row, {}, {})
		found.note = (
			_("A person with the same data is already registered; the row waits until you decide.")
			if match.elsewhere
			else _("The row fits more than one file of the institution; choose the right one.")
		)

	def _new(self, found: Difference, row: Row) -> None:
		found.kind, found.cells = NEW, self.cells(row, {}, {})
		if not frappe.has_permission("Child", "create"):
			found.kind, found.note = NOT_POSSIBLE, _("You may not register new files.")
			return
		child = new_file(self.institution)
		self._try(found, child)
		for key, sentence in rules.empty_required(child, self.columns).items():
			found.cells.setdefault(key, {"old": "", "new": ""}).setdefault("problem", sentence)
		missing = [column.heading for column in required_columns() if not child.get(column.fieldname)]
		if missing:
			found.note = _("A new file needs: {0}").format("، ".join(missing))
			found.kind = NOT_POSSIBLE if not found.problems else NEW

	def _changed(self, found: Difference, row: Row, child: Document, may_write: bool) -> None:
		found.cells = self.cells(row, stored.values(child, self.columns), row.base(self.order))
		if not found.cells:
			return
		if not may_write:
			found.kind, found.note = NOT_POSSIBLE, _("You may not change this file.")
		elif child.life_state != stored.ACTIVE:
			found.kind, found.note = NOT_POSSIBLE, _("The child no longer lives in the institution.")
		elif not editable(child):
			state = _(child.file_state)
			found.kind = NOT_POSSIBLE
			found.note = _("The file is {0}; it cannot be edited now by you.").format(state)
		else:
			child.load_doc_before_save()
			self._try(found, child)

	def _try(self, found: Difference, child: Document) -> None:
		"""Put the cells into the file in memory and ask the rules; a cell that breaks one is not taken."""
		by_key = {column.key: column for column in self.columns}
		taken_keys = [key for key, cell in found.cells.items() if cell.get("take") or cell.get("conflict")]
		for key in taken_keys:
			stored.put(child, by_key[key], found.cells[key]["new"])
		for key, sentence in rules.broken(child, taken_keys).items():
			if key:
				found.cells[key] |= {"problem": sentence, "take": 0}
			else:
				found.note = sentence


def new_file(institution: str, batch: Batch | None = None) -> Document:
	"""A new file with the form's first values."""
	child = batch.document("Child") if batch else frappe.new_doc("Child")
	child.institution = institution
	return child


def required_columns() -> list[Column]:
	"""Columns without which no file is made."""
	from social_care.registry.roll.columns import columns

	return [column for column in columns() if column.required and not column.row]
