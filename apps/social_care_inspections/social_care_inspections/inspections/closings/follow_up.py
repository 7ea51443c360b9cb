"""Visits to a child after the move from an institution that closed, on the days of the settings."""

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Min
from frappe.utils import add_days, nowdate
from pypika.terms import Criterion
from social_care.registry.child_paper import ChildRecord
from social_care.registry.notices import notify, responsible

from social_care_inspections.inspections.closings import completion, states
from social_care_inspections.inspections.closings.rows import insert, stored
from social_care_inspections.inspections.closings.settings import follow_up_days

PLANNED, DONE, NOT_NEEDED = "Planned", "Done", "Not Needed"
VISITORS = ("Social Administration Manager", "Family and Childhood Specialist")


class ClosingFollowUpError(frappe.ValidationError):
	"""A follow-up visit that the rules do not allow."""


class FollowUpVisit(ChildRecord):
	"""One visit, written by whoever works on the child's file now."""

	title = states.FOLLOW_UP
	error = ClosingFollowUpError

	def before_insert(self) -> None:
		self.refuse(_("Follow-up visits are planned by the system when a child has moved."))

	def check_content(self) -> None:
		before = self.get_doc_before_save()
		if before and before.status != PLANNED and self.changes():
			self.refuse(_("A visit that was recorded is not rewritten."))
		if not self.visited_on:
			return
		self.check_past("visited_on")
		self.expect(("settled", "findings"), _("Please complete first: {0}"))
		self.status = DONE
		self.stamp("done")


def plan_visits(moved: list[dict]) -> None:
	"""A visit for each moved child and each day of the settings; what is planned already is left. One statement."""
	names = [row.name for row in moved]
	if not names:
		return
	known = set(
		frappe.get_all(  # of the moved children
			states.FOLLOW_UP,
			{"closing_placement": ["in", names]},
			["closing_placement", "visit_number"],
			as_list=True,
		)
	)
	rows = [
		stored(states.FOLLOW_UP, visit(row, number, days))
		for row in moved
		for number, days in enumerate(follow_up_days(), 1)
		if (row.name, number) not in known
	]
	insert(states.FOLLOW_UP, rows)
	if rows:
		visits = frappe.qb.DocType(states.FOLLOW_UP)
		told = _("Follow-up visits after a closing that were planned: {0}", lang="ar")
		tell(visits.name.isin([row["name"] for row in rows]), told)


def tell_overdue() -> None:
	"""Daily: of visits whose day was yesterday and that nobody has recorded."""
	visits = frappe.qb.DocType(states.FOLLOW_UP)
	told = _("Follow-up visits after a closing that are overdue: {0}", lang="ar")
	tell((visits.status == PLANNED) & (visits.due_on == add_days(nowdate(), -1)), told)


def tell(wanted: Criterion, sentence: str) -> None:
	"""One notice a unit to whoever supervises the children there now; it holds a number and opens the first of the visits."""
	visits, child = frappe.qb.DocType(states.FOLLOW_UP), frappe.qb.DocType("Child")
	query = frappe.qb.from_(visits).join(child).on(child.name == visits.child).groupby(child.org_unit)
	query = query.select(child.org_unit, Count("*"), Min(visits.name)).where(wanted).orderby(child.org_unit)
	for unit, number, first in query.run():
		notify(responsible(unit, VISITORS), sentence.format(number), states.FOLLOW_UP, first)


def visit(row: dict, number: int, days: int) -> dict:
	return {
		"child": row.child,
		"closing_case": row.closing_case,
		"closing_placement": row.name,
		"visit_number": number,
		"due_on": add_days(row.from_date, days),
		"status": PLANNED,
	}


def end_those_not_needed() -> None:
	"""Nobody visits a child whose care has ended."""
	visits = frappe.qb.DocType(states.FOLLOW_UP)
	query = frappe.qb.update(visits).set(visits.status, NOT_NEEDED)
	query.where((visits.status == PLANNED) & visits.child.isin(completion.care_ended())).run()
