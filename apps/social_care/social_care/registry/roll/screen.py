"""What the difference screen shows: rows of an upload with their cells, as far as the reader may see each."""

import json

import frappe
from frappe import _

from social_care.registry import levels
from social_care.registry.roll.choices import Choices, choices_of
from social_care.registry.roll.columns import Column, columns

PAGE = 50
FIELDS = (
	"name",
	"sheet_row",
	"kind",
	"child",
	"cells",
	"candidates",
	"note",
	"problems",
	"conflicts",
	"accepted",
	"as_another",
	"outcome",
)
STATE = (
	"status",
	"progress",
	"failure",
	"notices",
	"contents",
	"rows_total",
	"rows_unchanged",
	"rows_new",
	"rows_changed",
	"rows_waiting",
	"rows_not_possible",
	"rows_applied",
	"rows_refused",
)


def readable(upload: str):
	"""The upload. Raises PermissionError for who may not read it."""
	doc = frappe.get_doc("Roll Upload", upload)
	doc.check_permission("read")
	return doc


def state(upload: str) -> dict:
	"""State, progress and counts of an upload; `own` for the one who decides about it."""
	doc = readable(upload)
	accepted = frappe.db.count("Roll Upload Row", {"roll_upload": upload, "accepted": 1})
	problems = frappe.db.count("Roll Upload Row", {"roll_upload": upload, "problems": [">", 0]})
	own = doc.uploaded_by == frappe.session.user
	return {field: doc.get(field) for field in STATE} | {
		"accepted": accepted,
		"problems": problems,
		"own": own,
	}


def page(upload: str, start: int, kind: str) -> dict:
	"""{"rows": […], "more": bool}; `kind` is a kind of row, «problems», «conflicts» or "" for all."""
	readable(upload)
	filters: dict = {"roll_upload": upload}
	if kind in ("problems", "conflicts"):
		filters[kind] = [">", 0]
	elif kind:
		filters["kind"] = kind
	rows = frappe.get_all(  # no role reads rows; what of them is shown is decided here
		"Roll Upload Row",
		filters=filters,
		fields=FIELDS,
		order_by="sheet_row asc, name asc",
		limit_start=start,
		limit=PAGE + 1,
	)
	return {"rows": Shown(rows[:PAGE]).all(), "more": len(rows) > PAGE}


def photograph() -> list[Column]:
	"""The photograph as a column, for those who may see it; its cells are names of pictures in an archive."""
	df = frappe.get_meta("Child").get_field("photo")
	if not levels.readable(df.permlevel):
		return []
	return [Column("photo", "Child", "photo", df.fieldtype, "", _(df.label), False, False)]


class Shown:
	"""Rows as the session user may see them."""

	def __init__(self, rows: list[dict]) -> None:
		self.rows = rows
		self.columns: dict[str, Column] = {column.key: column for column in [*columns(), *photograph()]}
		self.choices: dict[str, Choices] = choices_of(list(self.columns.values()))
		self.files = self._files()

	def _files(self) -> dict[str, str]:
		"""Names of the children whose files the reader may open."""
		named = {row.child for row in self.rows if row.child}
		named |= {name for row in self.rows for name in json.loads(row.candidates or "[]")}
		filters = {"name": ["in", sorted(named)]}
		found = (
			frappe.get_list("Child", filters=filters, fields=["name", "full_name"], limit=0) if named else []
		)
		return {row.name: row.full_name for row in found}

	def all(self) -> list[dict]:
		return [self._row(row) for row in self.rows]

	def _row(self, row: dict) -> dict:
		closed = bool(row.child) and row.child not in self.files
		cells = {} if closed else json.loads(row.cells or "{}")
		shown = [self._cell(key, cell) for key, cell in cells.items() if key in self.columns]
		candidates = [name for name in json.loads(row.candidates or "[]") if name in self.files]
		return {
			**{field: row[field] for field in FIELDS if field not in ("cells", "candidates", "child")},
			"child": "" if closed else row.child,
			"child_name": self.files.get(row.child) or self._name_in(cells),
			"cells": shown,
			"candidates": [{"name": name, "full_name": self.files[name]} for name in candidates],
		}

	def _name_in(self, cells: dict) -> str:
		parts = (cells.get(part, {}).get("new") for part in ("first_name", "father_name", "grandfather_name"))
		return " ".join(part for part in parts if part)

	def _cell(self, key: str, cell: dict) -> dict:
		column = self.columns[key]
		words = {
			side: self._word(key, cell.get(side) or "", bool(cell.get("raw")) and side == "new")
			for side in ("old", "new")
		}
		return {
			"key": key,
			"heading": column.heading,
			**words,
			"problem": cell.get("problem", ""),
			"conflict": bool(cell.get("conflict")),
			"take": bool(cell.get("take")),
		}

	def _word(self, key: str, text: str, raw: bool) -> str:
		"""A value as people read it; dates as day/month/year."""
		if not text or raw:
			return text
		if key in self.choices:
			return self.choices[key].words.get(text, text)
		if self.columns[key].fieldtype == "Date":
			return frappe.format(text, "Date")
		return text
