"""Indicators of kafala, for the core's hook `social_care_indicators`."""

from frappe.query_builder.functions import IfNull
from frappe.utils import add_days, nowdate
from pypika.terms import Criterion, ValueWrapper
from social_care.governance.indicators import counting
from social_care.governance.indicators.cells import Cell, Measured
from social_care.governance.indicators.computations import Computation
from social_care.governance.indicators.counting import Located
from social_care.governance.indicators.periods import Period

from social_care_kafala.kafala.path import states

FILE, BUILDING = states.DOCTYPE, "Kafala Centre Building"
OVER = states.OVER
CAUSES = 2  # protection level of the cause for which a kafala ended


def _by(at: Located, *fields: str) -> dict:
	return {field: IfNull(at.table[field], "") for field in fields}


def _files(where, *told_by: str) -> list[Cell]:
	at = counting.located(FILE)
	return counting.cells(at, ValueWrapper(1), None, where(at.table), _by(at, *told_by))


def _days(field, period: Period) -> Criterion:
	return field[period.start : f"{period.until} 23:59:59"]


def applications(period: Period) -> list[Cell]:
	return _files(lambda file: _days(file.applied_on, period), "status", "family_kind", "channel")


def time_to_decision(period: Period) -> list[Measured]:
	"""Days from the application to the approval, of those approved in the period."""
	at = counting.located(FILE)
	days = counting.days_between(at.table.approved_on, at.table.applied_on)
	return counting.measured(at, days, _days(at.table.approved_on, period), _by(at, "family_kind"))


def _overdue() -> dict:
	yesterday = str(add_days(nowdate(), -1))
	return {"status": ["not in", list(OVER)], "step_due_on": ["between", ["1900-01-01", yesterday]]}


def overdue(_period: Period) -> list[Cell]:
	return _files(lambda _file: counting.meets(FILE, _overdue()), "status")


def handed_over(period: Period) -> list[Cell]:
	return _files(lambda file: _days(file.handed_over_on, period), "family_kind")


def _waiting() -> dict:
	return {
		"approved_on": ["is", "set"],
		"handed_over_on": ["is", "not set"],
		"status": ["not in", list(OVER)],
	}


def waiting(_period: Period) -> list[Cell]:
	return _files(lambda _file: counting.meets(FILE, _waiting()), "family_kind")


def ending_causes(period: Period) -> list[Cell]:
	return _files(lambda file: _days(file.ended_on, period), "ending_cause")


def buildings(_period: Period) -> list[Cell]:
	"""How far works have come, of the buildings whose allocation stands."""
	at = counting.located(BUILDING)
	where = at.table.stage != "Allocation Withdrawn"
	return counting.cells(at, IfNull(at.table.works_progress, 0), ValueWrapper(1), where, _by(at, "stage"))


COMPUTATIONS = (
	Computation("kafala_applications", applications, past=True),
	Computation("kafala_time_to_decision", time_to_decision, past=True),
	Computation("kafala_overdue", overdue, opens=lambda _period: (FILE, _overdue())),
	Computation("kafala_handed_over", handed_over, past=True),
	Computation("kafala_waiting", waiting, opens=lambda _period: (FILE, _waiting())),
	Computation("kafala_ending_causes", ending_causes, past=True, level=CAUSES),
	Computation("kafala_buildings_progress", buildings),
)


def computations() -> tuple[Computation, ...]:
	"""Hook `social_care_indicators`."""
	return COMPUTATIONS
