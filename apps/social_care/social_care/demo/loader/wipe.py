"""Taking a nation out of a site again."""

from pathlib import Path

import frappe

from social_care.demo.loader import marks
from social_care.demo.loader.people import OURS
from social_care.demo.loader.series import settle_series, settle_tree
from social_care.reading.triggers import TABLES
from social_care.scope import is_ours

ANCHORS = ("Person", "Child", "Family", "Institution")


def wipe() -> int:
	"""Remove every row that the loader or a demonstration user made, what hung on it, and the photographs.

	Returns the number of rows removed. Rows of other users stay unless they belong to a removed child,
	person, family or institution.
	"""
	_remove_files()
	removed = sum(_remove_owned(table) for table in _tables())
	removed += sum(_remove_hanging(*link) for link in _links())
	removed += sum(_remove_orphans(*link) for link in _table_fields())
	frappe.db.sql("delete from `__Auth` where `doctype` = 'User' and `name` like %s", OURS)
	frappe.db.sql("delete from `tabSessions` where `user` like %s", OURS)
	settle_tree()
	settle_series()
	frappe.db.commit()
	marks.forget()
	frappe.clear_cache()
	return removed


def _tables() -> list[str]:
	"""All but those that nobody removes rows from: what a demonstration user read stays noted."""
	kept = {f"tab{doctype}" for doctype in TABLES.values()}
	found = frappe.db.sql_list(
		"""select `table_name` from information_schema.columns
		where `table_schema` = database() and `column_name` = 'owner' and `table_name` like 'tab%%'
		order by `table_name`"""
	)
	return [table for table in found if table not in kept]


def _remove_owned(table: str) -> int:
	frappe.db.sql(
		f"delete from `{table}` where `owner` like %s", OURS
	)  # table name from the database's own catalogue
	return max(_affected(), 0)


def _affected() -> int:
	return frappe.db.sql("select row_count()")[0][0]


def _our_doctypes() -> list[str]:
	rows = frappe.get_all(
		"DocType", filters={"issingle": 0, "is_virtual": 0}, fields=["name", "module"], order_by="name asc"
	)
	return [row.name for row in rows if is_ours(row)]


def _links() -> list[tuple[str, str, str]]:
	"""(DocType, field, target) of links of our DocTypes to what a nation is made of."""
	return [
		(doctype, df.fieldname, df.options)
		for doctype in _our_doctypes()
		for df in frappe.get_meta(doctype).get_link_fields()
		if df.options in ANCHORS and not df.get("is_virtual")
	]


def _remove_hanging(doctype: str, field: str, target: str) -> int:
	row, anchor = frappe.qb.DocType(doctype), frappe.qb.DocType(target)
	alive = frappe.qb.from_(anchor).select(anchor.name)
	frappe.qb.from_(row).delete().where(
		row[field].isnotnull() & (row[field] != "") & row[field].notin(alive)
	).run()
	return max(_affected(), 0)


def _table_fields() -> list[tuple[str, str]]:
	"""(table DocType, parent DocType) pairs of our DocTypes; tables that are made up when they are read have no rows."""
	return [
		(df.options, doctype)
		for doctype in _our_doctypes()
		for df in frappe.get_meta(doctype).get_table_fields()
		if not frappe.get_meta(df.options).get("is_virtual")
	]


def _remove_orphans(table: str, parent: str) -> int:
	row, owner = frappe.qb.DocType(table), frappe.qb.DocType(parent)
	alive = frappe.qb.from_(owner).select(owner.name)
	frappe.qb.from_(row).delete().where((row.parenttype == parent) & row.parent.notin(alive)).run()
	return max(_affected(), 0)


def _remove_files() -> None:
	"""Delete from disk the private files that only demonstration rows point to."""
	ours, others = (
		set(
			frappe.get_all(
				"File", {"owner": [sense, OURS], "is_private": 1, "is_folder": 0}, pluck="file_url"
			)
		)
		for sense in ("like", "not like")
	)
	folder = Path(frappe.get_site_path("private", "files"))
	for url in ours - others:
		if url:
			(folder / url.rsplit("/", 1)[1]).unlink(missing_ok=True)
