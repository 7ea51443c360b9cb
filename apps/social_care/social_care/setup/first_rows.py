"""What apps give a new site to begin with. A row or value that exists is never touched: administrators own it."""

from collections.abc import Iterable

import frappe


def ensure_rows(doctype: str, key: str, rows: Iterable[dict]) -> None:
	"""Add the rows that the site does not have; `key` is the column that names them."""
	known = set(frappe.get_all(doctype, pluck="name"))  # a reference table
	for row in rows:
		if row[key] not in known:
			frappe.get_doc({"doctype": doctype, **row}).insert(ignore_permissions=True)


def ensure_first_values(settings: str) -> None:
	"""First values of settings that the site has never had, also of those that came with a later version."""
	stored = frappe.db.get_singles_dict(settings)
	for df in frappe.get_meta(settings).fields:
		if df.default and df.fieldname not in stored:
			frappe.db.set_single_value(settings, df.fieldname, df.default, update_modified=False)
