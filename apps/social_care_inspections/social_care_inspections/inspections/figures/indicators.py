"""Indicators of inspection, for the core's hook `social_care_indicators`."""

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import IfNull
from frappe.utils import getdate, nowdate
from pypika.terms import Criterion, ExistsCriterion, ValueWrapper
from social_care.governance.indicators import counting
from social_care.governance.indicators.cells import Cell
from social_care.governance.indicators.computations import Computation
from social_care.governance.indicators.counting import Located, one_if
from social_care.governance.indicators.periods import Period

from social_care_inspections.inspections import risk
from social_care_inspections.inspections.closings import states as closings
from social_care_inspections.inspections.figures import questions
from social_care_inspections.inspections.violations import states as violations
from social_care_inspections.inspections.visits import states

VISIT, HOME = states.DOCTYPE, "Institution"
INTERVENTION, FREE = "Rapid Intervention Case", "Institution-Free Governorate"
JUDICIAL, DECLARED = "Judicial Control", "Declared"
PUNISHED = (violations.PENALISED, violations.APPEALED, violations.EXECUTED, violations.CLOSED)
IN_FORCE = ("Decided", "Under Appeal", "Executed")


def _counted(doctype: str, where, *told_by: str) -> list[Cell]:
	"""Rows that meet a condition, told by some of their fields."""
	at = counting.located(doctype)
	return counting.cells(at, ValueWrapper(1), None, where(at), _by(at, *told_by))


def _by(at: Located, *fields: str) -> dict:
	return {field: IfNull(at.table[field], "") for field in fields}


def _days(field, period: Period) -> Criterion:
	return field[period.start : f"{period.until} 23:59:59"]


def coverage(period: Period) -> list[Cell]:
	"""Working institutions that inspection looks at, and of them those visited in the period."""
	at, visit, kind = counting.located(HOME), DocType(VISIT), DocType("Institution Type")
	visits = frappe.qb.from_(visit).select(visit.name).where(visit.institution == at.table.name)
	visits = visits.where(visit.status.isin(states.MADE) & visit.visited_on[period.start : period.until])
	kinds = frappe.qb.from_(kind).select(kind.name).where(kind.name == at.table.institution_type)
	where = at.table.status.isin(risk.WORKING) & ExistsCriterion(kinds.where(kind.is_inspectable == 1))
	return counting.cells(
		at, one_if(ExistsCriterion(visits)), ValueWrapper(1), where, _by(at, "institution_type")
	)


def overdue_visits(_period: Period) -> list[Cell]:
	return _counted(VISIT, lambda _at: counting.meets(VISIT, questions.overdue()), "visit_kind")


def evaluation_score(period: Period) -> list[Cell]:
	"""Scores of the approved visits that were made in the period."""
	at = counting.located(VISIT)
	where = (at.table.status == states.APPROVED) & (IfNull(at.table.grade, "") != "")
	where &= at.table.visited_on[period.start : period.until]
	return counting.cells(at, at.table.score, ValueWrapper(1), where, _by(at, "institution_type", "grade"))


def open_violations(_period: Period) -> list[Cell]:
	meets = counting.meets(violations.RECORD, questions.OPEN_VIOLATION)
	return _counted(violations.RECORD, lambda _at: meets, "severity", "violation_group")


def penalised(_period: Period) -> list[Cell]:
	"""Violations that were proven, and of them those with a penalty in force or executed."""
	at, penalty = counting.located(violations.RECORD), DocType(violations.PENALTY)
	rows = frappe.qb.from_(penalty).select(penalty.name).where(penalty.violation_record == at.table.name)
	rows = rows.where(penalty.status.isin(IN_FORCE))
	proven = at.table.status.isin([violations.PROVEN, *PUNISHED]) & at.table.concluded_on.isnotnull()
	return counting.cells(
		at, one_if(ExistsCriterion(rows)), ValueWrapper(1), proven, _by(at, "violation_group")
	)


def judicial_visits(period: Period) -> list[Cell]:
	return _counted(
		VISIT,
		lambda at: (
			(at.table.visit_kind == JUDICIAL)
			& at.table.status.isin(states.MADE)
			& at.table.visited_on[period.start : period.until]
		),
	)


def open_closings(_period: Period) -> list[Cell]:
	ended = [closings.COMPLETED, closings.CANCELLED]
	return _counted(closings.CLOSING, lambda at: at.table.status.notin(ended), "status", "reason")


def completed_closings(period: Period) -> list[Cell]:
	return _counted(
		closings.CLOSING,
		lambda at: (at.table.status == closings.COMPLETED) & _days(at.table.completed_on, period),
		*("reason", "expected_result", "institution_type"),
	)


def free_governorates(_period: Period) -> list[Cell]:
	"""Declared, and the block of new admissions has begun."""
	today = getdate(nowdate())
	return _counted(
		FREE,
		lambda at: (
			(at.table.status == DECLARED) & (at.table.block_from.isnull() | (at.table.block_from <= today))
		),
	)


def interventions(period: Period) -> list[Cell]:
	return _counted(
		INTERVENTION, lambda at: _days(at.table.reported_on, period), "channel", "case_kind", "status"
	)


def accessible_buildings(_period: Period) -> list[Cell]:
	"""Institutions by their latest approved audit of accessibility."""
	at, later = counting.located(VISIT), DocType(VISIT).as_("later")
	newer = frappe.qb.from_(later).select(later.name).where(later.institution == at.table.institution)
	newer = newer.where((later.visit_kind == states.AUDIT) & (later.status == states.APPROVED))
	newer = newer.where((later.accessibility != "") & (later.visited_on > at.table.visited_on))
	where = (at.table.visit_kind == states.AUDIT) & (at.table.status == states.APPROVED)
	where &= (IfNull(at.table.accessibility, "") != "") & ExistsCriterion(newer).negate()
	return counting.cells(
		at,
		one_if(at.table.accessibility == "Conforming"),
		ValueWrapper(1),
		where,
		_by(at, "institution_type"),
	)


COMPUTATIONS = (
	Computation("inspection_coverage", coverage, past=True),
	Computation("overdue_visits", overdue_visits, opens=lambda _period: (VISIT, questions.overdue())),
	Computation("evaluation_score", evaluation_score, past=True),
	Computation(
		"open_violations",
		open_violations,
		opens=lambda _period: (violations.RECORD, questions.OPEN_VIOLATION),
	),
	Computation("penalised_violations", penalised),
	Computation("judicial_visits", judicial_visits, past=True),
	Computation("open_closings", open_closings),
	Computation("completed_closings", completed_closings, past=True),
	Computation("institution_free_governorates", free_governorates),
	Computation("rapid_intervention_reports", interventions, past=True),
	Computation("accessible_buildings", accessible_buildings),
)


def computations() -> tuple[Computation, ...]:
	"""Hook `social_care_indicators`."""
	return COMPUTATIONS
