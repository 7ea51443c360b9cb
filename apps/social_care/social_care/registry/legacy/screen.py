"""What the form of an import shows of its rows: cells by the reader's levels, of files that he may open."""

import json

import frappe
from frappe import _

from social_care.reading import notes
from social_care.registry import levels
from social_care.registry.legacy import APPLIED, CHECKED, IMPORT, ROW, rights
from social_care.registry.legacy.fields import FIELDS, INSTITUTION, LABELS, LEGACY_ID, heading, plain_columns

PAGE = 50
SHOWN = (
	*(
		"name",
		"sheet_row",
		"legacy_id",
		"institution",
		"kind",
		"matched_by",
		"child",
		"candidates",
		"written",
	),
	*("cells", "faults", "differences", "decision", "as_another", "outcome", "note"),
)
CARD = ["name", "full_name", "birth_date", "institution_name"]


def state(name: str) -> dict:
	"""Whether rows may be decided, and which columns are not known: for who prepares, too."""
	doc = rights.opened(name, rights.PREPARERS)
	unknown = frappe.parse_json(doc.layout or "{}").get("places", {})
	registry = frappe.get_doc("Legacy Source", doc.source)
	fields = {row.heading: row.field for row in registry.columns}
	return {
		"decides": _decides(doc),
		"open": doc.status in (CHECKED, APPLIED),
		"unknown": [text for text in unknown if text in fields and not fields[text]],
		"reasons": _reasons(name),
	}


def _decides(doc) -> bool:
	try:
		rights.opened(doc.name, rights.DECIDERS)
	except frappe.PermissionError:
		frappe.clear_messages()
		return False
	return True


def _reasons(name: str) -> list[dict]:
	"""How many rows are rejected for each field: figures alone."""
	found: dict[str, int] = {}
	rows = frappe.get_all(ROW, {"legacy_import": name, "kind": "Rejected"}, ["faults"], limit=0)
	for row in rows:
		for field in json.loads(row.faults or "{}"):
			found[field] = found.get(field, 0) + 1
	return [
		{"label": heading(LABELS[field]) if field in LABELS else _("Others"), "rows": number}
		for field, number in sorted(found.items(), key=lambda pair: -pair[1])
	]


def page(name: str, kind: str = "", start: int = 0) -> dict:
	"""{"rows": […], "more": bool} for who decides."""
	rights.opened(name, rights.DECIDERS)
	filters = {"legacy_import": name} | ({"kind": kind} if kind else {})
	rows = frappe.get_all(  # no role reads rows; what of them is shown is decided here
		ROW, filters, SHOWN, order_by="sheet_row asc, name asc", limit_start=start, limit=PAGE + 1
	)
	return {"rows": Shown(rows[:PAGE]).all(), "more": len(rows) > PAGE}


class Shown:
	"""Rows as the session user may see them."""

	def __init__(self, rows: list[frappe._dict]) -> None:
		self.rows, self.columns = rows, plain_columns()
		self.readable = {
			field
			for field in FIELDS.values()
			if field not in self.columns or self._opens(self.columns[field])
		}
		self.files = self._files()
		notes.note("Child", self.files, "Form", IMPORT)

	def _opens(self, column) -> bool:
		return levels.readable(frappe.get_meta("Child").get_field(column.fieldname).permlevel)

	def _files(self) -> dict[str, frappe._dict]:
		named = {row.child for row in self.rows if row.child}
		named |= {child for row in self.rows for child in json.loads(row.candidates or "[]")}
		if not named:
			return {}
		found = frappe.get_list("Child", {"name": ["in", sorted(named)]}, CARD, order_by="name asc", limit=0)
		return {row.name: row for row in found}

	def all(self) -> list[dict]:
		return [self._row(row) for row in self.rows]

	def _row(self, row: frappe._dict) -> dict:
		closed = bool(row.child) and row.child not in self.files
		written = json.loads(row.written or "{}")
		cells = {} if closed else json.loads(row.cells or "{}")
		return {
			"name": row.name,
			"sheet_row": row.sheet_row,
			"legacy_id": row.legacy_id or written.get(LEGACY_ID, ""),
			"kind": row.kind,
			"matched_by": row.matched_by,
			"decision": row.decision,
			"outcome": row.outcome,
			"note": row.note,
			"differences": row.differences,
			"as_another": row.as_another,
			"who": self._who(written),
			"institution": written.get(INSTITUTION, ""),
			"child": None if closed or not row.child else self.files[row.child],
			"candidates": [
				self.files[child] for child in json.loads(row.candidates or "[]") if child in self.files
			],
			"cells": [self._cell(field, cell) for field, cell in cells.items() if field in self.readable],
			"faults": [
				{"label": heading(LABELS[field]) if field in LABELS else "", "sentence": sentence}
				for field, sentence in json.loads(row.faults or "{}").items()
				if field in self.readable or not field
			],
		}

	def _who(self, written: dict) -> str:
		parts = ("full_name", "first_name", "father_name", "grandfather_name", "family_name")
		return " ".join(written[part] for part in parts if written.get(part))

	def _cell(self, field: str, cell: dict) -> dict:
		words = {side: self._word(field, cell.get(side) or "") for side in ("old", "new")}
		own = {key: cell.get(key) or "" for key in ("take", "locked", "problem")}
		return {"field": field, "label": heading(LABELS[field]), **words, **own}

	def _word(self, field: str, text: str) -> str:
		"""A value as people read it."""
		if field == INSTITUTION:
			return frappe.db.get_value("Institution", text, "institution_name") or text
		column = self.columns[field]
		if text and column.fieldtype == "Date":
			return frappe.format(text, "Date")
		if column.fieldtype == "Link" and text:
			title = frappe.get_meta(column.options).title_field
			return (title and frappe.db.get_value(column.options, text, title)) or _(text)
		return _(text, context="Child") if column.fieldtype == "Select" and text else text
