"""Corrective actions by institution, the longest overdue first: what is to be done, by whom, how long it is open and late."""

import frappe
from frappe import _
from frappe.utils import date_diff, flt, getdate, nowdate

from social_care_inspections.inspections.actions import states

FIELDS = (
	"name",
	"corrective_action_plan",
	"institution_name",
	"requirement",
	"action",
	"responsible_name",
	"due_on",
	"status",
	"is_critical",
	"budget",
	"creation",
	"decided_on",
)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict]:
	rows = get_data(frappe._dict(filters or {}))
	return get_columns(), rows, None, get_chart(rows)


def get_columns() -> list[dict]:
	text = {"fieldtype": "Data"}
	number = {"fieldtype": "Int"}
	return [
		{
			"fieldname": "name",
			"label": _("Code"),
			"fieldtype": "Link",
			"options": states.ACTION,
			"width": 140,
		},
		{"fieldname": "institution_name", "label": _("Institution"), **text, "width": 200},
		{"fieldname": "kind", "label": _("Kind of Plan"), **text, "width": 130},
		{"fieldname": "requirement", "label": _("Standard or Indicator"), **text, "width": 200},
		{"fieldname": "action", "label": _("What to Do"), **text, "width": 260},
		{"fieldname": "responsible_name", "label": _("Owner at the Institution"), **text, "width": 140},
		{"fieldname": "due_on", "label": _("Due On"), "fieldtype": "Date", "width": 110},
		{"fieldname": "state", "label": _("Status"), **text, "width": 130},
		{"fieldname": "age", "label": _("Days Open"), **number, "width": 90},
		{"fieldname": "late", "label": _("Days Late"), **number, "width": 90},
		{"fieldname": "budget", "label": _("Budget (Pounds)"), "fieldtype": "Float", "width": 110},
	]


def get_data(filters: dict) -> list[dict]:
	kinds = plans(filters)
	conditions = {"corrective_action_plan": ["in", list(kinds)]}
	if not filters.with_ended:
		conditions["status"] = ["in", states.OPEN]
	if filters.institution:
		conditions["institution"] = filters.institution
	rows = frappe.get_list(
		states.ACTION,
		filters=conditions,
		fields=list(FIELDS),
		order_by="due_on asc, name asc",
		limit_page_length=0,
	)
	found = [shown(row, kinds) for row in rows]
	return [row for row in found if row.late] if filters.late_only else found


def plans(filters: dict) -> dict[str, str]:
	"""Kinds of the plans that have begun, by plan, of the reader's scope."""
	conditions = {"status": ["in", (*states.STARTED, states.CLOSED)]}
	if filters.plan_kind:
		conditions["plan_kind"] = filters.plan_kind
	fields = ["name", "plan_kind"]
	rows = frappe.get_list(
		states.PLAN, filters=conditions, fields=fields, as_list=True, order_by="name asc", limit_page_length=0
	)
	return dict(rows)


def shown(row: dict, kinds: dict[str, str]) -> dict:
	"""A row in words, with days open (until its decision) and days late (what is still to be done)."""
	row.kind, row.state = _(kinds.get(row.corrective_action_plan) or ""), _(row.status)
	row.age = date_diff(row.decided_on or nowdate(), row.creation)
	waits = row.status == states.TO_DO and getdate(row.due_on) < getdate(nowdate())
	row.late = date_diff(nowdate(), row.due_on) if waits else 0
	row.budget = flt(row.budget) or None
	return row


def get_chart(rows: list[dict]) -> dict:
	"""Actions by state."""
	found = [*states.OPEN, *states.ENDED]
	labels = [state for state in found if any(row.status == state for row in rows)]
	values = [sum(row.status == state for row in rows) for state in labels]
	return {
		"data": {
			"labels": [_(state) for state in labels],
			"datasets": [{"name": _("Corrective Actions"), "values": values}],
		},
		"type": "bar",
	}
