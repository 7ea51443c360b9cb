"""Rapid interventions of each week: how many of each kind, what the teams did, how soon they were there."""

from collections import Counter, defaultdict

import frappe
from frappe import _
from frappe.utils import add_days, cint, date_diff, get_first_day_of_week, getdate, nowdate

from social_care_inspections.inspections.interventions import states

WEEKS = 8
ACTIONS = ("Placed in a Home", "Help Given", "Help Refused", "Official Record", "Referral", "Nobody Found")
FIELDS = ("reported_on", "case_kind", "action_taken", "arrived_on", "arrived_late", "arrival_minutes")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict]:
	filters = validated(frappe._dict(filters or {}))
	kinds = kinds_of_cases()
	rows = get_data(filters)
	return get_columns(kinds), rows, None, get_chart(rows, kinds)


def validated(filters: dict) -> dict:
	"""The last eight weeks where no time was chosen."""
	filters.to_date = getdate(filters.to_date or nowdate())
	filters.from_date = getdate(filters.from_date or add_days(filters.to_date, 1 - 7 * WEEKS))
	if date_diff(filters.to_date, filters.from_date) < 0:
		frappe.throw(_("The period ends before it begins."), title=_("Rapid Interventions by Week"))
	return filters


def kinds_of_cases() -> list[dict]:
	return frappe.get_all(  # a reference table
		"Intervention Kind", fields=["name", "kind_name"], order_by="kind_code asc"
	)


def get_columns(kinds: list[dict]) -> list[dict]:
	def number(fieldname: str, label: str) -> dict:
		return {"fieldname": fieldname, "label": label, "fieldtype": "Int", "width": 105}

	return [
		{"fieldname": "week", "label": _("Week Beginning"), "fieldtype": "Date", "width": 120},
		number("total", _("Cases")),
		*(number(frappe.scrub(f"kind_{row.name}"), row.kind_name) for row in kinds),
		*(number(frappe.scrub(action), _(action)) for action in ACTIONS),
		number("late", _("Arrived Late")),
		number("minutes", _("Average Minutes until Arrival")),
	]


def get_data(filters: dict) -> list[dict]:
	conditions = {"reported_on": ["between", [filters.from_date, filters.to_date]]}
	if filters.governorate:
		conditions["governorate"] = filters.governorate
	cases = frappe.get_list(
		states.CASE,
		filters=conditions,
		fields=list(FIELDS),
		order_by="reported_on asc, name asc",
		limit_page_length=0,
	)
	weeks = defaultdict(list)
	for case in cases:
		weeks[get_first_day_of_week(getdate(case.reported_on))].append(case)
	return [week_row(week, found) for week, found in sorted(weeks.items())]


def week_row(week, cases: list[dict]) -> dict:
	"""Figures of one week; minutes only of teams that arrived."""
	kinds = Counter(frappe.scrub(f"kind_{case.case_kind}") for case in cases)
	actions = Counter(frappe.scrub(case.action_taken) for case in cases if case.action_taken)
	minutes = [cint(case.arrival_minutes) for case in cases if case.arrived_on]
	return {
		"week": week,
		"total": len(cases),
		**kinds,
		**actions,
		"late": sum(cint(case.arrived_late) for case in cases),
		"minutes": round(sum(minutes) / len(minutes)) if minutes else None,
	}


def get_chart(rows: list[dict], kinds: list[dict]) -> dict:
	"""Cases of each week by kind."""
	return {
		"data": {
			"labels": [frappe.utils.format_date(row["week"]) for row in rows],
			"datasets": [
				{
					"name": row.kind_name,
					"values": [week.get(frappe.scrub(f"kind_{row.name}"), 0) for week in rows],
				}
				for row in kinds
			],
		},
		"type": "bar",
		"barOptions": {"stacked": 1},
	}
