"""Parts of the dashboards of inspection, for the desk to draw. A part is left out for whoever reads none of its rows."""

import frappe
from frappe import _
from frappe.utils import add_days, add_months, date_diff, flt, format_date, get_first_day, getdate, nowdate
from social_care.registry.dashboards.rows import figure, grouped, own_rows, sql

from social_care_inspections.inspections.figures import places, questions
from social_care_inspections.inspections.figures.questions import (
	GRADES,
	HOME,
	OPEN_VIOLATION,
	SEVERITIES,
	WORKING,
)
from social_care_inspections.inspections.violations.states import RECORD
from social_care_inspections.inspections.visits import states

VISIT = states.DOCTYPE
QUARTERS, SHOWN = 8, 10


def bars(title: str, figures: list[dict], empty: str) -> dict:
	return {"kind": "bars", "title": title, "figures": figures, "empty": empty}


def table(title: str, headings: list[str], rows: list[list], empty: str) -> dict:
	return {
		"kind": "table",
		"title": title,
		"headings": headings,
		"rows": rows,
		"empty": empty,
		"wide": 1,
	}


def record(doctype: str, name: str, label: str) -> dict:
	"""A cell that leads to a record."""
	return {"record": [doctype, name], "label": label}


def grades() -> dict | None:
	"""Working institutions by the grade that stands on them."""
	asked = {grade: WORKING | {"grade": grade} for grade in GRADES} | {
		"none": WORKING | {"grade": ["is", "not set"]}
	}
	counted = questions.count(HOME, asked)
	if not counted:
		return None
	figures = [counted.figure(grade, _("Grade {0}").format(_(grade))) for grade in GRADES]
	figures.append(counted.figure("none", _("No evaluation yet")))
	return bars(_("Institutions by Grade"), figures, _("No institution is yours to see."))


def visit_states() -> dict | None:
	"""Visits that are not over, by how far they have come."""
	counted = questions.count(VISIT, {state: {"status": state} for state in states.OPEN})
	if not counted:
		return None
	figures = [counted.figure(state, _(state)) for state in states.OPEN]
	shown = [one for one in figures if one["value"]]
	return bars(_("Visits by Their State"), shown, _("No visit is under way."))


def severities() -> dict | None:
	asked = {severity: OPEN_VIOLATION | {"severity": severity} for severity in SEVERITIES}
	counted = questions.count(RECORD, asked)
	if not counted:
		return None
	figures = [counted.figure(severity, _(severity)) for severity in SEVERITIES]
	return bars(
		_("Open Violations by Severity"), [one for one in figures if one["value"]], _("No violation is open.")
	)


def violation_ages() -> dict | None:
	"""How long violations have been open."""
	counted = questions.count(RECORD, dict(questions.ages()))
	if not counted:
		return None
	labels = {"recent": _("Up to 30 Days"), "between": _("31 to 90 Days"), "old": _("More than 90 Days")}
	figures = [counted.figure(key, label) for key, label in labels.items()]
	shown = figures if any(one["value"] for one in figures) else []
	return bars(_("Open Violations by Age"), shown, _("No violation is open."))


def trend() -> dict | None:
	"""Average score of approved visits, by quarter; one query."""
	reached = own_rows(VISIT)
	if not reached:
		return None
	spans = quarters()
	approved = {"status": states.APPROVED, "grade": ["is", "set"]}
	measures = {
		f"q{place}": f"avg(case when {sql(VISIT, {'visited_on': ['between', list(span)]})} then `tab{VISIT}`.`score` end)"
		for place, span in enumerate(spans)
	}
	row = grouped(reached, approved, measures)[0]
	points = [
		figure(reached, f"{span[0][5:7]}/{span[0][:4]}", flt(row[f"q{place}"], 1))
		for place, span in enumerate(spans)
		if row[f"q{place}"] is not None
	]
	return {
		"kind": "line",
		"title": _("Average Score by Quarter"),
		"name": _("Score (Percent)"),
		"axis": _("Quarter Beginning"),
		"points": points,
		"empty": _("No visit has an approved result yet."),
	}


def quarters() -> list[tuple[str, str]]:
	"""First and last day of the last quarters of a year, the present one the last."""
	today = getdate(nowdate())
	first = get_first_day(add_months(today, -((today.month - 1) % 3)))
	begins = [getdate(add_months(first, -3 * back)) for back in range(QUARTERS - 1, -1, -1)]
	return [(str(day), str(add_days(add_months(day, 3), -1))) for day in begins]


def country(homes: dict[str, dict]) -> dict | None:
	"""The map, for whoever reads institutions of several governorates."""
	seen = {row.governorate for row in homes.values()}
	if len(seen) < 2:
		return None
	found = [{"code": code, "name": name} for code, name in places.names().items() if code in seen]
	return {
		"kind": "map",
		"title": _("Inspection by Governorate"),
		"governorates": found,
		"layers": places.layers_of(homes),
		"empty": _("No governorate is yours to see."),
	}


def overdue_visits() -> dict | None:
	"""The planned visits that are longest overdue."""
	rows = visits(questions.overdue(), "planned_on asc, name asc")
	if rows is None:
		return None
	cells = [
		[
			record(VISIT, row.name, row.institution_name),
			_(row.visit_kind),
			format_date(row.planned_on),
			date_diff(nowdate(), row.planned_on),
		]
		for row in rows
	]
	headings = [_("Institution"), _("Kind of Visit"), _("Planned On"), _("Days Late")]
	return table(_("Visits Longest Overdue"), headings, cells, _("No visit is overdue."))


def my_visits() -> dict | None:
	"""The next steps of an inspector: visits that he is ordered to make and that are not reported."""
	mine = [[VISIT, "status", "in", [states.PLANNED, states.BEGUN, states.COMPLETED]]]
	mine.append(["Institution Visit Inspector", "user", "=", frappe.session.user])
	rows = visits(mine, "planned_on asc, name asc")
	if not rows:
		return None
	cells = [
		[
			record(VISIT, row.name, row.institution_name),
			_(row.visit_kind),
			format_date(row.planned_on),
			_(row.status),
		]
		for row in rows
	]
	headings = [_("Institution"), _("Kind of Visit"), _("Planned On"), _("Status")]
	return table(_("My Next Visits"), headings, cells, "")


def replies() -> dict | None:
	"""Reports that wait for the institution's reply; for the institution itself."""
	if "Institution Director" not in frappe.get_roles() or not own_rows(VISIT):
		return None
	waiting = {"status": ["in", list(states.UNDER_REVIEW)]}
	rows = visits(waiting | {"institution_reply": ["is", "not set"]}, "reply_due_on asc, name asc") or []
	cells = [
		[
			record(VISIT, row.name, row.report_number),
			format_date(row.visited_on),
			format_date(row.reply_due_on),
		]
		for row in rows
	]
	headings = [_("Number of the Report"), _("Visited On"), _("Reply Due On")]
	return table(
		_("Reports Waiting for a Reply"),
		headings,
		cells,
		_("No report waits for a reply."),
	)


def visits(filters, order: str) -> list[dict] | None:
	if not own_rows(VISIT):
		return None
	fields = ["name", "institution_name", "visit_kind", "planned_on", "visited_on", "status"]
	fields += ["report_number", "reply_due_on"]
	return frappe.get_list(VISIT, filters=filters, fields=fields, order_by=order, limit_page_length=SHOWN)


def oldest_violations() -> dict | None:
	"""The violations that have been open longest."""
	if not own_rows(RECORD):
		return None
	fields = ["name", "institution_name", "violation_type", "severity", "found_on", "status"]
	rows = frappe.get_list(
		RECORD,
		filters=OPEN_VIOLATION,
		fields=fields,
		order_by="found_on asc, name asc",
		limit_page_length=SHOWN,
	)
	kinds = dict(
		frappe.get_all("Violation Type", ["name", "violation_name"], as_list=True)
	)  # a reference table
	cells = [
		[
			record(RECORD, row.name, row.institution_name),
			kinds.get(row.violation_type),
			_(row.severity or ""),
			_(row.status),
			date_diff(nowdate(), row.found_on),
		]
		for row in rows
	]
	headings = [_("Institution"), _("Violation"), _("Severity of the Violation"), _("Status"), _("Days Open")]
	return table(_("Violations Open Longest"), headings, cells, _("No violation is open."))


def critical_institutions() -> dict | None:
	"""Institutions in the state «critical», the longest first."""
	if not own_rows(HOME):
		return None
	fields = ["name", "institution_name", "governorate", "status_date", "grade", "last_visit_date"]
	rows = frappe.get_list(
		HOME,
		filters={"status": "Critical"},
		fields=fields,
		order_by="status_date asc, name asc",
		limit_page_length=SHOWN,
	)
	governorates = places.names()
	cells = [
		[
			record(HOME, row.name, row.institution_name),
			governorates.get(row.governorate),
			format_date(row.status_date),
			_(row.grade) if row.grade else None,
			format_date(row.last_visit_date) if row.last_visit_date else None,
		]
		for row in rows
	]
	headings = [_("Institution"), _("Governorate"), _("Status Since"), _("Evaluation Grade"), _("Last Visit")]
	return table(_("Critical Institutions"), headings, cells, _("No institution is critical."))
