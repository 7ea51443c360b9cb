"""Two versions side by side, in words: what was added, what was removed, what changed."""

from typing import Any

import frappe
from frappe import _

from social_care.services.builder.grids import Row, to_grids
from social_care.services.builder.layout import COLUMNS, GRIDS, HEAD, OPTIONS, Column, Grid
from social_care.services.builder.places import title_of
from social_care.services.builder.review import draft

PACK = "Service Pack"


def compare(name: str, other: str) -> list[dict[str, str]]:
	"""Differences of two versions, the earlier one first: {"kind": "+", "-" or "~", "where", "text"} each."""
	older, newer = sorted((draft(name), draft(other)), key=lambda doc: (doc.service, doc.version))
	return differences(older.pack(), newer.pack())


def differences(before: dict, after: dict) -> list[dict[str, str]]:
	"""As `compare`, of two packs."""
	(old_head, old), (new_head, new) = to_grids(before), to_grids(after)
	found = [
		_line("~", _label(PACK, column.fieldname), *pair)
		for column, pair in _changed(HEAD, PACK, old_head, new_head)
	]
	for grid in GRIDS:
		found += _of_table(grid, old[grid.fieldname], new[grid.fieldname])
	if old_head.get("rest") != new_head.get("rest"):
		found.append(
			{"kind": "~", "where": _label(PACK, "definition"), "text": _("Changed outside the tabs")}
		)
	return found


def _of_table(grid: Grid, old: list[Row], new: list[Row]) -> list[dict[str, str]]:
	label = _label(PACK, grid.fieldname)
	before, after = _named(grid, old), _named(grid, new)
	found = [
		{"kind": "+", "where": label, "text": title_of(after[key])} for key in after if key not in before
	]
	found += [
		{"kind": "-", "where": label, "text": title_of(before[key])} for key in before if key not in after
	]
	both = [key for key in after if key in before]
	for key in both:
		where = _("{0}: {1}").format(label, title_of(after[key]))
		columns = (*grid.columns, Column("section", ("section",), grid.columns[0].kind))
		for column, pair in _changed(columns, grid.doctype, before[key], after[key]):
			found.append(_line("~", where, *pair, _label(grid.doctype, column.fieldname)))
	if both != [key for key in before if key in after]:
		found.append({"kind": "~", "where": label, "text": _("The order has changed")})
	return found


def _named(grid: Grid, rows: list[Row]) -> dict[tuple, Row]:
	"""Rows by what tells them apart: their code, or the field they belong to and their value."""
	keys = {
		OPTIONS.fieldname: ("of_field", "of_column", "option_value"),
		COLUMNS.fieldname: ("of_field", "column_name"),
	}
	default = ("code", "field_name", "role") if grid.fieldname != "pack_samples" else ("title_ar",)
	named: dict[tuple, Row] = {}
	for row in rows:
		key = tuple(row.get(part) for part in keys.get(grid.fieldname, default))
		while key in named:
			key = (*key, "")
		named[key] = row
	return named


def _changed(
	columns: tuple[Column, ...], doctype: str, old: Row, new: Row
) -> list[tuple[Column, tuple[str, str]]]:
	pairs = [(column, (old.get(column.fieldname), new.get(column.fieldname))) for column in columns]
	return [
		(column, (_shown(doctype, column.fieldname, one), _shown(doctype, column.fieldname, other)))
		for column, (one, other) in pairs
		if (one or "") != (other or "")
	]


def _shown(doctype: str, fieldname: str, value: Any) -> str:
	kind = frappe.get_meta(doctype).get_field(fieldname)
	if kind and kind.fieldtype == "Check":
		return _("Yes") if value else _("No")
	lines = [_(line) for line in str(value or "").splitlines() if line]
	return _("، ").join(lines) or _("Nothing")


def _label(doctype: str, fieldname: str) -> str:
	return _(frappe.get_meta(doctype).get_label(fieldname))


def _line(kind: str, where: str, old: str, new: str, column: str = "") -> dict[str, str]:
	text = _("«{0}» became «{1}»").format(old, new)
	return {"kind": kind, "where": _("{0}, {1}").format(where, column) if column else where, "text": text}
