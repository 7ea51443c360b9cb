"""Who is about to leave care, who should have left (neither exit nor extension nor plan past the age), who is in aftercare."""

from datetime import date

import frappe
from frappe.utils import date_diff, getdate, nowdate

from social_care.registry.aftercare import ages
from social_care.registry.schooling import newest_years
from social_care.scope import rows_at_role

FIELDS = [
	*("name", "full_name", "sex", "birth_date", "institution", "institution_name"),
	*("org_unit", "governorate", "case_manager"),
]
PLAN_ORDER = ("Draft", "Submitted for Approval", "Approved")
EXTENDED, EXIT_DUE, OVERDUE = "Stay Extended", "Plan Approved, Exit Due", "Overdue"
PLANNED, PREPARING, NO_PLAN = "Plan Approved", "Plan in Preparation", "No Plan"
AFTERCARE = "In Aftercare"
IN_CARE = "`tabChild`.`life_state` = 'Active' and ifnull(`tabChild`.`care_type`, '') != 'Aftercare'"


def about_to_leave(months_ahead: int, **filters: str) -> list[dict]:
	"""Children of the reader's scope who reach the age of leaving within the months, and all who are past it.

	Adds to each: leaving_day, days_left (negative: past), education, plan_status, extended_until and situation.
	Four queries, whatever the number of rows.
	"""
	conditions = [["life_state", "=", "Active"], ["care_type", "!=", "Aftercare"]]
	rows = _listed([*conditions, ["birth_date", "<=", ages.born_until(months_ahead)]], filters)
	for row in rows:
		row["situation"] = situation(row.days_left, row.plan_status, row.extended_until)
	return rows


def in_aftercare(**filters: str) -> list[dict]:
	"""Those of the reader's scope who have left care and are followed up, with the same columns."""
	rows = _listed([["life_state", "=", AFTERCARE]], filters)
	for row in rows:
		row["situation"] = AFTERCARE
	return rows


def _listed(conditions: list, filters: dict[str, str]) -> list[dict]:
	conditions = conditions + [[field, "=", value] for field, value in filters.items() if value]
	rows = frappe.get_list(
		"Child", filters=conditions, fields=FIELDS, order_by="birth_date asc, name asc", limit_page_length=0
	)
	seen = rows_at_role("Child", [row.name for row in rows], "Aftercare Plan", frappe.session.user)
	rows = [row for row in rows if row.name in seen]
	names = [row.name for row in rows]
	plans, extensions, schools = plan_states(names), extended_until(names), newest_years(names)
	for row in rows:
		day = ages.leaving_day(row.birth_date)
		row.update({"leaving_day": day, "days_left": date_diff(day, nowdate())})
		row.update({"plan_status": plans.get(row.name), "extended_until": extensions.get(row.name)})
		row["education"] = schools.get(row.name, ())
	return rows


def situation(days_left: int, plan_status: str | None, extended: date | None) -> str:
	"""One word for where a child stands on the way out of care."""
	if days_left <= 0:
		if extended and getdate(extended) >= getdate(nowdate()):
			return EXTENDED
		return EXIT_DUE if plan_status == "Approved" else OVERDUE
	if plan_status == "Approved":
		return PLANNED
	return PREPARING if plan_status else NO_PLAN


def plan_states(children: list[str]) -> dict[str, str]:
	"""State of each child's open Aftercare Plan."""
	rows = _rows("Aftercare Plan", children, ["child", "status"], {"status": ["in", PLAN_ORDER]})
	ordered = sorted(rows, key=lambda row: PLAN_ORDER.index(row.status))
	return {row.child: row.status for row in ordered}


def extended_until(children: list[str]) -> dict[str, date]:
	"""Last day of each child's approved extension of stay."""
	rows = _rows("Stay Extension", children, ["child", "valid_until"], {"status": "Approved"})
	return {row.child: row.valid_until for row in sorted(rows, key=lambda row: row.valid_until)}


def _rows(doctype: str, children: list[str], fields: list[str], filters: dict) -> list[dict]:
	"""Rows about children of the caller's own list, at whose places he reads these papers."""
	if not children:
		return []
	return frappe.get_all(doctype, filters={"child": ["in", children], **filters}, fields=fields)


def overdue_condition() -> str:
	"""SQL on `tabChild`: in care past the age of leaving with neither a running extension nor an approved plan."""
	today = frappe.db.escape(nowdate())
	return (
		f"{IN_CARE} and `tabChild`.`birth_date` <= {frappe.db.escape(str(ages.born_until()))}"
		" and not exists (select 1 from `tabStay Extension` e where e.`child` = `tabChild`.`name`"
		f" and e.`status` = 'Approved' and e.`valid_until` >= {today})"
		" and not exists (select 1 from `tabAftercare Plan` p where p.`child` = `tabChild`.`name`"
		" and p.`status` = 'Approved')"
	)


def without_plan_condition() -> str:
	"""SQL on `tabChild`: reaches the age of leaving within the notice of the settings and has no plan at all."""
	until, since = ages.born_until(ages.notice_months()), ages.born_until()
	return (
		f"{IN_CARE} and `tabChild`.`birth_date` <= {frappe.db.escape(str(until))}"
		f" and `tabChild`.`birth_date` > {frappe.db.escape(str(since))}"
		" and not exists (select 1 from `tabAftercare Plan` p where p.`child` = `tabChild`.`name`)"
	)
