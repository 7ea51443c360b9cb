"""The report of a visit as an official print: what was found, the result with its reasons, evidence, reply, signatures."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, format_datetime, get_fullname
from social_care.prints.digits import in_digits
from social_care.prints.sheet import sheet, speak_arabic

from social_care_inspections.inspections.visits import evidence
from social_care_inspections.inspections.visits.explanation import explain, plain

KIND = "Inspection Report"
SIGNATURE = "data:image/png;base64,"
VISIT = (
	"institution_name",
	"institution_type",
	"visit_kind",
	"visited_on",
	"order_number",
	"order_date",
	"children_present",
	"staff_present",
)
STEPS = (
	("reported", "The Report Was Sent"),
	("administration_reviewed", "Social Administration"),
	("directorate_reviewed", "Directorate"),
	("approved", "Headquarters"),
)


def inspection_report(visit: Document) -> dict:
	"""Everything the report shows: {sheet, sections, result, answers, texts, pictures, signatures}. Refused before it was sent."""
	speak_arabic()
	if not visit.report_number:
		frappe.throw(_("The report of this visit has not been sent yet."), title=_("Inspection Report"))
	shown = {
		"sections": [
			{"title": _("The Visit"), "rows": visit_rows(visit)},
			{"title": _("Times and Levels"), "rows": step_rows(visit)},
		],
		"result": result_of(visit),
		"answers": answers(visit),
		"texts": texts(visit),
		"papers": evidence.papers(visit),
		"captions": [row["caption"] for row in evidence.pictures(visit)],
	}
	period = _("Number of the Report") + f": {visit.report_number}"
	head = sheet(
		KIND, _("Report of an Institution Visit"), shown, visit.org_unit, visit.institution_name, period
	)
	return shown | {
		"sheet": head,
		"pictures": [picture(row) for row in evidence.pictures(visit)],
		"signatures": signatures(visit),
	}


def visit_rows(visit: Document) -> list[dict]:
	rows = [_row(visit, field) for field in VISIT if visit.get(field) not in (None, "")]
	team = [row.full_name or get_fullname(row.user) for row in visit.inspectors]
	return [*rows, {"label": _("Inspectors"), "value": "، ".join(team)}]


def _row(visit: Document, field: str) -> dict:
	df, value = visit.meta.get_field(field), visit.get(field)
	if df.fieldtype == "Date":
		value = format_date(value)
	elif df.fieldtype == "Select":
		value = _(value)
	elif df.fieldtype == "Link":
		value = frappe.db.get_value(df.options, value, "type_name") or value
	return {"label": _(df.label), "value": in_digits(str(value))}


def step_rows(visit: Document) -> list[dict]:
	"""Who sent, reviewed and approved the report, and when."""
	return [
		{
			"label": _(label),
			"value": in_digits(
				f"{get_fullname(visit.get(f'{step}_by'))} – {format_datetime(visit.get(f'{step}_on'))}"
			),
		}
		for step, label in STEPS
		if visit.get(f"{step}_on")
	]


def result_of(visit: Document) -> dict:
	"""Score, grade, reasons and areas in the digits of prints; {} without a checklist."""
	found = explain(visit)
	if not found:
		return {}
	return {
		"score": in_digits(plain(found["score"] or 0)),
		"headline": _(visit.accessibility)
		if visit.accessibility
		else _("Grade {0}").format(_(found["grade"])),
		"reasons": [in_digits(text) for text in found["reasons"]],
		"areas": [
			[
				area["code"],
				area["name"],
				*(in_digits(plain(area[key] or 0)) for key in ("weight", "score", "lost")),
			]
			for area in found["areas"]
		],
	}


def answers(visit: Document) -> list[list[str]]:
	"""Code, indicator, score and remarks of each indicator."""
	return [
		[
			row.indicator_code,
			row.indicator,
			_("Not Applicable") if row.not_applicable else in_digits(f"{row.score} / {row.score_max}"),
			row.remark or "",
		]
		for row in visit.answers
	]


def texts(visit: Document) -> list[dict]:
	"""Findings, recommendations and the institution's reply."""
	fields = ("findings", "recommendations", "institution_reply")
	return [
		{"title": _(visit.meta.get_label(field)), "text": visit.get(field)}
		for field in fields
		if visit.get(field)
	]


def picture(row: dict) -> dict:
	taken = in_digits(format_datetime(row["taken_on"])) if row["taken_on"] else ""
	return {**row, "taken_on": taken}


def signatures(visit: Document) -> list[dict]:
	"""The inspectors by name, the representative with what he signed, the head of the level."""
	signed = {
		"title": _("Representative of the Institution"),
		"name": visit.representative_name or "",
		"drawn": drawn(visit.representative_signature),
		"note": _("Refused to sign: {0}").format(visit.refusal_reason) if visit.refused_to_sign else "",
	}
	lead = next((row for row in visit.inspectors if row.is_lead), visit.inspectors[0])
	head = {"title": _("Head of the Team"), "name": lead.full_name or "", "drawn": "", "note": ""}
	if visit.inspector_signature:
		name = get_fullname(visit.signed_by)
		head |= {"title": _("Inspector"), "name": name, "drawn": drawn(visit.inspector_signature)}
	seal = {"title": _("Seal"), "name": "", "drawn": "", "note": ""}
	return [head, signed, seal]


def drawn(signature: str | None) -> str:
	"""A drawn signature as the print takes it; anything else is not shown."""
	return signature if (signature or "").startswith(SIGNATURE) else ""
