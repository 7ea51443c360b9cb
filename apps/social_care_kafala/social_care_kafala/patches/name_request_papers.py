"""Kinds of papers that a site has had before learn under which code the citizen's request knows them."""

import frappe

from social_care_kafala.setup.tables import table


def execute() -> None:
	for row in table("document_kinds"):
		kind = row["document_code"]
		if frappe.db.exists("Kafala Document Kind", {"name": kind, "request_document": ["is", "not set"]}):
			values = {"request_document": row["request_document"]}
			frappe.db.set_value("Kafala Document Kind", kind, values, update_modified=False)
