"""Children in institutions month by month, from the history of placements (half-open intervals: a day of change counts
for the new place)."""

from collections.abc import Iterator

import frappe
from frappe.utils import add_months, get_first_day, get_last_day, getdate, nowdate

from social_care.registry.dashboards.rows import Reach, figure, grouped, reach

IN_HOMES = {"setting": "Institution"}


def months() -> list[dict]:
	"""The last months (Social Care Settings), oldest first: {"month", "present", "arrived", "left"}; two queries.

	`present` counts at the end of the month, of the present month today; who moved between institutions arrived and left.
	"""
	history, first = reach("Placement"), _first_month()
	arrived, left = (_by_month(history, column) for column in ("from_date", "to_date"))
	found, month, begun = [], first, str(first)[:7]
	present = sum(_before(arrived, begun)) - sum(_before(left, begun))
	while month <= getdate(nowdate()):
		key = str(month)[:7]
		present += arrived.get(key, 0) - left.get(key, 0)
		found.append(_line(history, month, present, arrived.get(key, 0), left.get(key, 0)))
		month = getdate(add_months(month, 1))
	return found


def _first_month():
	number = frappe.get_cached_doc("Social Care Settings").trend_months or 24
	return getdate(get_first_day(add_months(nowdate(), 1 - number)))


def _by_month(history: Reach, column: str) -> dict[str, int]:
	"""Days up to today only: a decision that takes effect later has moved nobody yet."""
	until = IN_HOMES | {column: ["between", ["1900-01-01", nowdate()]]}
	found: dict[str, int] = {}
	for row in grouped(history, until, {"moves": "count(*)"}, by=column):
		month = str(row.key)[:7]
		found[month] = found.get(month, 0) + int(row.moves)
	return found


def _before(moves: dict[str, int], month: str) -> Iterator[int]:
	return (number for key, number in moves.items() if key < month)


def _line(history: Reach, month, present: int, arrived: int, left: int) -> dict:
	span = ["between", [str(month), str(min(getdate(get_last_day(month)), getdate(nowdate())))]]
	everywhere = (
		not history.where
	)  # elsewhere a list of placements also shows where one's children were before
	rows = {column: IN_HOMES | {column: span} if everywhere else None for column in ("from_date", "to_date")}
	return {
		"month": str(month),
		"present": present,
		"arrived": figure(history, "", arrived, rows["from_date"]),
		"left": figure(history, "", left, rows["to_date"]),
	}
