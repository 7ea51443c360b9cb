"""What the user decides about the rows of a checked upload, and his confirmation."""

import json

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.registry.roll import checking, stored
from social_care.registry.roll.cells import harmless
from social_care.registry.roll.checking import CHECKED, CONFIRMED
from social_care.registry.roll.choices import choices_of
from social_care.registry.roll.columns import columns
from social_care.registry.roll.difference import CHANGED, NEW, NOT_POSSIBLE, WAITING, Comparer
from social_care.registry.roll.matching import Match
from social_care.registry.roll.reading import Row

CHOSEN = ("kind", "as_another", "child", "cells", "note", "problems", "conflicts", "accepted")


class UploadStateError(frappe.ValidationError):
	"""The upload is past this step."""


def own_upload(name: str, lock: bool = False) -> Document:
	"""An upload for the one who made it. Raises PermissionError for others."""
	doc = frappe.get_doc("Roll Upload", name, for_update=lock)
	doc.check_permission("read")
	if doc.uploaded_by != frappe.session.user:
		frappe.throw(
			_("Only the one who uploaded it decides about an upload."),
			frappe.PermissionError,
			title=_("Not Permitted"),
		)
	return doc


def decide(upload: str, row: str, accepted: bool | None = None, cells: dict[str, bool] | None = None) -> dict:
	"""Accept a row or leave it out, or single cells of it; of a conflict the accepted cell is the uploaded one."""
	found = _open_row(upload, row)
	stored_cells = json.loads(found.cells)
	for key, take in (cells or {}).items():
		if key in stored_cells and not stored_cells[key].get("problem"):
			stored_cells[key]["take"] = int(bool(take))
	takes = any(cell.get("take") for cell in stored_cells.values())
	if accepted is None:
		accepted = takes if found.kind == CHANGED else bool(found.accepted)
	possible = takes if found.kind == CHANGED else found.kind == NEW and not found.problems
	return _keep(
		found,
		{"cells": json.dumps(stored_cells, ensure_ascii=False), "accepted": int(bool(accepted and possible))},
	)


def choose(upload: str, row: str, child: str = "") -> dict:
	"""Say whose row a waiting one is: a file that it may be, or (nothing) a new file, which the directorate compares."""
	found = _open_row(upload, row)
	candidates = json.loads(found.candidates or "[]")
	if found.kind != WAITING and not found.candidates:
		_past()
	if child and child not in candidates:
		frappe.throw(_("You may not use this file."), frappe.PermissionError, title=_("Not Permitted"))
	doc = frappe.get_doc("Roll Upload", upload)
	found.update(_compared(doc, found, child))
	return _keep(found, {key: found[key] for key in CHOSEN})


def _compared(doc: Document, row: dict, child: str) -> dict:
	"""The row's difference with the chosen file."""
	own = [column for column in columns() if column.key in json.loads(row.cells)]
	raw = {key: cell["new"] for key, cell in json.loads(row.cells).items()}
	words = choices_of(own)
	cells = {column.key: _as_cell(raw[column.key], words.get(column.key)) for column in own}
	file = stored.read([child]).get(child) if child else None
	match = Match(child, [child] if child else [])
	comparer = Comparer(own, words, [], doc.institution)
	found = comparer.compare(
		Row(row.sheet_row, child, cells), match, file, child in stored.reachable([child])
	)
	return {
		"kind": found.kind,
		"as_another": int(not child),
		"child": child or None,
		"cells": json.dumps(found.cells, ensure_ascii=False),
		"note": found.note,
		"problems": found.problems,
		"conflicts": found.conflicts,
		"accepted": int(found.accepted),
	}


def _as_cell(text: str, words) -> str:
	return words.words.get(text, text) if words else harmless(text)


def _open_row(upload: str, row: str) -> frappe._dict:
	doc = own_upload(upload, lock=True)
	if doc.status != CHECKED:
		_past()
	fields = ["name", "sheet_row", "kind", "child", "cells", "candidates", "problems", "accepted"]
	found = frappe.db.get_value("Roll Upload Row", {"name": row, "roll_upload": upload}, fields, as_dict=True)
	if not found or found.kind == NOT_POSSIBLE:
		_past()
	return found


def _keep(row: frappe._dict, values: dict) -> dict:
	frappe.db.set_value("Roll Upload Row", row.name, values, update_modified=False)
	return {"row": row.name}


def confirm(upload: str) -> str:
	"""Begin to apply the accepted rows; a second confirmation begins nothing. Returns the upload's state."""
	doc = own_upload(upload, lock=True)
	if doc.status == CHECKED:
		start(confirmed(doc))
	return doc.status


def confirmed(doc: Document) -> Document:
	"""The upload with the confirmation of the session user."""
	upload = doc.name
	if not frappe.db.count("Roll Upload Row", {"roll_upload": upload, "accepted": 1}):
		frappe.throw(_("No row is accepted; there is nothing to apply."), UploadStateError, title=_("Upload"))
	doc.status, doc.confirmed_by, doc.confirmed_on = CONFIRMED, frappe.session.user, frappe.utils.now()
	doc.progress = 0
	doc.save(ignore_permissions=True)
	return doc


def start(doc: Document) -> None:
	"""Queue the job that an upload waits for."""
	from social_care.registry.roll import applying

	job = checking.check if doc.status in (checking.UPLOADED, checking.CHECKING) else applying.apply
	frappe.enqueue(
		job,
		queue="long",
		timeout=3600,
		enqueue_after_commit=True,
		job_id=f"roll-{doc.name}-{job.__name__}",
		deduplicate=True,
		upload=doc.name,
	)


def _past() -> None:
	frappe.throw(_("This row can no longer be decided."), UploadStateError, title=_("Upload"))
