"""The second job of an upload: apply the accepted rows, each once, by the rules of the file.

A chunk is one transaction: the files, their history and the outcome of each row are kept together or not at all, so a
job that is killed is begun again where it stopped. The institution's row is locked meanwhile, so that two uploads of one
institution, and a form that registers a child there, follow one another.

The files of a chunk are saved together (`registry/together`). Where the database refuses what they write together, the
chunk is done again row by row, so that only the row that is to blame is refused.
"""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.registry import identity
from social_care.registry.roll import checking, photographs, stored
from social_care.registry.roll.checking import (
	APPLIED,
	APPLYING,
	CONFIRMED,
	ENDED,
	PHOTOGRAPHS,
	begin,
	fail,
	keep_progress,
)
from social_care.registry.roll.columns import Column, columns
from social_care.registry.roll.difference import new_file
from social_care.registry.roll.matching import Facts, Roll
from social_care.registry.together.batch import Batch
from social_care.registry.together.statements import update_rows

AT_ONCE = 200
DONE, REFUSED = "Applied", "Refused"
ROW = ["name", "child", "cells", "as_another"]
# Columns whose rule corrects other stored records; a row that changes one is written by itself.
ALONE = {"admission_date"}


class NotAppliedError(frappe.ValidationError):
	"""A row that cannot be applied as it was confirmed; the text says why."""


def apply(upload: str) -> None:
	"""Job: from Confirmed to Applied, as the user who confirmed."""
	doc = begin(upload, (CONFIRMED, APPLYING), APPLYING)
	if not doc:
		return
	total = frappe.db.count("Roll Upload Row", {"roll_upload": upload, "accepted": 1})
	try:
		while done := next_chunk(doc):
			keep_progress(upload, done / (total or 1))
	except Exception:
		frappe.db.rollback()
		checking.note_failure("applying", upload)
		fail(doc, _("Applying stopped. What was applied stays; upload the workbook again for the rest."))


def next_chunk(doc: Document) -> int:
	"""Apply the next rows; one by one where the database refuses what they write together."""
	try:
		return checking.tried(lambda: _chunk(doc, together=True).apply())
	except NotWrittenError:
		frappe.db.rollback()
		return checking.tried(lambda: _chunk(doc, together=False).apply())


def _chunk(doc: Document, together: bool) -> "Chunk":
	return PhotographChunk(doc) if doc.contents == PHOTOGRAPHS else Chunk(doc, together)


class NotWrittenError(Exception):
	"""The database refused what the rows of a chunk write together."""


class Chunk:
	"""The next rows of an upload, saved together or (where something is to happen with each row) one by one."""

	def __init__(self, upload: Document, together: bool = False) -> None:
		self.upload, self.together = upload, together
		self.columns: dict[str, Column] = {column.key: column for column in columns()}
		self.outcomes: dict[str, dict] = {}

	def apply(self) -> int:
		"""Rows that are done so far; 0 when there are none left, and the upload has ended."""
		frappe.db.commit()  # the bound of a chunk: what is read from here on is as the locks below find it
		status = frappe.db.get_value("Roll Upload", self.upload.name, "status", for_update=True)
		frappe.db.get_value("Institution", self.upload.institution, "name", for_update=True)
		rows = self._rows() if status == APPLYING else []
		if not rows:
			self._end(status)
			return 0
		self._read(rows)
		for row in rows:
			self._apply(row)
		self._write()
		return frappe.db.count("Roll Upload Row", {"roll_upload": self.upload.name, "outcome": ["is", "set"]})

	def _rows(self) -> list[dict]:
		filters = {"roll_upload": self.upload.name, "accepted": 1, "outcome": ""}
		return frappe.get_all(  # the upload's own rows, which no role reads
			"Roll Upload Row", filters=filters, fields=ROW, order_by="sheet_row asc", limit=AT_ONCE
		)

	def _read(self, rows: list[dict]) -> None:
		"""Everything that the rows are compared with and saved to, in a number of queries that does not grow with them."""
		names = [row.child for row in rows if row.child]
		for row in rows:
			row.cells = json.loads(row.cells)
		self.batch = Batch.if_possible() if self.together else None
		locked = self.batch or Batch()
		self.children, self.writable = locked.read("Child", names), stored.reachable(names)
		if self.batch:
			self._read_companions(rows)
		else:
			for child in self.children.values():
				child.flags.batch = None
		self.facts = {row.name: _facts(row) for row in rows if not row.child}
		if self.facts:
			self.roll = Roll(self.upload.institution, among=list(self.facts.values()))
			self.roll.look_elsewhere(list(self.facts.values()))

	def _read_companions(self, rows: list[dict]) -> None:
		renamed = [
			row.child for row in rows if row.child and not row.cells.keys().isdisjoint(identity.FIELDS)
		]
		persons = [self.children[name].person for name in renamed if name in self.children]
		self.batch.read("Person", sorted(filter(None, persons)))
		self.batch.actions.read_of("Child", list(self.children))

	def _apply(self, row: dict) -> None:
		"""One row: as a whole or not at all."""
		alone = not self.batch or bool(row.child and ALONE & row.cells.keys())
		frappe.db.savepoint("roll_row") if alone else self.batch.begin()
		try:
			child, note = self._register(row) if not row.child else self._change(row, alone)
			self.outcomes[row.name] = {"outcome": DONE, "child": child, "note": note}
		except ENDED:
			raise  # with the transaction; the chunk is done again
		except Exception as error:
			frappe.db.rollback(save_point="roll_row") if alone else self.batch.drop()
			sentence = self._sentence(error)
			self.outcomes[row.name] = {"outcome": REFUSED, "child": row.child or "", "note": sentence}
		finally:
			frappe.clear_messages()

	def _sentence(self, error: Exception) -> str:
		if isinstance(error, frappe.ValidationError | frappe.PermissionError) and str(error):
			return frappe.utils.strip_html(str(error))[:500]
		checking.note_failure("row", self.upload.name)
		return _("The row could not be applied. Please tell the system's administrator.")

	def _change(self, row: dict, alone: bool = True) -> tuple[str, str]:
		"""Write the accepted cells that still hold what the user was shown."""
		child = self._child(row)
		if alone:
			child.flags.batch = None
		cells = {key: cell for key, cell in row.cells.items() if cell.get("take")}
		current = stored.values(child, [self.columns[key] for key in cells if key in self.columns])
		wanted = {key: cell for key, cell in cells.items() if current.get(key) == cell["old"] != cell["new"]}
		others = [key for key, cell in cells.items() if current.get(key) not in (cell["old"], cell["new"])]
		for key, cell in wanted.items():
			stored.put(child, self._writable(key), cell["new"])
		if wanted:
			child.save()
		return child.name, self._changed_meanwhile(others, bool(wanted))

	def _child(self, row: dict) -> Document:
		child = self.children.get(row.child)
		if not child or child.name not in self.writable or child.institution != self.upload.institution:
			raise NotAppliedError(_("You may not change this file."))
		return child

	def _changed_meanwhile(self, keys: list[str], some: bool) -> str:
		if not keys:
			return ""
		headings = "، ".join(self.columns[key].heading if key in self.columns else key for key in keys)
		sentence = _("Somebody else changed this meanwhile, so it was left as it is: {0}").format(headings)
		if not some:
			raise NotAppliedError(sentence)
		return sentence

	def _writable(self, key: str) -> Column:
		column = self.columns.get(key)
		if not column or not column.writable:
			raise NotAppliedError(_("You may not change this column."))
		return column

	def _register(self, row: dict) -> tuple[str, str]:
		"""A new file by its own rules, unless the child has got one since the upload was checked."""
		match = self.roll.match_one("", self.facts[row.name])
		if not row.as_another and (match.child or match.waits):
			raise NotAppliedError(_("This child has got a file meanwhile; upload the workbook again."))
		child = new_file(self.upload.institution, self.batch)
		for key, cell in _fine(row.cells).items():
			stored.put(child, self._writable(key), cell["new"])
		child.insert()
		self.roll.add(child.name, self.facts[row.name])
		return child.name, ""

	def _write(self) -> None:
		"""Files and history, and what became of each row."""
		if self.batch:
			try:
				self.batch.write()
			except ENDED:
				raise
			except Exception as error:
				raise NotWrittenError from error
		update_rows("Roll Upload Row", self.outcomes)

	def _end(self, status: str) -> None:
		"""Count what came out."""
		if status != APPLYING:
			frappe.db.commit()
			return
		counts = {
			field: frappe.db.count("Roll Upload Row", {"roll_upload": self.upload.name, "outcome": outcome})
			for field, outcome in (("rows_applied", DONE), ("rows_refused", REFUSED))
		}
		frappe.db.set_value("Roll Upload", self.upload.name, counts | {"status": APPLIED, "progress": 100})
		frappe.db.commit()


def _fine(cells: dict[str, dict]) -> dict[str, dict]:
	return {key: cell for key, cell in cells.items() if not cell.get("problem")}


def _facts(row: dict) -> Facts:
	"""Who a new child is."""
	return Facts.of({key: cell["new"] for key, cell in _fine(row.cells).items()})


class PhotographChunk(Chunk):
	"""The next photographs of an archive."""

	def __init__(self, upload: Document) -> None:
		super().__init__(upload)
		self.archive = zipfile.ZipFile(io.BytesIO(checking.content(upload)[0]))

	def _change(self, row: dict, alone: bool = True) -> tuple[str, str]:
		"""The photograph of one child, by the rules of photographs."""
		child = self._child(row)
		if sentence := photographs.obstacle(child, photographs.may_change_photographs()):
			raise NotAppliedError(sentence)
		entry = self.archive.getinfo(row.cells["photo"]["entry"])
		content = photographs.read_picture(self.archive, entry)
		if hashlib.sha256(content).hexdigest() == photographs.digest_of(child.photo):
			return child.name, ""
		file = photographs.hang(child, content)
		try:
			child.save()
		except Exception:
			Path(file.get_full_path()).unlink(missing_ok=True)  # its row goes with the transaction
			raise
		return child.name, ""
