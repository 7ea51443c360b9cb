"""The second job of an upload: apply the accepted rows, each once, by the rules of the file.

A chunk is one transaction: the files, their history and the outcome of each row are kept together or not at all, so a
job that is killed is begun again where it stopped. The institution's row is locked meanwhile, so that two uploads of one
institution, and a form that registers a child there, follow one another.
"""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import frappe
from frappe import _
from frappe.model.document import Document
from pymysql.err import OperationalError

from social_care.registry.roll import checking, photographs, stored
from social_care.registry.roll.checking import (
	APPLIED,
	APPLYING,
	CONFIRMED,
	PHOTOGRAPHS,
	begin,
	fail,
	keep_progress,
)
from social_care.registry.roll.columns import Column, columns
from social_care.registry.roll.difference import new_file
from social_care.registry.roll.matching import Facts, Roll

AT_ONCE = 100
DONE, REFUSED = "Applied", "Refused"
ROW = ["name", "child", "cells", "as_another"]
TRIES = 3
ENDED = (frappe.QueryDeadlockError, frappe.QueryTimeoutError, OperationalError)


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
	"""Apply the next rows, again where the database ended the transaction in favour of another."""
	for left in reversed(range(TRIES)):
		try:
			return (PhotographChunk if doc.contents == PHOTOGRAPHS else Chunk)(doc).apply()
		except ENDED:
			frappe.db.rollback()
			if not left:
				raise
	return 0


class Chunk:
	"""The next rows of an upload."""

	def __init__(self, upload: Document) -> None:
		self.upload = upload
		self.columns: dict[str, Column] = {column.key: column for column in columns()}
		self.outcomes: list[tuple[str, str, str, str]] = []
		self.versions: list[Document] = []

	def apply(self) -> int:
		"""Rows that are done so far; 0 when there are none left, and the upload has ended."""
		status = frappe.db.get_value("Roll Upload", self.upload.name, "status", for_update=True)
		frappe.db.get_value("Institution", self.upload.institution, "name", for_update=True)
		rows = self._rows() if status == APPLYING else []
		if not rows:
			self._end(status)
			return 0
		names = [row.child for row in rows if row.child]
		self.children, self.writable = stored.read(names, for_update=True), stored.reachable(names)
		self.roll = Roll(self.upload.institution) if any(not row.child for row in rows) else None
		for row in rows:
			self._apply(row)
		self._write_history()
		self._write_outcomes()
		return frappe.db.count("Roll Upload Row", {"roll_upload": self.upload.name, "outcome": ["is", "set"]})

	def _rows(self) -> list[dict]:
		filters = {"roll_upload": self.upload.name, "accepted": 1, "outcome": ""}
		return frappe.get_all(  # the upload's own rows, which no role reads
			"Roll Upload Row", filters=filters, fields=ROW, order_by="sheet_row asc", limit=AT_ONCE
		)

	def _apply(self, row: dict) -> None:
		"""One row: as a whole or not at all."""
		frappe.db.savepoint("roll_row")
		try:
			child, note = self._register(row) if not row.child else self._change(row)
			self.outcomes.append((row.name, DONE, child, note))
		except ENDED:
			raise  # with the transaction; the chunk is done again
		except Exception as error:
			frappe.db.rollback(save_point="roll_row")
			self.outcomes.append((row.name, REFUSED, row.child or "", self._sentence(error)))
		finally:
			frappe.clear_messages()

	def _sentence(self, error: Exception) -> str:
		if isinstance(error, frappe.ValidationError | frappe.PermissionError) and str(error):
			return frappe.utils.strip_html(str(error))[:500]
		checking.note_failure("row", self.upload.name)
		return _("The row could not be applied. Please tell the system's administrator.")

	def _change(self, row: dict) -> tuple[str, str]:
		"""Write the accepted cells that still hold what the user was shown."""
		child = self._child(row)
		cells = {key: cell for key, cell in json.loads(row.cells).items() if cell.get("take")}
		current = stored.values(child, [self.columns[key] for key in cells if key in self.columns])
		wanted = {key: cell for key, cell in cells.items() if current.get(key) == cell["old"] != cell["new"]}
		others = [key for key, cell in cells.items() if current.get(key) not in (cell["old"], cell["new"])]
		for key, cell in wanted.items():
			stored.put(child, self._writable(key), cell["new"])
		if wanted:
			child.save()
			self.versions += child.flags.versions
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
		cells = {key: cell for key, cell in json.loads(row.cells).items() if not cell.get("problem")}
		facts = Facts.of({key: cell["new"] for key, cell in cells.items()})
		match = self.roll.match([("", facts)])[0]
		if not row.as_another and (match.child or match.waits):
			raise NotAppliedError(_("This child has got a file meanwhile; upload the workbook again."))
		child = new_file(self.upload.institution)
		for key, cell in cells.items():
			stored.put(child, self._writable(key), cell["new"])
		child.insert()
		self.roll.add(child.name, facts)
		return child.name, ""

	def _write_history(self) -> None:
		"""Versions of the changed files, many at once."""
		fields = ("name", "owner", "creation", "modified", "modified_by", "ref_doctype", "docname", "data")
		for version in self.versions:
			version.set_user_and_timestamp()
			version.set_new_name()
		if self.versions:
			rows = [tuple(version.get(field) for field in fields) for version in self.versions]
			frappe.db.bulk_insert("Version", fields, rows)

	def _write_outcomes(self) -> None:
		"""Outcomes in one statement for those with nothing to add, one by one for the others."""
		plain = [
			name
			for name, outcome, child, note in self.outcomes
			if outcome == DONE and not note and child in self.children
		]
		if plain:
			filters = {"name": ["in", plain]}
			frappe.db.set_value("Roll Upload Row", filters, "outcome", DONE, update_modified=False)
		for name, outcome, child, note in self.outcomes:
			if name not in plain:
				values = {"outcome": outcome, "child": child, "note": note}
				frappe.db.set_value("Roll Upload Row", name, values, update_modified=False)

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


class PhotographChunk(Chunk):
	"""The next photographs of an archive."""

	def __init__(self, upload: Document) -> None:
		super().__init__(upload)
		self.archive = zipfile.ZipFile(io.BytesIO(checking.content(upload)[0]))

	def _change(self, row: dict) -> tuple[str, str]:
		"""The photograph of one child, by the rules of photographs."""
		child = self._child(row)
		if sentence := photographs.obstacle(child, photographs.may_change_photographs()):
			raise NotAppliedError(sentence)
		entry = self.archive.getinfo(json.loads(row.cells)["photo"]["entry"])
		content = photographs.read_picture(self.archive, entry)
		if hashlib.sha256(content).hexdigest() == photographs.digest_of(child.photo):
			return child.name, ""
		file = photographs.hang(child, content)
		try:
			child.save()
		except Exception:
			Path(file.get_full_path()).unlink(missing_ok=True)  # its row goes with the transaction
			raise
		self.versions += child.flags.versions
		return child.name, ""
