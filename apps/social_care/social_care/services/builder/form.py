"""The form of a Service Pack: its tables are filled from the definition when it is opened, and give it when it is saved."""

import json
import re
from collections import Counter
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.services.builder.grids import from_row, to_grids, to_pack
from social_care.services.builder.layout import COLUMNS, FIELDS, GRIDS, Grid
from social_care.services.packs.definition import digest
from social_care.services.packs.form import schema

MARK = "grids_of"
NAMES = {FIELDS.fieldname: "field_name", COLUMNS.fieldname: "column_name"}
UNNAMED = ("pack_access", "pack_samples", "pack_options")
NOT_A_NAME = re.compile(r"[^a-z0-9]+")


class TwoChangesError(frappe.ValidationError):
	"""The tables and the text of the definition were both changed, in different ways."""


def show(doc: Document) -> None:
	"""Fill the tables of an opened form, and note of which definition they are."""
	_head, tables = to_grids(_parsed(doc.definition) or {})
	for fieldname, rows in tables.items():
		doc.set(fieldname, [])
		for number, row in enumerate(rows, start=1):
			doc.append(fieldname, row | {"name": f"{doc.name}-{fieldname}-{number}"})
	doc.set_onload(MARK, doc.definition_digest)


def take(doc: Document) -> None:
	"""Write what the tables say into the definition, where they came with the form. Raises TwoChangesError."""
	if not _came_with_form(doc):
		return
	drop_empty_rows(doc)
	name_rows(doc)
	made = to_pack(doc.as_dict(no_nulls=True), {grid.fieldname: doc.get(grid.fieldname) for grid in GRIDS})
	before = doc.get_doc_before_save()
	stored, written = before and before.definition_digest, _parsed(doc.definition)
	text_changed = before is not None and (written is None or digest(written) != stored)
	if not text_changed:
		if digest(made) != stored:
			doc.definition = json.dumps(_in_order(made), ensure_ascii=False, indent=1)
	elif digest(made) not in (stored, written is not None and digest(written)):
		frappe.throw(
			_(
				"The text for experts and the tabs were both changed. Undo one of the two changes and save again."
			),
			TwoChangesError,
			title=_("Service Pack"),
		)


def _in_order(pack: dict) -> dict:
	"""The keys as the published schema lists them, for whoever reads the text."""
	order = {key: number for number, key in enumerate(schema()["properties"])}
	return dict(sorted(pack.items(), key=lambda item: order.get(item[0], len(order))))


def clear(doc: Document) -> None:
	"""Take the rows out before saving: the definition is the only place where they are kept."""
	for grid in GRIDS:
		doc.set(grid.fieldname, [])


def head_of(pack: dict) -> dict[str, Any]:
	"""The cells of the form itself."""
	head, _tables = to_grids(pack)
	return head


def _came_with_form(doc: Document) -> bool:
	if MARK in (doc.get("__onload") or {}):
		return True
	return doc.is_new() and not doc.definition and any(doc.get(grid.fieldname) for grid in GRIDS)


def _parsed(definition: str | None) -> dict | None:
	try:
		pack = json.loads(definition or "{}")
	except json.JSONDecodeError:
		return None
	return pack if isinstance(pack, dict) else None


def drop_empty_rows(doc: Document) -> None:
	"""Take out rows in which nothing was written: a grid adds one when Tab leaves its last cell."""
	for grid in GRIDS:
		rows = doc.get(grid.fieldname)
		kept = [row for row in rows if row.get("rest") or from_row(grid.columns, row)]
		if len(kept) < len(rows):
			doc.set(grid.fieldname, kept)


def name_rows(doc: Document) -> None:
	"""Give every row without a code one that is made of its English title, or of the kind of row."""
	for grid in GRIDS:
		if grid.fieldname not in UNNAMED:
			_name_rows(grid, doc.get(grid.fieldname))


def _name_rows(grid: Grid, rows: list) -> None:
	key = NAMES.get(grid.fieldname, "code")
	taken = Counter(str(row.get(key) or "").strip() for row in rows)
	for row in rows:
		if not str(row.get(key) or "").strip() and not row.get("rest"):
			wanted = _slug(row.get("title_en") or row.get("label_en") or row.get("subject_en") or "")
			name = _free(wanted or grid.doctype.split()[-1].lower(), taken)
			taken[name] += 1
			row.set(key, name)


def _slug(title: str) -> str:
	return NOT_A_NAME.sub("_", title.lower()).strip("_")[:36].lstrip("0123456789_")


def _free(wanted: str, taken: Counter) -> str:
	number, name = 1, wanted
	while name in taken:
		number += 1
		name = f"{wanted}_{number}"
	return name
