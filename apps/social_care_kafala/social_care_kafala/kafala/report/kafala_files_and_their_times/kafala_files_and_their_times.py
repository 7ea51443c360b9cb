"""Files of the reader's scope: how long each has been in its step and in all, what is late, and how long steps take on average."""

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Avg
from frappe.utils import cint, date_diff, flt, getdate, nowdate
from social_care.prints.report import TICK

from social_care_kafala.kafala.path import clock, states

FIELDS = (
	*(
		"name",
		"register_serial",
		"org_unit",
		"family_kind",
		"applied_on",
		"status",
		"step_since",
		"approved_on",
	),
	*("step_due_on", "paused_since", "step_paused_days", "elapsed_days", "ceiling_due_on", "eligibility"),
)

# Of the official print: label and kind of each filter that is this report's own.
PRINTED_FILTERS = {
	"late_only": ("Only What Is Late", TICK),
	"over_ceiling": ("Only Past the Ceiling of the Decision", TICK),
	"with_closed": ("Closed Files, Too", TICK),
}


def execute(filters: dict | None = None) -> tuple[list, list, None, dict | None, list]:
	given = frappe._dict(filters or {})
	rows = get_data(given)
	return get_columns(), rows, None, get_chart([row.name for row in rows]), get_summary(rows)


def get_columns() -> list[dict]:
	text = {"fieldtype": "Data"}
	return [
		column("name", _("Kafala Family File"), 140, fieldtype="Link", options=states.DOCTYPE),
		column("register_serial", _("Number in the Special Register"), 170, **text),
		column("kind", _("Kind of Family"), 120, **text),
		column("applied_on", _("Date of the Application"), 110, fieldtype="Date"),
		column("state", _("Status"), 160, **text),
		column("result", _("Result by the Conditions"), 150, **text),
		column("days_in_step", _("Days in This Step"), 100, fieldtype="Int"),
		column("elapsed_days", _("Elapsed Days"), 100, fieldtype="Int"),
		column("step_due_on", _("Step Due On"), 110, fieldtype="Date"),
		column("days_late", _("Days Late"), 90, fieldtype="Int"),
		column("days_past_ceiling", _("Days Past the Ceiling"), 120, fieldtype="Int"),
	]


def column(fieldname: str, label: str, width: int, **more) -> dict:
	return {"fieldname": fieldname, "label": label, "width": width, **more}


def get_data(filters: dict) -> list[dict]:
	rows = frappe.get_list(
		states.DOCTYPE,
		filters=conditions(filters),
		fields=list(FIELDS),
		order_by="applied_on asc, name asc",
		limit_page_length=0,
	)
	counted = clock.in_ceiling()
	for row in rows:
		complete(row, counted)
	rows = [row for row in rows if row.days_late] if cint(filters.get("late_only")) else rows
	return [row for row in rows if row.days_past_ceiling] if cint(filters.get("over_ceiling")) else rows


def conditions(filters: dict) -> list[list]:
	"""Filters of the list; those of the reader's scope are the framework's to add."""
	found = [] if cint(filters.get("with_closed")) else [["status", "not in", states.OVER]]
	found += [["applied_on", ">=", filters.from_date]] if filters.get("from_date") else []
	found += [["applied_on", "<=", filters.to_date]] if filters.get("to_date") else []
	return found + (
		[["org_unit", "descendants of (inclusive)", filters.org_unit]] if filters.get("org_unit") else []
	)


def complete(row: dict, counted: set[str]) -> None:
	"""Texts of the reader, and days as they are today. `counted`: the steps of the ceiling."""
	row.update({"kind": _(row.family_kind), "state": _(row.status), "result": _(row.eligibility or "")})
	row.days_in_step = clock.running_days(row)
	row.days_late = past(row.step_due_on) if clock.is_late(row) and row.status not in states.OVER else 0
	undecided = row.status in counted and not row.paused_since
	row.days_past_ceiling = past(row.ceiling_due_on) if undecided else 0


def past(day) -> int:
	"""Days since a day that is over; 0 before it."""
	return max(date_diff(nowdate(), day), 0) if day and getdate(day) < getdate(nowdate()) else 0


def get_chart(names: list[str]) -> dict | None:
	"""Average days of each step that the shown files have left, in the order of the path."""
	average = averages(names)
	steps = [step for step in states.STEPS if step in average]
	if not steps:
		return None
	dataset = {"name": _("Days on Average"), "values": [average[step] for step in steps]}
	return {"type": "bar", "data": {"labels": [_(step) for step in steps], "datasets": [dataset]}}


def averages(names: list[str]) -> dict[str, float]:
	"""One query over the steps of these files, which the reader may see."""
	row = DocType("Kafala Step")
	query = frappe.qb.from_(row).select(row.step, Avg(row.days)).groupby(row.step)
	query = query.where(row.left_on.isnotnull() & row.parent.isin(names or [""]))
	return {step: flt(days, 1) for step, days in query.orderby(row.step).run()}


def get_summary(rows: list[dict]) -> list[dict]:
	"""Running files, late ones, those past the ceiling, and days to the decision."""
	decided = [date_diff(row.approved_on, row.applied_on) for row in rows if row.approved_on]
	late, past_ceiling = sum(bool(r.days_late) for r in rows), sum(bool(r.days_past_ceiling) for r in rows)
	found = [
		(_("Files of Families"), len(rows), "Blue", "Int"),
		(_("Late Files of Families"), late, "Red" if late else "Green", "Int"),
		(_("Past the Ceiling"), past_ceiling, "Red" if past_ceiling else "Green", "Int"),
	]
	if decided:
		average = flt(sum(decided) / len(decided), 1)
		found.append((_("Days to the Decision on Average"), average, "Blue", "Float"))
	return [
		{"label": label, "value": value, "indicator": colour, "datatype": kind}
		for label, value, colour, kind in found
	]
