"""Ways into care, through it and out of it, from the history of placements (half-open intervals)."""

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import IfNull
from frappe.utils import add_days
from pypika.terms import Criterion, ExistsCriterion, Term, ValueWrapper

from social_care.governance.indicators import counting
from social_care.governance.indicators.cells import Cell, Measured
from social_care.governance.indicators.computations import Computation
from social_care.governance.indicators.counting import Located, one_if, together
from social_care.governance.indicators.periods import Period

PLACEMENT = "Placement"
IN_INSTITUTION, IN_KAFALA = "Institution", "Kafala Family"
ENTRIES = ("Admission", "Emergency")
FAMILIES = ("Kafala Family", "Family")


def _of_child(at: Located, period: Period) -> dict[str, Term]:
	return {
		"sex": IfNull(at.child.sex, ""),
		counting.AGE_BAND: counting.age_band(at.child.birth_date, period),
	}


def present(setting: str, day) -> list[Cell]:
	"""Placements of a setting that were open at the end of the day."""
	at = counting.located(PLACEMENT)
	return counting.cells(at, ValueWrapper(1), None, _open_on(at.table, setting, day))


def _open_on(table, setting: str, day) -> Criterion:
	began = (table.setting == setting) & (table.from_date <= day)
	return began & (table.to_date.isnull() | (table.to_date > day))


def entries(period: Period) -> list[Cell]:
	"""Indicator 1 of formal care: admissions of twelve months, by where they came to."""
	at = counting.located(PLACEMENT)
	where = at.table.movement.isin(ENTRIES) & at.table.from_date[period.year_before : period.until]
	dimensions = _of_child(at, period) | {"admission_reason": IfNull(at.child.admission_reason, "")}
	return counting.cells(at, ValueWrapper(1), None, where, dimensions)


def _followed_by(table, *conditions) -> ExistsCriterion:
	"""The child's next placement begins on the day on which this one ends, and meets the conditions."""
	following = DocType(PLACEMENT).as_("following")
	rows = frappe.qb.from_(following).select(following.name)
	rows = rows.where((following.child == table.child) & (following.from_date == table.to_date))
	for condition in conditions:
		rows = rows.where(condition(following))
	return ExistsCriterion(rows)


def to_families(period: Period) -> list[Cell]:
	"""Indicator 3 of formal care: left an institution for a family in twelve months, of those who lived there before."""
	at = counting.located(PLACEMENT)
	left = (at.table.setting == IN_INSTITUTION) & at.table.to_date[period.year_before : period.until]
	left &= _followed_by(at.table, lambda following: following.setting.isin(FAMILIES))
	above = counting.cells(at, ValueWrapper(1), None, left)
	return together(above, present(IN_INSTITUTION, add_days(period.year_before, -1)))


def kafala_breakdown(period: Period) -> list[Cell]:
	"""Came back from kafala to an institution in twelve months, of those in kafala at their beginning."""
	at = counting.located(PLACEMENT)
	ended = (at.table.setting == IN_KAFALA) & at.table.to_date[period.year_before : period.until]
	ended &= _followed_by(at.table, lambda following: following.setting == IN_INSTITUTION)
	above = counting.cells(at, ValueWrapper(1), None, ended)
	return together(above, present(IN_KAFALA, add_days(period.year_before, -1)))


def deaths(period: Period) -> list[Cell]:
	"""Indicator 5 of formal care: placements that ended with a death in twelve months."""
	at = counting.located(PLACEMENT)
	where = (at.table.end_reason == "Death") & at.table.to_date[period.year_before : period.until]
	return counting.cells(at, ValueWrapper(1), None, where, _of_child(at, period))


def kafala_placements(period: Period) -> list[Cell]:
	"""Indicator 12 of formal care for a country of kafala: new placements in kafala families of twelve months."""
	at = counting.located(PLACEMENT)
	where = (at.table.setting == IN_KAFALA) & at.table.from_date[period.year_before : period.until]
	return counting.cells(at, ValueWrapper(1), None, where, _of_child(at, period))


def entry_delay(period: Period) -> list[Measured]:
	"""Days from a move to its entry, of what was entered in the period."""
	at = counting.located(PLACEMENT)
	where = at.table.creation[period.start : f"{period.until} 23:59:59"] & (
		at.table.from_date <= at.table.creation
	)
	days = counting.days_between(at.table.creation, at.table.from_date)
	return counting.measured(at, days, where, {"movement": IfNull(at.table.movement, "")})


def aftercare(period: Period) -> list[Cell]:
	"""Who passed into aftercare in twelve months, and of them those with an approved plan."""
	at, plan = counting.located(PLACEMENT), DocType("Aftercare Plan")
	rows = frappe.qb.from_(plan).select(plan.name).where(plan.child == at.table.child)
	rows = rows.where(plan.status.isin(["Approved", "Completed"]))
	where = (at.table.movement == "Aftercare") & at.table.from_date[period.year_before : period.until]
	dimensions = {"sex": IfNull(at.child.sex, "")}
	return counting.cells(at, one_if(ExistsCriterion(rows)), ValueWrapper(1), where, dimensions)


COMPUTATIONS = (
	Computation("entries_to_care", entries, past=True),
	Computation("exits_to_families", to_families, past=True),
	Computation("kafala_breakdown", kafala_breakdown, past=True),
	Computation("deaths_in_care", deaths, past=True),
	Computation("kafala_placements", kafala_placements, past=True),
	Computation("entry_delay", entry_delay, past=True),
	Computation("aftercare_plans", aftercare, past=True),
)


def computations() -> tuple[Computation, ...]:
	"""Hook `social_care_indicators`."""
	return COMPUTATIONS
