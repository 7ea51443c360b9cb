"""Violations that are not closed, the oldest first: how long each is open, and what is late with it."""

import frappe
from frappe import _
from frappe.utils import date_diff, now_datetime, nowdate

from social_care_inspections.inspections.violations import states

FIELDS = (
	"name",
	"institution_name",
	"violation_type",
	"violation_group",
	"severity",
	"against",
	"found_on",
	"status",
	"suspected_crime",
	"referred_on",
	"referral_due_on",
	"investigation_due_on",
)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict]:
	rows = get_data(frappe._dict(filters or {}))
	return get_columns(), rows, None, get_chart(rows)


def get_columns() -> list[dict]:
	text = {"fieldtype": "Data"}
	return [
		{
			"fieldname": "name",
			"label": _("Code"),
			"fieldtype": "Link",
			"options": states.RECORD,
			"width": 140,
		},
		{"fieldname": "institution_name", "label": _("Institution"), **text, "width": 220},
		{"fieldname": "kind", "label": _("Violation"), **text, "width": 200},
		{"fieldname": "severity_label", "label": _("Severity of the Violation"), **text, "width": 110},
		{"fieldname": "against_label", "label": _("Against"), **text, "width": 100},
		{"fieldname": "found_on", "label": _("Found On"), "fieldtype": "Date", "width": 110},
		{"fieldname": "state", "label": _("Status"), **text, "width": 130},
		{"fieldname": "age", "label": _("Days Open"), "fieldtype": "Int", "width": 90},
		{"fieldname": "late", "label": _("What Is Late"), **text, "width": 200},
	]


def get_data(filters: dict) -> list[dict]:
	conditions = {"status": ["in", states.OPEN]}
	for field in ("institution", "severity", "violation_group"):
		if filters.get(field):
			conditions[field] = filters[field]
	rows = frappe.get_list(
		states.RECORD,
		filters=conditions,
		fields=list(FIELDS),
		order_by="found_on asc, name asc",
		limit_page_length=0,
	)
	kinds = dict(
		frappe.get_all("Violation Type", ["name", "violation_name"], as_list=True)
	)  # a reference table
	found = [shown(row, kinds) for row in rows]
	return [row for row in found if row.late] if filters.late_only else found


def shown(row: dict, kinds: dict[str, str]) -> dict:
	"""A row in words, with its age in days."""
	row.kind, row.state = kinds.get(row.violation_type), _(row.status)
	row.severity_label, row.against_label = _(row.severity or ""), _(row.against)
	row.age, row.late = date_diff(nowdate(), row.found_on), late(row)
	return row


def late(row: dict) -> str:
	"""What should have happened by now."""
	if row.suspected_crime and not row.referred_on and row.referral_due_on < now_datetime():
		return _("Referral to the prosecution")
	due = row.investigation_due_on
	if row.status == states.INVESTIGATED and due and due < now_datetime():
		return _("The investigation")
	return ""


def get_chart(rows: list[dict]) -> dict:
	"""Open violations by state."""
	labels = [state for state in states.OPEN if any(row.status == state for row in rows)]
	values = [sum(row.status == state for row in rows) for state in labels]
	return {
		"data": {
			"labels": [_(state) for state in labels],
			"datasets": [{"name": _("Violations"), "values": values}],
		},
		"type": "bar",
	}
