"""Calls of the forms of case work and of the child's file."""

import frappe

from social_care.registry.case_work import assessments, calendar, plans, savings, summary, versions
from social_care.registry.case_work import timeline as time_line


@frappe.whitelist()
def goals_for_review(child: str) -> dict:
	"""Active plan and its goals for a new review: {care_plan, goals: […]}; empty without the right to goals."""
	return summary.goals_for_review(child)


@frappe.whitelist()
def assessment_questions(kind: str) -> list[dict]:
	"""Questions of a kind of assessment; a reference table."""
	return assessments.questions(kind)


@frappe.whitelist(methods=["POST"])
def new_plan_version(plan: str, reason: str) -> str:
	"""Begin the next version of an active plan."""
	return plans.new_version(plan, reason)


@frappe.whitelist()
def compare_plans(plan: str, other: str) -> dict:
	"""What changed between two versions of a plan."""
	return versions.compare(plan, other)


@frappe.whitelist()
def plan_versions(child: str) -> list[dict]:
	"""Versions of a child's plan."""
	return versions.versions(child)


@frappe.whitelist()
def reviews_between(start: str, end: str, filters: str | list | None = None, **_desk: str) -> list[dict]:
	"""Reviews for the desk's calendar."""
	return calendar.reviews_between(start, end, filters)


@frappe.whitelist()
def timeline(child: str) -> list[dict]:
	"""Everything that happened to a child, newest first."""
	return time_line.timeline(child)


@frappe.whitelist(methods=["POST"])
def sign_withdrawal(entry: str) -> None:
	"""Second signature of a withdrawal."""
	savings.sign(entry)
