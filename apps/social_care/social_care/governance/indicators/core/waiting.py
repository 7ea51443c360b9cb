"""What waits in a directorate: files for a decision and for how long, pairs of possible duplicates, confirmations signed in time."""

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce
from frappe.utils import nowdate
from pypika.terms import Function, ValueWrapper

from social_care.governance.indicators import counting
from social_care.governance.indicators.cells import Cell, Measured
from social_care.governance.indicators.computations import Computation
from social_care.governance.indicators.counting import one_if
from social_care.governance.indicators.periods import Period
from social_care.registry.file_review import REVIEWED, SUBMITTED

CANDIDATE, CONFIRMATION = "Duplicate Candidate", "Institution Confirmation"
WAITING = {"file_state": ["in", [SUBMITTED, REVIEWED]]}


def file_days(_period: Period) -> list[Measured]:
	"""Days since the last step of the files that wait for the next one."""
	at = counting.located("Child")
	since = Coalesce(at.table.reviewed_on, at.table.submitted_on, at.table.creation)
	days = counting.days_between(ValueWrapper(nowdate()), since)
	return counting.measured(at, days, counting.meets("Child", WAITING))


def duplicates(_period: Period) -> list[Cell]:
	"""Open pairs, each once: where the file lies that was entered last, else in the nation alone."""
	pair, child = DocType(CANDIDATE), DocType("Child")
	query = frappe.qb.from_(pair).left_join(child)
	rows = (
		query.on((child.person == pair.person) | (child.person == pair.other_person))
		.select(pair.name, child.institution, child.org_unit)
		.where(pair.status == "Open")
		.orderby(child.creation)
		.orderby(child.name)
	).run(as_dict=True)
	last = {row.name: row for row in rows}
	return [Cell(1, None, row.institution, row.org_unit) for row in last.values()]


def confirmed_in_time(period: Period) -> list[Cell]:
	"""Confirmations whose day came in the period, and of them those that were signed by it."""
	at = counting.located(CONFIRMATION)
	signed = (at.table.status == "Signed") & (Function("DATE", at.table.signed_on) <= at.table.due_on)
	return counting.cells(at, one_if(signed), ValueWrapper(1), at.table.due_on[period.start : period.until])


COMPUTATIONS = (
	Computation("file_waiting_days", file_days, opens=lambda _: ("Child", WAITING)),
	Computation("duplicates_waiting", duplicates, opens=lambda _: (CANDIDATE, {"status": "Open"})),
	Computation("confirmed_in_time", confirmed_in_time, past=True),
)


def computations() -> tuple[Computation, ...]:
	"""Hook `social_care_indicators`."""
	return COMPUTATIONS
