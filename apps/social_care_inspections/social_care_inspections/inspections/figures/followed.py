"""What follows from visits and reports of people: corrective actions, complaints, rapid interventions. Figures on top, and parts.

Who does not read what is complained of (level 1 of a complaint) is told no figure of complaints: an institution learns what it is
asked, and not how many complained.
"""

import frappe
from frappe import _
from frappe.utils import add_days, add_to_date, cint, date_diff, format_date, now_datetime, nowdate
from social_care.registry.dashboards.rows import Filters, own_rows

from social_care_inspections.inspections.actions import states as actions
from social_care_inspections.inspections.complaints import states as complaints
from social_care_inspections.inspections.figures import parts, questions
from social_care_inspections.inspections.interventions import states as interventions

ACTION, COMPLAINT, CASE = actions.ACTION, complaints.COMPLAINT, interventions.CASE
UNDER_WAY: Filters = {"status": ["in", list(actions.OPEN)]}
OPEN_COMPLAINT: Filters = {"status": ["in", [complaints.RECEIVED, complaints.EXAMINED]]}
WAITING = (interventions.RECEIVED, interventions.DISPATCHED)
OPEN_CASES = (*WAITING, interventions.ARRIVED, interventions.ACTED, interventions.FOLLOWED)
STEP, LOOK_BACK = (
	5,
	90,
)  # minutes to which the present moment is rounded, so that figures are kept; days of arrivals


def overdue_actions() -> Filters:
	return {"status": actions.TO_DO, "due_on": ["<", nowdate()]}


def moment() -> str:
	"""The last full five minutes."""
	now = now_datetime().replace(second=0, microsecond=0)
	return str(add_to_date(now, minutes=-(now.minute % STEP)))


def reads_complaints() -> bool:
	"""Whether the reader sees what is complained of."""
	return bool(own_rows(COMPLAINT)) and 1 in frappe.get_meta(COMPLAINT).get_permlevel_access("read")


def headlines() -> list[dict]:
	"""Figures on top, as far as the reader opens their rows."""
	return [*of_actions(), *of_complaints(), *of_cases()]


def of_actions() -> list[dict]:
	return figures(ACTION, {"overdue": (overdue_actions(), _("Corrective Actions Overdue"))})


def of_complaints() -> list[dict]:
	if not reads_complaints():
		return []
	late = {"status": complaints.RECEIVED, "triage_due_on": ["<", moment()]}
	asked = {
		"received": ({"status": complaints.RECEIVED}, _("Complaints to Examine")),
		"late": (late, _("Complaints Not Examined in Time")),
		"abuse": (OPEN_COMPLAINT | {"abuse_alleged": 1}, _("Open Complaints about Abuse")),
	}
	return figures(COMPLAINT, asked)


def of_cases() -> list[dict]:
	late = {"status": ["in", list(WAITING)], "arrival_due_on": ["<", moment()]}
	asked = {
		"waiting": ({"status": interventions.RECEIVED}, _("Rapid Interventions without a Team")),
		"late": (late, _("Teams Not There in Time")),
	}
	return figures(CASE, asked)


def figures(doctype: str, asked: dict) -> list[dict]:
	counted = questions.count(doctype, {key: filters for key, (filters, _label) in asked.items()})
	return [counted.figure(key, label) for key, (_filters, label) in asked.items()] if counted else []


def action_states() -> dict | None:
	"""Corrective actions that are not over: overdue, to be done, waiting for a decision."""
	ahead = {"status": actions.TO_DO, "due_on": [">=", nowdate()]}
	asked = {
		"overdue": (overdue_actions(), _("Overdue")),
		"ahead": (ahead, _(actions.TO_DO)),
		"reported": ({"status": actions.REPORTED}, _(actions.REPORTED)),
	}
	return bars(_("Corrective Actions under Way"), figures(ACTION, asked), _("No corrective action is open."))


def complaint_kinds() -> dict | None:
	"""Complaints that nobody has decided on, by what they are about."""
	if not reads_complaints():
		return None
	kinds = [
		kind for kind in frappe.get_meta(COMPLAINT).get_field("complaint_kind").options.split("\n") if kind
	]
	asked = {kind: (OPEN_COMPLAINT | {"complaint_kind": kind}, _(kind)) for kind in kinds}
	return bars(_("Open Complaints by Kind"), figures(COMPLAINT, asked), _("No complaint is open."))


def case_states() -> dict | None:
	asked = {state: ({"status": state}, _(state)) for state in OPEN_CASES}
	return bars(
		_("Rapid Interventions under Way"), figures(CASE, asked), _("No rapid intervention is under way.")
	)


def arrivals() -> dict | None:
	"""Teams of the last ninety days that were there in time, and late."""
	since = {"arrived_on": [">", str(add_days(nowdate(), -LOOK_BACK))]}
	asked = {
		"in_time": (since | {"arrived_late": 0}, _("There in Time")),
		"late": (since | {"arrived_late": 1}, _("There Late")),
	}
	return bars(_("Arrival of Teams in Ninety Days"), figures(CASE, asked), _("No team has arrived."))


def bars(title: str, found: list[dict], empty: str) -> dict | None:
	"""The figures that are not zero; None for whoever reads none of the rows."""
	return parts.bars(title, [one for one in found if one["value"]], empty) if found else None


def longest_overdue() -> dict | None:
	"""Corrective actions that are overdue longest."""
	if not own_rows(ACTION):
		return None
	fields = ["name", "institution_name", "requirement", "due_on", "is_critical"]
	rows = frappe.get_list(
		ACTION,
		filters=overdue_actions(),
		fields=fields,
		order_by="due_on asc, name asc",
		limit_page_length=parts.SHOWN,
	)
	cells = [
		[
			parts.record(ACTION, row.name, row.institution_name),
			row.requirement,
			_("Yes") if cint(row.is_critical) else None,
			format_date(row.due_on),
			date_diff(nowdate(), row.due_on),
		]
		for row in rows
	]
	headings = [
		_("Institution"),
		_("Standard or Indicator"),
		_("Critical Standard"),
		_("Due On"),
		_("Days Late"),
	]
	empty = _("No corrective action is overdue.")
	return parts.table(_("Corrective Actions Longest Overdue"), headings, cells, empty)
