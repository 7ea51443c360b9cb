"""What lists begin with: saved filters by role, the board of files, columns. Rows that exist are never touched."""

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

from social_care.setup.tables import table
from social_care.setup.workflows import CHILD_STATES, DIRECTORATE, ENTRY, HEADQUARTERS

BOARD = "ملفات الأبناء"
GROUPS = {
	"entry": ENTRY,
	"directorate": DIRECTORATE,
	"headquarters": HEADQUARTERS,
	"cases": ("Case Manager",),
}
ROLES_FIELD = "social_care_roles"
COLOURS = {"": "Gray", "Warning": "Orange", "Info": "Blue", "Success": "Green", "Danger": "Red"}
COLUMNS = 6


def ensure_lists() -> None:
	"""Saved filters, the board, and the number of columns of the list of children."""
	if not frappe.db.exists("Custom Field", f"List Filter-{ROLES_FIELD}"):
		create_custom_fields({"List Filter": [ROLES]})
	for row in table("saved_filters"):
		_ensure_filter(row)
	_ensure_board()
	if not frappe.db.exists("List View Settings", "Child"):
		settings = frappe.new_doc("List View Settings")
		settings.update({"name": "Child", "total_fields": str(COLUMNS)})
		settings.insert(ignore_permissions=True, set_name="Child")


ROLES = {
	"fieldname": ROLES_FIELD,
	"fieldtype": "Table",
	"options": "Has Role",
	"label": "Roles",
	"insert_after": "for_user",
	"description": "A filter for everybody is shown to these roles only; to all where none is named",
}


def _ensure_filter(row: dict[str, str]) -> None:
	"""A filter of everybody (`for_user` empty) that holders of its roles see; users' own filters have an owner."""
	named = {"reference_doctype": row["doctype"], "filter_name": row["filter_name"]}
	if frappe.db.exists("List Filter", named | {"for_user": ["is", "not set"]}):
		return
	roles = [{"role": role} for group in row["group"].split() for role in GROUPS[group]]
	saved = {"doctype": "List Filter", **named, "filters": row["filters"], ROLES_FIELD: roles}
	frappe.get_doc(saved).insert(ignore_permissions=True)


def _ensure_board() -> None:
	"""Files by state of the path. A column keeps no order, which would name the rows of all places to everybody."""
	if frappe.db.exists("Kanban Board", BOARD):
		return
	board = frappe.new_doc("Kanban Board")
	board.update({"kanban_board_name": BOARD, "reference_doctype": "Child", "field_name": "file_state"})
	board.update({"fields": '["institution", "birth_date"]', "show_labels": 0})
	for state, style, _editors in CHILD_STATES:
		board.append("columns", {"column_name": state, "indicator": COLOURS[style]})
	board.insert(ignore_permissions=True)
	for column in board.columns:
		column.db_set("order", "[]", update_modified=False)


def remove_lists() -> None:
	"""Everything of this module that stands in tables of the framework."""
	for row in table("saved_filters"):
		named = {"reference_doctype": row["doctype"], "filter_name": row["filter_name"]}
		for name in frappe.get_all(
			"List Filter", filters=named | {"for_user": ["is", "not set"]}, pluck="name"
		):
			frappe.delete_doc("List Filter", name, force=True)
	frappe.delete_doc("Custom Field", f"List Filter-{ROLES_FIELD}", ignore_missing=True, force=True)
	frappe.delete_doc("Kanban Board", BOARD, ignore_missing=True, force=True)
	frappe.delete_doc("List View Settings", "Child", ignore_missing=True, force=True)
