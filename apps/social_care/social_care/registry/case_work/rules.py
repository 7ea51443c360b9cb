"""Periods of case work: rows of Social Care Settings, each in force from a date on until a later row of its kind."""

from datetime import date

import frappe
from frappe.utils import add_days, add_months, getdate

REVIEW = "Review Interval (Months)"
ASSESSMENT = "Entry Assessment (Days)"
PLAN = "First Care Plan (Days)"
CONTACT = "Family Contact (Months)"


def rows(rule: str) -> list[tuple[date, int]]:
	"""(first day, period) of a rule, oldest first."""
	settings = frappe.get_cached_doc("Social Care Settings")
	found = [(getdate(row.valid_from), row.period) for row in settings.case_work_rules if row.rule == rule]
	return sorted(found)


def period(rule: str, on: date | str) -> int | None:
	"""The period in force on a day (days or months, as the rule's name says); the oldest row before its own beginning."""
	found = rows(rule)
	begun = [value for begin, value in found if begin <= getdate(on)]
	return begun[-1] if begun else (found[0][1] if found else None)


def months_after(rule: str, begin: date | str) -> date | None:
	"""The last day of a period of months that begins on a day; None where there is no rule."""
	months = period(rule, begin)
	return getdate(add_months(begin, months)) if months else None


def days_after(rule: str, begin: date | str) -> date | None:
	"""The last day of a period of days that begins on a day; None where there is no rule."""
	days = period(rule, begin)
	return getdate(add_days(begin, days)) if days else None


def sql_period(rule: str, column: str) -> str:
	"""SQL for the period in force on the day in `column`, a column name of this package; NULL without a rule."""
	found = rows(rule)
	if not found:
		return "null"
	later = reversed(found[1:])
	cases = " ".join(f"when {column} >= '{begin.isoformat()}' then {int(value)}" for begin, value in later)
	return f"(case {cases} else {int(found[0][1])} end)" if cases else str(int(found[0][1]))
