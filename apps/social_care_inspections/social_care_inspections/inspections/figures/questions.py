"""What is counted, as filters of lists: so a figure and the list behind it are one question."""

from dataclasses import dataclass

import frappe
from frappe.utils import add_days, add_months, nowdate
from social_care.registry.dashboards.rows import Filters, Reach, figure, grouped, number_of, own_rows

from social_care_inspections.inspections import risk
from social_care_inspections.inspections.violations import states as violations
from social_care_inspections.inspections.visits import states

HOME = "Institution"
GRADES = ("A", "B", "C", "D")
WORKING: Filters = {"status": ["in", list(risk.WORKING)]}
OPEN_VIOLATION: Filters = {"status": ["in", list(violations.OPEN)]}
SEVERITIES = ("Suspected Crime", "Grave", "Moderate", "Minor", "Technical Remark")
RECENT, OLD = 30, 90  # days that an open violation is called recent, and from which it is called old


def overdue() -> Filters:
	"""Visits whose day has passed without them."""
	return {"status": states.PLANNED, "planned_on": ["<", nowdate()]}


def made_since(months: int) -> Filters:
	return {"status": ["in", list(states.MADE)], "visited_on": [">", str(add_months(nowdate(), -months))]}


def unannounced() -> Filters:
	"""Unannounced visits of the last twelve months."""
	return made_since(12) | {"is_unannounced": 1}


def ages() -> list[tuple[str, Filters]]:
	"""Open violations by the days since they were found: (key, rows)."""
	recent, old = str(add_days(nowdate(), -RECENT)), str(add_days(nowdate(), -OLD))
	return [
		("recent", OPEN_VIOLATION | {"found_on": [">", recent]}),
		("between", OPEN_VIOLATION | {"found_on": ["between", [str(add_days(old, 1)), recent]]}),
		("old", OPEN_VIOLATION | {"found_on": ["<=", old]}),
	]


@dataclass(frozen=True)
class Counted:
	"""Answers to some questions about the rows of one DocType."""

	reached: Reach | None
	row: dict
	asked: dict[str, Filters]

	def figure(self, key: str, label: str) -> dict:
		"""The figure with the list that it leads to."""
		return figure(self.reached, label, int(self.row[key] or 0), self.asked[key])


def count(doctype: str, asked: dict[str, Filters]) -> Counted | None:
	"""All questions in one query; None for whoever does not read the DocType."""
	reached = own_rows(doctype)
	if not reached:
		return None
	measures = {key: number_of(doctype, filters) for key, filters in asked.items()}
	return Counted(reached, grouped(reached, {}, measures)[0], asked)


def homes() -> dict[str, dict]:
	"""Institutions that the reader may open, by name: governorate and state."""
	if not own_rows(HOME):
		return {}
	fields = ["name", "governorate", "status", "grade"]
	rows = frappe.get_list(
		HOME, fields=fields, order_by="institution_name asc, name asc", limit_page_length=0
	)
	return {row.name: row for row in rows}


def by_institution(doctype: str, filters: Filters, measures: dict[str, str] | None = None) -> dict[str, dict]:
	"""Sums of the reader's rows that meet the filters, by institution; one query."""
	reached = own_rows(doctype)
	if not reached:
		return {}
	rows = grouped(reached, filters, measures or {"number": "count(*)"}, by="institution")
	return {row.key: row for row in rows}
