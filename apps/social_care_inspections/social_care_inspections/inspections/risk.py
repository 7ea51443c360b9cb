"""How likely it is that an institution fails its children: points for what is known already, with the reasons beside them.

Every factor and its points are Inspection Settings. The number of queries does not grow with institutions.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import add_days, cint, date_diff, flt, getdate, nowdate

from social_care_inspections.inspections.actions import states as actions
from social_care_inspections.inspections.complaints import states as complaints
from social_care_inspections.inspections.violations import states as violations
from social_care_inspections.inspections.visits import states as visits

MOST = 100
GRAVE = ("Grave", violations.CRIME)
ENDED = (violations.CLOSED, violations.NOT_PROVEN)
# States in which an institution has children to be looked after.
WORKING = ("Operating", "Suspended", "Under Temporary Committee", "Critical", "Closing", "Unlicensed")
FIELDS = (
	"name",
	"institution_name",
	"institution_type",
	"org_unit",
	"grade",
	"last_visit_date",
	"licensed_capacity",
	"licence_expiry",
)


@dataclass
class Risk:
	"""Points (0 to 100) of one institution, and what they come from."""

	points: int = 0
	reasons: list[str] = field(default_factory=list)

	def add(self, points: int, reason: str) -> None:
		"""Count a reason, unless the settings give it no points."""
		if points:
			self.points = min(self.points + points, MOST)
			self.reasons.append(reason)


@dataclass
class Facts:
	"""What is known of many institutions, by their names."""

	children: dict[str, int]
	violations: dict[str, list[tuple[str, int]]]
	scores: dict[str, list[float]]
	actions: dict[str, int]
	complaints: dict[str, list[tuple[int, int]]]


def institutions(**filters) -> list[dict]:
	"""Working institutions of the session user's scope."""
	return frappe.get_list(
		"Institution",
		filters={"status": ["in", WORKING]} | filters,
		fields=list(FIELDS),
		order_by="institution_name asc, name asc",
		limit_page_length=0,
	)


def risks(rows: list[dict]) -> dict[str, Risk]:
	"""Risk of each institution, by name: five queries, whatever their number."""
	names = [row.name for row in rows]
	facts = Facts(
		children_of(names), violations_of(names), scores_of(names), actions_of(names), complaints_of(names)
	)
	settings = frappe.get_cached_doc("Inspection Settings")
	return {row.name: risk(row, facts, settings) for row in rows}


def risk(row: dict, facts: Facts, settings) -> Risk:
	"""The factors, in the order in which they are told."""
	found = Risk()
	add_grade(found, row, facts.scores.get(row.name, []), settings)
	add_violations(found, facts.violations.get(row.name, []), settings)
	living = facts.children.get(row.name, 0)
	if row.licensed_capacity and living > row.licensed_capacity:
		sentence = _("More children than places: {0} of {1}").format(living, row.licensed_capacity)
		found.add(cint(settings.risk_capacity), sentence)
	add_last_visit(found, row, settings)
	if overdue := facts.actions.get(row.name, 0):
		found.add(cint(settings.risk_action), _("Overdue corrective actions: {0}").format(overdue))
	add_complaints(found, facts.complaints.get(row.name, []), settings)
	if row.licence_expiry and getdate(row.licence_expiry) < getdate(nowdate()):
		found.add(cint(settings.risk_licence), _("The licence has expired"))
	return found


def add_grade(found: Risk, row: dict, scores: list[float], settings) -> None:
	points = {"D": settings.risk_grade_d, "C": settings.risk_grade_c, "": settings.risk_no_grade}
	grade = row.grade or ""
	if grade in points:
		said = _("The latest grade is {0}").format(_(grade)) if grade else _("No evaluation yet")
		found.add(cint(points[grade]), said)
	if len(scores) > 1 and scores[1] - scores[0] >= flt(settings.risk_fall_from):
		fallen = f"{flt(scores[1] - scores[0], 1):g}"
		found.add(cint(settings.risk_fall), _("The score has fallen by {0} points").format(fallen))


def add_violations(found: Risk, counted: list[tuple[str, int]], settings) -> None:
	grave = sum(number for severity, number in counted if severity in GRAVE)
	other = sum(number for severity, number in counted if severity not in GRAVE)
	if grave:
		found.add(cint(settings.risk_grave), _("Grave open violations: {0}").format(grave))
	if other:
		found.add(cint(settings.risk_violation), _("Other open violations: {0}").format(other))


def add_complaints(found: Risk, counted: list[tuple[int, int]], settings) -> None:
	"""Complaints of the last days that were not found unfounded; those about abuse weigh for themselves."""
	abuse = sum(number for alleged, number in counted if alleged)
	other = sum(number for alleged, number in counted if not alleged)
	if abuse:
		found.add(cint(settings.risk_abuse_complaint), _("Complaints about abuse: {0}").format(abuse))
	if other:
		found.add(cint(settings.risk_complaint), _("Complaints: {0}").format(other))


def add_last_visit(found: Risk, row: dict, settings) -> None:
	if not row.last_visit_date:
		found.add(cint(settings.risk_not_visited), _("Never visited"))
		return
	days = date_diff(nowdate(), row.last_visit_date)
	if days > cint(settings.risk_visit_days):
		found.add(cint(settings.risk_not_visited), _("Days since the last visit: {0}").format(days))


def children_of(names: list[str]) -> dict[str, int]:
	"""Children who live in each institution now."""
	placement = DocType("Placement")
	query = (
		frappe.qb.from_(placement).select(placement.institution, Count("*")).groupby(placement.institution)
	)
	query = query.where((placement.is_current == 1) & placement.institution.isin(names or [""]))
	return dict(query.run())


def violations_of(names: list[str]) -> dict[str, list[tuple[str, int]]]:
	"""Open violations of each institution, by severity."""
	record = DocType(violations.RECORD)
	query = frappe.qb.from_(record).select(record.institution, record.severity, Count("*"))
	query = query.where(record.institution.isin(names or [""]) & record.status.notin(ENDED))
	found = defaultdict(list)
	for institution, severity, number in query.groupby(record.institution, record.severity).run():
		found[institution].append((severity, number))
	return found


def actions_of(names: list[str]) -> dict[str, int]:
	"""Corrective actions of running plans that each institution has not reported in their time."""
	action, plan = DocType(actions.ACTION), DocType(actions.PLAN)
	query = frappe.qb.from_(action).join(plan).on(plan.name == action.corrective_action_plan)
	query = query.select(action.institution, Count("*")).groupby(action.institution)
	query = query.where(action.institution.isin(names or [""]) & plan.status.isin(actions.STARTED))
	return dict(query.where((action.status == actions.TO_DO) & (action.due_on < nowdate())).run())


def complaints_of(names: list[str]) -> dict[str, list[tuple[int, int]]]:
	"""(abuse alleged, complaints) of each institution; none of those that are kept from its supervising office."""
	complaint = DocType(complaints.COMPLAINT)
	days = cint(frappe.get_cached_doc("Inspection Settings").risk_complaint_days)
	query = frappe.qb.from_(complaint).select(complaint.institution, complaint.abuse_alleged, Count("*"))
	query = query.where(complaint.institution.isin(names or [""]) & complaint.against_unit.isnull())
	query = query.where(complaint.received_on >= add_days(nowdate(), -days))
	query = query.where(complaint.outcome.isnull() | (complaint.outcome != complaints.UNFOUNDED))
	found = defaultdict(list)
	for institution, alleged, number in query.groupby(complaint.institution, complaint.abuse_alleged).run():
		found[institution].append((alleged, number))
	return found


def scores_of(names: list[str]) -> dict[str, list[float]]:
	"""Approved scores of each institution, the latest first."""
	visit = DocType(visits.DOCTYPE)
	query = frappe.qb.from_(visit).select(visit.institution, visit.score)
	query = query.where(visit.institution.isin(names or [""]) & (visit.status == visits.APPROVED))
	query = query.where(visit.grade.isin(("A", "B", "C", "D")))
	rows = query.orderby(visit.institution).orderby(visit.visited_on, order=frappe.qb.desc).run()
	return {name: [score for _name, score in found] for name, found in groupby(rows, lambda row: row[0])}
