"""An assessment as an official print: visits, each answer, scores of the parts, opinion and recommendation, who wrote and who reviewed."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import fmt_money, format_date, format_datetime, get_fullname
from social_care.prints.digits import in_digits
from social_care.prints.sheet import sheet, speak_arabic
from social_care.registry.levels import field_readable

from social_care_kafala.kafala.path import states

KIND = "Kafala Assessment Form"


def kafala_assessment_form(doc: Document) -> dict:
	"""Everything the print shows: {sheet, facts, visits, parts, opinion, signatures}. For readers of the answers only."""
	speak_arabic()
	if not field_readable(doc.doctype, "answers"):
		frappe.throw(
			_("The answers of the assessment are not yours to read."),
			frappe.PermissionError,
			title=_(doc.doctype),
		)
	unit = frappe.db.get_value(states.DOCTYPE, doc.family_file, "org_unit")
	shown = {
		"facts": facts(doc),
		"visits": [visit(row) for row in doc.visits],
		"parts": [part(doc, row) for row in doc.parts],
		"opinion": doc.opinion or "–",
		"signatures": [_("Specialist"), _("Social Administration"), _("Directorate")],
	}
	place = frappe.db.get_value("Org Unit", unit, "unit_name") or ""
	period = _("Number of the File: {0}").format(doc.family_file)
	return shown | {"sheet": sheet(KIND, _(doc.assessment_kind), shown, unit, place, period)}


def facts(doc: Document) -> list[list[str]]:
	tool = frappe.get_cached_doc("Kafala Study Tool", doc.tool)
	rows = [
		[_("Kafala Assessment"), doc.name],
		[_("Kafala Study Tool"), in_digits(f"{tool.title} ({tool.name})")],
		[_("Status"), _(doc.status)],
		[_("Total Score"), percent(doc.total_percent)],
		[_("Recommendation"), _(doc.recommendation) if doc.recommendation else "–"],
	]
	if doc.completed_by:
		rows.append([_("Completed By"), signed(doc.completed_by, doc.completed_on)])
	if doc.reviewed_by:
		rows.append([_("Reviewed By"), signed(doc.reviewed_by, doc.reviewed_on)])
	return rows


def signed(user: str, moment) -> str:
	return in_digits(f"{get_fullname(user)} ({format_datetime(moment)})")


def percent(value: float) -> str:
	return in_digits(f"{value or 0:g} ٪")


def visit(row: Document) -> list[str]:
	return [
		in_digits(format_date(row.visited_on)),
		row.visited_by,
		_(row.met_at),
		row.was_present or "",
		row.note or "",
	]


def part(doc: Document, row: Document) -> dict:
	"""One part: its name, score and writer, and its questions with their answers."""
	answers = [answer for answer in doc.answers if answer.part == row.part]
	scored = any(answer.highest_score for answer in answers)
	return {
		"title": _(row.part),
		"score": percent(row.score_percent) if scored else "",
		"writer": get_fullname(row.written_by) if row.written_by else "–",
		"rows": [[answer.question, said(answer), answer.remark or ""] for answer in answers],
	}


def said(row: Document) -> str:
	if row.highest_score:
		return in_digits(_("{0} of {1}").format(row.score, row.highest_score)) if row.score else "–"
	if row.amount:
		return in_digits(fmt_money(row.amount, 0))
	return _(row.finding) if row.finding else "–"
