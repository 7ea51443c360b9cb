"""Visits of the reader's scope, with the state of their reports and what is late."""

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from social_care_inspections.inspections.visits import states

FIELDS = (
	"name",
	"institution_name",
	"visit_kind",
	"planned_on",
	"visited_on",
	"status",
	"score",
	"grade",
	"report_number",
	"report_due_on",
	"step_due_on",
	"steps_late",
)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	return get_columns(), get_data(frappe._dict(filters or {}))


def get_columns() -> list[dict]:
	text = {"fieldtype": "Data"}
	return [
		{
			"fieldname": "name",
			"label": _("Visit"),
			"fieldtype": "Link",
			"options": states.DOCTYPE,
			"width": 140,
		},
		{"fieldname": "institution_name", "label": _("Institution"), **text, "width": 220},
		{"fieldname": "kind", "label": _("Kind of Visit"), **text, "width": 130},
		{"fieldname": "planned_on", "label": _("Planned On"), "fieldtype": "Date", "width": 110},
		{"fieldname": "visited_on", "label": _("Visited On"), "fieldtype": "Date", "width": 110},
		{"fieldname": "state", "label": _("Status"), **text, "width": 150},
		{
			"fieldname": "score",
			"label": _("Score (Percent)"),
			"fieldtype": "Float",
			"precision": 1,
			"width": 100,
		},
		{"fieldname": "grade_label", "label": _("Evaluation Grade"), **text, "width": 90},
		{"fieldname": "report_number", "label": _("Number of the Report"), **text, "width": 130},
		{"fieldname": "due_on", "label": _("Next Step Due On"), "fieldtype": "Datetime", "width": 150},
		{"fieldname": "days_late", "label": _("Days Late"), "fieldtype": "Int", "width": 90},
	]


def get_data(filters: dict) -> list[dict]:
	rows = frappe.get_list(
		states.DOCTYPE,
		filters=conditions(filters),
		fields=list(FIELDS),
		order_by="planned_on desc, name desc",
		limit_page_length=0,
	)
	found = [shown(row) for row in rows]
	return [row for row in found if row.days_late] if filters.overdue_only else found


def conditions(filters: dict) -> list[list]:
	wanted = [
		[states.DOCTYPE, field, "=", filters[field]]
		for field in ("status", "visit_kind")
		if filters.get(field)
	]
	wanted += [[states.DOCTYPE, "institution", "=", filters.institution]] if filters.institution else []
	wanted += [[states.DOCTYPE, "planned_on", ">=", filters.from_date]] if filters.from_date else []
	wanted += [[states.DOCTYPE, "planned_on", "<=", filters.to_date]] if filters.to_date else []
	return wanted


def shown(row: dict) -> dict:
	"""A row with the words of its choices, and how many days its next step is late."""
	row.kind, row.state = _(row.visit_kind), _(row.status)
	row.grade_label = _(row.grade) if row.grade else ""
	row.score = row.score if row.grade else None
	row.due_on = due_on(row)
	late = row.due_on and row.due_on < now_datetime()
	row.days_late = (now_datetime() - row.due_on).days + 1 if late else 0
	return row


def due_on(row: dict):
	"""Moment until which the next step is due: a planned visit is to begin on its day."""
	if row.status == states.PLANNED:
		return get_datetime(f"{row.planned_on} 23:59:59")
	return row.report_due_on if row.status == states.COMPLETED else row.step_due_on
