"""Indexes over several columns, which a DocType cannot name.

One over a single column is the field's own (`search_index`): the framework drops any other when fields change.
"""

import frappe

INDEXES = (
	("Staff Assignment", ["user", "valid_from"]),
	("Placement", ["institution", "is_current"]),
	("Placement", ["child", "from_date"]),
	("Child", ["org_unit", "file_state"]),
	("Child", ["institution", "file_state"]),
	("Child", ["life_state", "birth_date"]),
	("Care Follow-up", ["parenttype", "visit_date", "due_date"]),
	("Person", ["search_name", "birth_date"]),
	("Care Review", ["child", "status", "held_on"]),
	("Care Plan", ["child", "status"]),
	("Child Assessment", ["child", "assessed_on"]),
	("Family Contact", ["child", "contact_date"]),
	("Significant Event", ["status", "report_due_on"]),
	("Child Savings Entry", ["child", "status"]),
	("Org Unit", ["lft", "rgt"]),
	("Roll Upload Row", ["roll_upload", "sheet_row"]),
)


def ensure_indexes() -> None:
	"""Add what is missing."""
	for doctype, columns in INDEXES:
		frappe.db.add_index(doctype, columns)
