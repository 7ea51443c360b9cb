"""Everything that happened to a child, in one list.

Each source is an entry of the hook `social_care_timeline` (hooks.py; extensions add their own), so the number of queries is
the number of sources and does not grow with the rows. The reader gets what he would see in the lists: rows by the scope of
each DocType, fields by his levels.
"""

from collections.abc import Iterator
from datetime import date, datetime

import frappe
from frappe import _
from frappe.utils import getdate

from social_care.registry.levels import read_levels

HOOK = "social_care_timeline"
STAMPS = ("submitted_on", "reviewed_on", "approved_on")


def timeline(child: str) -> list[dict]:
	"""Entries, newest first: {on, year, kind, kind_label, title, details: [text], doctype, name}. Needs read on the child's file."""
	doc = frappe.get_doc("Child", child)
	doc.check_permission("read")
	entries = list(_file_states(doc))
	for source in sources():
		entries += _entries(doc, source)
	entries.sort(key=lambda entry: (entry["on"], entry["name"]), reverse=True)
	return entries


def sources() -> list[dict]:
	"""Entries of the hook: {doctype, date, kind, title: [fields], details: [fields], level, table}.

	`kind` is the heading by which the list is filtered, `level` what the reader needs for the row at all; `table` names the
	table field of Child that holds the rows, for DocTypes without a link `child`.
	"""
	return [
		source
		for source in frappe.get_hooks(HOOK)
		if frappe.db.exists("DocType", source["doctype"], cache=True)
	]


def _entries(child, source: dict) -> Iterator[dict]:
	meta = frappe.get_meta(source["doctype"])
	levels = _levels(child, source, meta)
	if source.get("level", 0) not in levels:
		return
	fields = [source["date"], *source.get("title", ()), *source.get("details", ())]
	shown = [df for df in map(meta.get_field, dict.fromkeys(fields)) if df and (df.permlevel or 0) in levels]
	if source["date"] not in {df.fieldname for df in shown}:
		return
	names = _link_titles(shown, rows := _rows(child, source, shown))
	for row in rows:
		if row.get(source["date"]):
			yield _entry(source, meta, row, {df.fieldname: _text(df, row, names) for df in shown})


def _levels(child, source: dict, meta) -> set[int]:
	"""Levels at which the reader sees fields of the rows; {} where he sees no rows."""
	if source.get("table"):
		holder = child.meta.get_field(source["table"])
		levels = read_levels(child.doctype)
		return levels if holder and (holder.permlevel or 0) in levels else set()
	if not frappe.has_permission(source["doctype"], "read"):
		return set()
	return read_levels(meta.name)


def _rows(child, source: dict, shown: list) -> list[dict]:
	fields = ["name", *(df.fieldname for df in shown)]
	if source.get("table"):
		return frappe.get_all(  # rows of the file that the caller has opened, by its levels
			source["doctype"],
			filters={"parent": child.name, "parenttype": "Child", "parentfield": source["table"]},
			fields=fields,
			order_by="idx asc",
		)
	return frappe.get_list(
		source["doctype"],
		filters={source.get("child", "child"): child.name},
		fields=fields,
		order_by="creation asc",
		limit_page_length=0,
	)


def _entry(source: dict, meta, row: dict, texts: dict[str, str]) -> dict:
	on = row[source["date"]]
	details = [
		f"{_(meta.get_label(field))}: {texts[field]}"
		for field in source.get("details", ())
		if texts.get(field)
	]
	title = "، ".join(texts[field] for field in source.get("title", ()) if texts.get(field))
	return _line(on, source["kind"], title, details, source["doctype"], row.name, bool(source.get("table")))


def _line(on, kind: str, title: str, details: list[str], doctype: str, name: str, in_table: bool) -> dict:
	day = _day(on)
	return {
		"on": str(day),
		"year": day.year,
		"kind": kind,
		"kind_label": _(kind),
		"title": title or _(kind),
		"details": details,
		"doctype": "" if in_table else doctype,
		"name": name,
	}


def _day(value) -> date:
	"""The day of a date, a time, or a school year such as 2026/2027, which begins in September."""
	if isinstance(value, datetime):
		return value.date()
	if isinstance(value, str) and value[:4].isdigit() and value[4:5] == "/":
		return date(int(value[:4]), 9, 1)
	return getdate(value)


def _link_titles(shown: list, rows: list[dict]) -> dict[tuple[str, str], str]:
	"""Titles of linked rows of reference tables and places, one query for each DocType in use."""
	titles = {}
	for df in shown:
		field = frappe.get_meta(df.options).title_field if df.fieldtype == "Link" else None
		values = {row[df.fieldname] for row in rows if field and row.get(df.fieldname)}
		if values:
			found = frappe.get_all(  # the row that names it was read by the reader's own rights
				df.options, filters={"name": ["in", sorted(values)]}, fields=["name", f"{field} as title"]
			)
			titles |= {(df.options, row.name): row.title for row in found}
	return titles


def _text(df, row: dict, titles: dict) -> str:
	value = row.get(df.fieldname)
	if value in (None, "", 0):
		return ""
	if df.fieldtype == "Select":
		return _(value)
	if df.fieldtype == "Check":
		return _("Yes")
	if df.fieldtype == "Link":
		return titles.get((df.options, value)) or str(value)
	return (
		frappe.format(value, df)
		if df.fieldtype in ("Date", "Datetime", "Currency", "Percent")
		else str(value)
	)


def _file_states(child) -> Iterator[dict]:
	"""When the file was submitted, reviewed and approved."""
	for field in STAMPS:
		if child.get(field):
			title = _(child.meta.get_label(field))
			yield _line(child.get(field), "Child's File", title, [], "Child", child.name, True)
