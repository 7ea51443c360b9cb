"""Which kinds of institution are inspected, with which tool on a day, and which still have none."""

from collections import Counter

import frappe
from frappe import _
from frappe.utils import nowdate

from social_care_inspections.inspections.tools import tools_in_force

CLOSED = ("Closed", "Converted to Aftercare")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	filters = frappe._dict(filters or {})
	return get_columns(), get_data(filters)


def get_columns() -> list[dict]:
	return [
		{
			"fieldname": "institution_type",
			"label": _("Code"),
			"fieldtype": "Link",
			"options": "Institution Type",
			"width": 90,
		},
		{"fieldname": "type_name", "label": _("Kind of Institution"), "fieldtype": "Data", "width": 260},
		{"fieldname": "category", "label": _("Category"), "fieldtype": "Data", "width": 150},
		{"fieldname": "institutions", "label": _("Institutions"), "fieldtype": "Int", "width": 100},
		{"fieldname": "title", "label": _("Tool in Force"), "fieldtype": "Data", "width": 270},
		{
			"fieldname": "tool",
			"label": _("Assessment Tool"),
			"fieldtype": "Link",
			"options": "Assessment Tool",
			"width": 120,
		},
		{"fieldname": "version", "label": _("Version"), "fieldtype": "Int", "width": 80},
		{"fieldname": "standard_count", "label": _("Standards"), "fieldtype": "Int", "width": 80},
		{"fieldname": "indicator_count", "label": _("Indicators"), "fieldtype": "Int", "width": 90},
	]


def get_data(filters: dict) -> list[dict]:
	"""One row for a kind and a tool; a kind that has no tool has one row with the tool left empty."""
	tools: dict[str, list[dict]] = {}
	for row in tools_in_force(filters.on_date or nowdate()):
		tools.setdefault(row.institution_type, []).append(row)
	institutions = count_institutions()
	return [
		get_row(kind, tool, institutions)
		for kind in inspected_kinds(filters.category)
		for tool in tools.get(kind.name, [{}])
		if not (filters.only_without_tool and tool)
	]


def get_row(kind: dict, tool: dict, institutions: Counter) -> dict:
	return {
		"institution_type": kind.name,
		"type_name": kind.type_name if frappe.local.lang == "ar" else kind.type_name_en or kind.type_name,
		"category": _(kind.category),
		"institutions": institutions[kind.name],
		"tool": tool.get("name"),
		**{field: tool.get(field) for field in ("title", "version", "standard_count", "indicator_count")},
	}


def inspected_kinds(category: str | None) -> list[dict]:
	conditions = {"is_inspectable": 1, **({"category": category} if category else {})}
	fields = ["name", "type_name", "type_name_en", "category"]
	return frappe.get_list(
		"Institution Type", filters=conditions, fields=fields, order_by="type_code asc", limit_page_length=0
	)


def count_institutions() -> Counter:
	"""Working institutions of the reader's scope by kind; nothing for a reader who sees no institutions."""
	if not frappe.has_permission("Institution", "read"):
		return Counter()
	working = {"status": ["not in", CLOSED]}
	return Counter(
		frappe.get_list(
			"Institution", filters=working, pluck="institution_type", order_by="name asc", limit_page_length=0
		)
	)
