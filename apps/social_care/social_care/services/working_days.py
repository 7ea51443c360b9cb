"""Days on which offices work: by the Working Calendar, an administrator's rows of rest days and official holidays."""

from collections.abc import Callable
from datetime import date, timedelta

import frappe
from frappe.utils import getdate

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
REST = ("friday", "saturday")
LONGEST = 4000  # days looked ahead at the most


def is_working(day: date) -> bool:
	"""Whether offices are open on a day."""
	return _working()(day)


def _working() -> Callable[[date], bool]:
	calendar = frappe.get_cached_doc("Working Calendar")
	rest = {number for number, name in enumerate(WEEK) if calendar.get(name)}
	closed = [(getdate(row.from_date), getdate(row.to_date or row.from_date)) for row in calendar.holidays]
	return lambda day: day.weekday() not in rest and not any(first <= day <= last for first, last in closed)


def due_day(start: date, days: int, basis: str) -> date:
	"""The day on which `days` days are over that begin to count on the day after `start`. `basis`: working or calendar."""
	if basis == "calendar":
		return start + timedelta(days=days)
	open_on, day, left = _working(), start, days
	for _step in range(LONGEST):
		if left <= 0:
			break
		day += timedelta(days=1)
		left -= open_on(day)
	return day


def days_used(start: date, end: date, basis: str) -> int:
	"""Days that count from `start` (not counted) to `end` (counted)."""
	if basis == "calendar" or end <= start:
		return max((end - start).days, 0)
	open_on = _working()
	return sum(open_on(start + timedelta(days=step)) for step in range(1, (end - start).days + 1))


def ensure_calendar() -> None:
	"""Friday and Saturday are days of rest until an administrator says otherwise."""
	if not frappe.db.get_singles_dict("Working Calendar"):
		calendar = frappe.get_doc("Working Calendar")
		calendar.update(dict.fromkeys(REST, 1))
		calendar.save(ignore_permissions=True)
