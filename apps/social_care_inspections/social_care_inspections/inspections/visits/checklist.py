"""The checklist of a visit: the tool's version in force on its day, its rows, and what an answer has to be."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import cint, comma_and, formatdate, getdate
from social_care.registry import growth

from social_care_inspections.inspections.tools import QUALITY
from social_care_inspections.inspections.visits.explanation import is_answered
from social_care_inspections.inspections.visits.scoring import Scale, result
from social_care_inspections.inspections.visits.states import AUDIT

COPIED = (
	"area_code",
	"area",
	"standard_code",
	"standard",
	"is_critical",
	"indicator_code",
	"indicator",
	"score_min",
	"score_max",
	"weight",
)
ACCESSIBILITY = "Accessibility of the Building"
CONFORMING, NOT_CONFORMING = "Conforming", "Not Conforming"
SAID = ("score", "not_applicable", "remark")
MOST_NAMED = 6
BEST = "A"


def purpose_of(visit: Document) -> str:
	"""What the tool of a visit assesses: an audit the building, every other visit the care."""
	return ACCESSIBILITY if visit.visit_kind == AUDIT else QUALITY


def tool_for(
	institution_type: str, on_date, purpose: str = QUALITY, tool_code: str | None = None
) -> str | None:
	"""Name of the version in force on the day of the tool, or of the first tool of this purpose, for a kind of institution."""
	tool, kind = DocType("Assessment Tool"), DocType("Assessment Tool Institution Type")
	day = getdate(on_date)
	query = (
		frappe.qb.from_(tool)
		.join(kind)
		.on((kind.parent == tool.name) & (kind.parenttype == "Assessment Tool"))
		.select(tool.name)
		.where((kind.institution_type == institution_type) & (tool.purpose == purpose))
		.where(tool.valid_from <= day)
		.where(tool.valid_to.isnull() | (tool.valid_to >= day))
		.orderby(tool.tool_code)
		.limit(1)
	)
	if tool_code:
		query = query.where(tool.tool_code == tool_code)
	found = query.run()
	return found[0][0] if found else None


def begin(visit: Document, needed: bool) -> None:
	"""Take the version in force on the day of the visit, and a row for each of its indicators."""
	version = version_for(visit, visit.visited_on, needed)
	if version is None:
		return
	if not version:
		visit.refuse(
			_("No assessment tool for this kind of institution was in force on {0}.").format(
				formatdate(visit.visited_on)
			)
		)
	visit.assessment_tool = version
	visit.set("answers", [])
	visit.extend("answers", rows_of(version))


def version_for(visit: Document, day, needed: bool) -> str | None:
	"""The version that a visit on a day is made with; "" where none was in force, None where none is wanted.

	A tool that was chosen keeps its code; without a choice, and where one is `needed`, the kind of institution decides.
	"""
	chosen = (
		frappe.db.get_value("Assessment Tool", visit.assessment_tool, "tool_code")
		if visit.assessment_tool
		else None
	)
	if not chosen and not needed:
		return None
	return tool_for(visit.institution_type, day, purpose_of(visit), chosen) or ""


def rows_of(version: str) -> list[dict]:
	"""The rows of a new checklist."""
	tool = frappe.get_cached_doc("Assessment Tool", version)
	return [
		{**{name: row.get(name) for name in COPIED}, "evidence_to_see": row.evidence}
		for row in tool.indicators
	]


def keep_rows(visit: Document) -> None:
	"""Only the answers are the user's: rows, weights and texts stay as they were when the visit began."""
	before = visit.get_doc_before_save()
	if not before or not before.answers:
		return
	said = {row.indicator_code: row for row in visit.answers}
	rows = []
	for old in before.answers:
		row = old.as_dict()
		new = said.get(old.indicator_code)
		rows.append(row | ({name: new.get(name) for name in SAID} if new else {}))
	visit.set("answers", rows)


def check_answers(visit: Document) -> None:
	"""A score lies between the indicator's lowest and highest; what does not apply has no score."""
	for row in visit.answers:
		if cint(row.not_applicable) and row.score not in (None, ""):
			visit.refuse(_("The indicator {0} has a score and does not apply.").format(row.indicator_code))
		if row.score not in (None, "") and not row.score_min <= cint(row.score) <= row.score_max:
			visit.refuse(
				_("The score of the indicator {0} lies between {1} and {2}.").format(
					row.indicator_code, row.score_min, row.score_max
				)
			)


def check_complete(visit: Document) -> None:
	"""Every indicator has an answer, and what does not apply says why."""
	unanswered = [row.indicator_code for row in visit.answers if not is_answered(row)]
	if unanswered:
		visit.refuse(_("Indicators without an answer: {0}").format(named(unanswered)))
	unsaid = [
		row.indicator_code
		for row in visit.answers
		if cint(row.not_applicable) and not (row.remark or "").strip()
	]
	if unsaid:
		visit.refuse(_("Write in the remarks why these indicators do not apply: {0}").format(named(unsaid)))


def named(codes: list[str]) -> str:
	"""The first codes of a list."""
	shown = comma_and(codes[:MOST_NAMED], add_quotes=False)
	return shown if len(codes) <= MOST_NAMED else f"{', '.join(codes[:MOST_NAMED])} …"


def score(visit: Document) -> None:
	"""Write score, grade and whether a critical standard failed."""
	if not visit.answers:
		return
	scale = Scale.of(frappe.get_cached_doc("Assessment Tool", visit.assessment_tool))
	found = result(visit.answers, scale)
	visit.update({"score": found.score, "grade": found.grade, "critical_failed": int(bool(found.failed))})
	if visit.visit_kind == AUDIT:  # no grade of the institution: a building conforms with the highest one
		conforms = CONFORMING if found.grade == BEST else NOT_CONFORMING
		visit.update({"grade": None, "accessibility": conforms if found.grade else None})


def is_meant_for(version: str, institution_type: str | None) -> bool:
	"""Whether a version of a tool names the kind of institution."""
	kind = {"parent": version, "parenttype": "Assessment Tool", "institution_type": institution_type}
	return bool(frappe.db.exists("Assessment Tool Institution Type", kind))


def has_purpose(visit: Document) -> bool:
	"""Whether the tool that was chosen assesses what this kind of visit is about."""
	purpose = frappe.db.get_value("Assessment Tool", visit.assessment_tool, "purpose")
	return (purpose or QUALITY) == purpose_of(visit)


def growth_records(visit: Document) -> str:
	"""What the registry has of the growth of the younger children, beside the checklist of a quality visit; empty where none live there."""
	if not visit.answers:
		return ""
	settings = frappe.get_cached_doc("Inspection Settings")
	years, months = cint(settings.growth_until_years), cint(settings.growth_months)
	measured, children = growth.measured_among(visit.institution, years, months)
	told = _(
		"Growth records: {0} of {1} children younger than {2} years were measured in the last {3} months."
	)
	return told.format(measured, children, years, months) if children else ""
