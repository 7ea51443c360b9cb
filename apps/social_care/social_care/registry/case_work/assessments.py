"""Assessments of a child: on entry within a number of days, later whenever there is reason (gatekeeping, UN Guidelines 57–58)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, getdate

from social_care.registry.case_work import due, rules
from social_care.registry.case_work.records import check_day, refuse

DRAFT, COMPLETED, ENTRY, RISK = "Draft", "Completed", "Entry", "Risk"
NEEDED = ("needs", "recommendation")


def check_path(assessment: Document) -> None:
	"""Draft, then completed; what is completed stays as it is."""
	before = assessment.get_doc_before_save()
	if before and before.status == COMPLETED:
		assessment.status = COMPLETED
		assessment.freeze()
	elif assessment.status == COMPLETED:
		complete(assessment)


def complete(assessment: Document) -> None:
	"""Needs and a recommendation, for a risk its level, for an entry whether it was in time."""
	needed = NEEDED + (("risk_level",) if assessment.assessment_kind == RISK else ())
	assessment.expect(needed, _("Before the assessment can be completed, please fill in: {0}"))
	if assessment.assessment_kind == ENTRY:
		assessment.due_on = entry_due_on(assessment.child)
		late = assessment.due_on and getdate(assessment.assessed_on) > assessment.due_on
		assessment.is_late = int(bool(late))
	assessment.stamp("completed")


def entry_due_on(child: str):
	"""The day by which a child who came into care has to be assessed; None without a rule."""
	return rules.days_after(rules.ASSESSMENT, due.entered_on(child))


def check_dates(assessment: Document) -> None:
	if assessment.is_new() or assessment.has_value_changed("assessed_on"):
		check_day(assessment, "assessed_on")


def score(assessment: Document) -> None:
	"""Scores lie on their scales; the result is the share of the points that could be reached."""
	scales = _scales({row.item for row in assessment.scores})
	seen: set[str] = set()
	for row in assessment.scores:
		scale, kind = scales.get(row.item, (0, ""))
		row.scale_max = scale
		if row.item in seen or kind != assessment.assessment_kind or not 0 <= (row.score or 0) <= scale:
			refuse(
				_(
					"Row {0} of the scores: choose each question of this kind of assessment once, and a score from 0 to {1}."
				).format(row.idx, scale),
				_("Child Assessment"),
			)
		seen.add(row.item)
	possible = sum(row.scale_max for row in assessment.scores)
	points = sum(row.score or 0 for row in assessment.scores)
	assessment.total_percent = flt(100 * points / possible, 1) if possible else 0


def _scales(items: set[str]) -> dict[str, tuple[int, str]]:
	if not items:
		return {}
	rows = frappe.get_all(  # a reference table
		"Assessment Item",
		filters={"name": ["in", sorted(items)]},
		fields=["name", "scale_max", "assessment_kind"],
	)
	return {row.name: (row.scale_max, row.assessment_kind) for row in rows}


def questions(kind: str) -> list[dict]:
	"""The questions of a kind of assessment, in the order of their codes: [{item, scale_max}]."""
	return frappe.get_all(  # a reference table
		"Assessment Item",
		filters={"assessment_kind": kind, "disabled": 0},
		fields=["name as item", "item_name", "scale_max"],
		order_by="name asc",
	)
