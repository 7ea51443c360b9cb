"""Closings of the reader's places: how far each is, the children who are left, and whether those who moved are visited."""

from collections import defaultdict

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import date_diff, getdate, now_datetime, nowdate

from social_care_inspections.inspections import risk
from social_care_inspections.inspections.closings import follow_up, states

FIELDS = (
	*("name", "institution", "institution_name", "reason", "expected_result", "status"),
	*("ordered_on", "completed_on", "step_due_on"),
)
NUMBERS = (
	("living", "Children Still Living There"),
	("planned", "Children in the Plan"),
	("decided", "Decided by the Committee"),
	("moved", "Moved"),
	("visits_done", "Visits Made"),
	("visits_late", "Visits Overdue"),
	("steps_late", "Steps Overdue"),
)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict]:
	rows = get_data(frappe._dict(filters or {}))
	return get_columns(), rows, None, get_chart(rows)


def get_columns() -> list[dict]:
	text, number = {"fieldtype": "Data"}, {"fieldtype": "Int", "width": 95}
	return [
		{
			"fieldname": "name",
			"label": _("Code"),
			"fieldtype": "Link",
			"options": states.CLOSING,
			"width": 130,
		},
		{"fieldname": "institution_name", "label": _("Institution"), **text, "width": 220},
		{"fieldname": "reason_label", "label": _("Reason of the Closing"), **text, "width": 160},
		{"fieldname": "result_label", "label": _("Expected Result"), **text, "width": 140},
		{"fieldname": "state", "label": _("Status"), **text, "width": 140},
		{"fieldname": "days", "label": _("Days since the Order"), **number},
		*({"fieldname": name, "label": _(label), **number} for name, label in NUMBERS),
		{"fieldname": "late", "label": _("What Is Late"), **text, "width": 160},
	]


def get_data(filters: dict) -> list[dict]:
	"""Eight queries, whatever the number of closings; of the children numbers alone."""
	wanted = {} if filters.get("with_ended", 1) else {"status": ["in", states.OPEN]}
	wanted |= {field: filters[field] for field in ("institution", "expected_result") if filters.get(field)}
	rows = frappe.get_list(
		states.CLOSING,
		filters=wanted,
		fields=list(FIELDS),
		order_by="creation desc, name desc",
		limit_page_length=0,
	)
	numbers = numbers_of(rows)
	return [shown(row, numbers) for row in rows]


def numbers_of(rows: list[dict]) -> dict[str, dict[str, int]]:
	"""By kind of number: {closing or institution: number}."""
	names = [row.name for row in rows] or [""]
	plan, visit, step = (DocType(name) for name in (states.PLAN, states.FOLLOW_UP, "Closing Step"))
	decided = plan.status.isin((states.APPROVED, states.MOVED))
	late_visit = (visit.status == follow_up.PLANNED) & (visit.due_on < nowdate())
	late_step = (step.done == 0) & (step.due_on < nowdate()) & (step.parenttype == states.CLOSING)
	return {
		"living": defaultdict(int, risk.children_of([row.institution for row in rows])),
		"planned": counted(plan, plan.closing_case, names),
		"decided": counted(plan, plan.closing_case, names, decided),
		"moved": counted(plan, plan.closing_case, names, plan.status == states.MOVED),
		"visits_done": counted(visit, visit.closing_case, names, visit.status == follow_up.DONE),
		"visits_late": counted(visit, visit.closing_case, names, late_visit),
		"steps_late": counted(step, step.parent, names, late_step),
	}


def counted(table, key, names: list[str], condition=None) -> dict[str, int]:
	"""Rows of the closings that the reader sees, by closing."""
	query = frappe.qb.from_(table).select(key, Count("*")).where(key.isin(names)).groupby(key)
	return defaultdict(int, (query.where(condition) if condition else query).run())


def shown(row: dict, numbers: dict[str, dict[str, int]]) -> dict:
	"""A closing in words, with its numbers; an ended one has no overdue steps."""
	row.reason_label, row.result_label, row.state = _(row.reason), _(row.expected_result), _(row.status)
	row.days = date_diff(row.completed_on or nowdate(), getdate(row.ordered_on)) if row.ordered_on else None
	for kind, found in numbers.items():
		row[kind] = found[row.institution if kind == "living" else row.name]
	if row.status not in states.OPEN:
		row.steps_late = 0
	row.late = late(row)
	return row


def late(row: dict) -> str:
	"""What should have happened by now."""
	found = [
		_("The next step")
		if row.status in states.OPEN and row.step_due_on and row.step_due_on < now_datetime()
		else "",
		_("Steps of the list") if row.steps_late else "",
		_("Visits to children") if row.visits_late else "",
	]
	return "، ".join(text for text in found if text)


def get_chart(rows: list[dict]) -> dict:
	"""Closings by state."""
	order = (*states.OPEN, states.COMPLETED, states.CANCELLED)
	labels = [state for state in order if any(row.status == state for row in rows)]
	values = [sum(row.status == state for row in rows) for state in labels]
	return {
		"data": {
			"labels": [_(text) for text in labels],
			"datasets": [{"name": _("Closings"), "values": values}],
		},
		"type": "bar",
	}
