"""What a human says of rows: taken or left out, whose file it is, which differences count. And: apply them."""

import json

import frappe
from frappe import _

from social_care.registry.legacy import (
	APPLIED,
	APPLYING,
	CHECKED,
	DONE,
	IMPORT,
	LEAVE,
	NEW,
	POSSIBLE,
	REJECTED,
	ROW,
	SAME,
	TAKE,
	checking,
	comparing,
	rights,
)
from social_care.registry.legacy.fields import plain_columns
from social_care.registry.legacy.finding import Found
from social_care.registry.legacy.receiving import enqueue
from social_care.registry.legacy.rows import Cleaned

FIELDS = ["name", "kind", "child", "candidates", "cells", "institution", "sheet_row", "legacy_id", "outcome"]


def decide(name: str, row: str, decision: str) -> None:
	"""Take a row or leave it out; one of which it is not decided whose it is cannot be taken."""
	found = _open(name, row)
	if decision not in (TAKE, LEAVE) or (decision == TAKE and found.kind == POSSIBLE):
		rights.refuse_state(_("Say first whose row this is."))
	_keep(found, {"decision": decision})


def take_cells(name: str, row: str, fields: list[str]) -> None:
	"""Of a known child's differences these count; the rest of the file stays as it is."""
	found = _open(name, row)
	cells = json.loads(found.cells or "{}")
	for field, cell in cells.items():
		cell["take"] = int(field in fields and not cell.get("locked") and not cell.get("problem"))
	_keep(found, {"cells": json.dumps(cells, ensure_ascii=False), "decision": TAKE})


def choose(name: str, row: str, child: str) -> None:
	"""A possible row is this child's, one of those that were proposed."""
	found = _open(name, row)
	if child not in json.loads(found.candidates or "[]"):
		frappe.throw(_("You may not use this file."), frappe.PermissionError, title=_("Not Permitted"))
	doc = frappe.get_doc("Child", child)
	doc.check_permission("read")
	cells = comparing.of_same(cleaned(found), doc, plain_columns())
	told = checking.kept(Found(SAME, child, "Decision", json.loads(found.candidates)), cells)
	_keep(found, told | {"as_another": 0, "reason": ""})


def as_another(name: str, row: str, reason: str) -> None:
	"""A possible row is another child's than those proposed: the reason goes into the new file, where the directorate reads it."""
	found = _open(name, row)
	if not found.candidates or not (reason or "").strip():
		rights.refuse_state(_("Write why this is another child."))
	read = cleaned(found)
	cells = comparing.of_new(read, plain_columns())
	if read.faults:
		rights.refuse_state(" ".join(read.faults.values()))
	told = checking.kept(Found(NEW, by="Decision", candidates=json.loads(found.candidates)), cells)
	_keep(found, told | {"as_another": 1, "reason": reason.strip()})


def apply(name: str) -> None:
	"""Begin to apply the rows that are to be taken; a second click begins nothing."""
	doc = rights.opened(name, rights.DECIDERS, lock=True)
	if doc.status not in (CHECKED, APPLIED):
		rights.refuse_state(_("This is not open while the import is {0}.").format(_(doc.status)))
	begun = {"status": APPLYING, "progress": 0, "failure": "", "applied_by": frappe.session.user}
	frappe.db.set_value(IMPORT, name, begun)
	enqueue(name)


def cleaned(row: frappe._dict) -> Cleaned:
	"""A stored row as it was understood."""
	cells = json.loads(row.cells or "{}")
	values = {field: cell["new"] for field, cell in cells.items() if field != "institution"}
	return Cleaned(row.sheet_row, row.legacy_id, row.institution or "", values)


def _open(name: str, row: str) -> frappe._dict:
	doc = rights.opened(name, rights.DECIDERS, lock=True)
	if doc.status not in (CHECKED, APPLIED):
		rights.refuse_state(_("This is not open while the import is {0}.").format(_(doc.status)))
	found = frappe.db.get_value(ROW, {"name": row, "legacy_import": name}, FIELDS, as_dict=True)
	if not found or found.kind == REJECTED or found.outcome == DONE:
		rights.refuse_state(_("This row is not open for a decision."))
	return found


def _keep(row: frappe._dict, values: dict) -> None:
	values |= {"decided_by": frappe.session.user, "outcome": ""}
	frappe.db.set_value(ROW, row.name, values, update_modified=False)
