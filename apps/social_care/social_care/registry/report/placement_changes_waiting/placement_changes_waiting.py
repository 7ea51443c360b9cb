"""Movements of children that wait for somebody, on either side, those overdue first."""

import frappe
from frappe import _
from frappe.utils import date_diff, nowdate

from social_care.prints.layout import Layout
from social_care.registry.moves import overdue, states

FIELDS = [
	*(
		"name",
		"movement",
		"is_emergency",
		"status",
		"child",
		"effective_date",
		"answer_due_on",
		"due_back_on",
	),
	*("from_institution_name", "to_institution_name"),
]


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	filters = frappe._dict(filters or {})
	return get_columns(), get_data(filters)


def get_columns() -> list[dict]:
	link = {"fieldtype": "Link", "width": 120}
	return [
		{"fieldname": "name", "label": _("Code"), "options": "Placement Change", **link},
		{"fieldname": "what", "label": _("Movement"), "fieldtype": "Data", "width": 130},
		{"fieldname": "state", "label": _("Status"), "fieldtype": "Data", "width": 150},
		{"fieldname": "child", "label": _("Child"), "options": "Child", **link},
		{
			"fieldname": "from_institution_name",
			"label": _("Sending Institution"),
			"fieldtype": "Data",
			"width": 180,
		},
		{
			"fieldname": "to_institution_name",
			"label": _("Receiving Institution"),
			"fieldtype": "Data",
			"width": 180,
		},
		{"fieldname": "due", "label": _("Due"), "fieldtype": "Date", "width": 110},
		{"fieldname": "days_overdue", "label": _("Days Overdue"), "fieldtype": "Int", "width": 100},
	]


def get_data(filters: dict) -> list[dict]:
	"""Rows of the reader's scope: two queries, whatever their number."""
	wanted = {"status": filters.status or ["in", states.OPEN]}
	if filters.movement:
		wanted["movement"] = filters.movement
	rows = frappe.get_list(
		overdue.DOCTYPE,
		filters=wanted,
		fields=FIELDS,
		order_by="effective_date asc, name asc",
		limit_page_length=0,
	)
	late = overdue.overdue_names([row.name for row in rows])
	for row in rows:
		row.what = _("Emergency Transfer") if row.is_emergency else _(row.movement)
		row.state, row.due = _(row.status), overdue.due_of(row)
		row.days_overdue = max(date_diff(nowdate(), row.due), 0) if row.name in late else None
		row.late = row.name in late
	found = [row for row in rows if row.late] if filters.overdue else rows
	return sorted(found, key=lambda row: (not row.late, str(row.due), row.name))


def print_layout(filters: dict) -> Layout:
	"""On its side: two names of institutions beside each other."""
	return Layout(landscape=True)
