"""Reference rows that a new site begins with. A row that exists is never touched: administrators own it."""

import frappe

from social_care_kafala.setup.tables import table


def ensure_seeds() -> None:
	"""Causes for which a kafala ends before its time."""
	known = set(frappe.get_all("Kafala Ending Cause", pluck="name"))
	for row in table("ending_causes"):
		if row["cause_code"] not in known:
			frappe.get_doc({"doctype": "Kafala Ending Cause", **row}).insert(ignore_permissions=True)
