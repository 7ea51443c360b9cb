"""Significant events whose report is overdue, the longest first."""

import frappe
from frappe import _
from frappe.utils import now_datetime, time_diff_in_hours

FIELDS = [
	"name",
	"event_kind",
	"severity",
	"child",
	"child_name",
	"institution",
	"discovered_on",
	"report_due_on",
]


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	return get_columns(), get_data(frappe._dict(filters or {}))


def get_columns() -> list[dict]:
	link = {"fieldtype": "Link", "width": 130}
	return [
		{"fieldname": "name", "label": _("Code"), "options": "Significant Event", **link},
		{"fieldname": "kind", "label": _("Kind of Event"), "fieldtype": "Data", "width": 180},
		{"fieldname": "severity_label", "label": _("Severity"), "fieldtype": "Data", "width": 90},
		{"fieldname": "child", "label": _("Child"), "options": "Child", **link},
		{"fieldname": "child_name", "label": _("Full Name"), "fieldtype": "Data", "width": 200},
		{"fieldname": "place", "label": _("Institution"), "fieldtype": "Data", "width": 180},
		{"fieldname": "discovered_on", "label": _("Discovered On"), "fieldtype": "Datetime", "width": 150},
		{"fieldname": "report_due_on", "label": _("Report Due On"), "fieldtype": "Datetime", "width": 150},
		{"fieldname": "hours_late", "label": _("Hours Overdue"), "fieldtype": "Int", "width": 100},
	]


def get_data(filters: dict) -> list[dict]:
	"""Rows of the reader's scope."""
	conditions = {"status": "Recorded", "report_due_on": ["<", now_datetime()]}
	if filters.institution:
		conditions["institution"] = filters.institution
	rows = frappe.get_list(
		"Significant Event",
		filters=conditions,
		fields=FIELDS,
		order_by="report_due_on asc, name asc",
		limit_page_length=0,
	)
	kinds = _names("Significant Event Kind", "kind_name", {row.event_kind for row in rows})
	places = _names("Institution", "institution_name", {row.institution for row in rows})
	for row in rows:
		row.kind, row.place = kinds.get(row.event_kind), places.get(row.institution)
		row.severity_label = _(row.severity)
		row.hours_late = int(time_diff_in_hours(now_datetime(), row.report_due_on))
	return rows


def _names(doctype: str, field: str, names: set[str | None]) -> dict[str, str]:
	wanted = sorted(name for name in names if name)
	rows = frappe.get_all(  # named by rows that the reader was just given
		doctype, filters={"name": ["in", wanted or [""]]}, fields=["name", f"{field} as title"]
	)
	return {row.name: row.title for row in rows}
