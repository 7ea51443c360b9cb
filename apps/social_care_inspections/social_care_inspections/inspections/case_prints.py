"""The plan of corrective actions with its actions, the file of a complaint and that of a rapid intervention, as official prints. Of a
field above the reader's level nothing is on them; who complained is on none.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, get_fullname
from social_care.prints.digits import in_digits
from social_care.prints.sheet import sheet, speak_arabic
from social_care.registry import levels

from social_care_inspections.inspections.actions import states as actions
from social_care_inspections.inspections.closings.prints import facts_of
from social_care_inspections.inspections.complaints import states as complaints

PLAN_FORMAT, COMPLAINT_FORMAT = "Corrective Plan", "Complaint File"
PLAN = {
	"Plan of Corrective Actions": (
		*("institution_name", "plan_kind", "institution_visit", "violation_record", "goal", "due_on"),
		*("started_by", "started_on"),
	),
	"End of the Plan": ("closing_basis", "closing_note", "closed_by", "closed_on", "cancel_reason"),
}
ACTION = (
	*("indicator_code", "requirement", "action", "responsible_name", "due_on", "status", "progress_note"),
	"outcome_note",
)
COMPLAINT = {
	"Complaint": (
		*("institution", "governorate", "channel", "complaint_kind", "abuse_alleged", "against_unit"),
		*("received_on", "triage_due_on", "triaged_by", "triaged_on", "decision_due_on"),
	),
	"Reply of the Institution": ("text_for_institution", "institution_reply", "replied_by", "replied_on"),
	"Decision on the Complaint": (
		*("outcome", "institution_visit", "violation_record", "rapid_intervention_case"),
		*("referral_authority", "referral_number", "decided_by", "decided_on", "closed_by", "closed_on"),
	),
}
COMPLAINT_TEXTS = ("description", "examination_notes", "decision_reasons", "answer", "closing_note")
INTERVENTION_FORMAT = "Rapid Intervention File"
INTERVENTION = {
	"Report Received": (
		*(
			"case_kind",
			"channel",
			"channel_reference",
			"reported_on",
			"governorate",
			"institution",
			"address",
		),
		*("adults", "children", "description"),
	),
	"Team and Times": (
		*("vehicle", "dispatched_by", "dispatched_on", "arrival_due_on", "arrived_on", "arrival_minutes"),
		"arrived_late",
	),
	"Action": (
		*("action_taken", "receiving_institution", "received_by", "record_number", "referral_authority"),
		"action_details",
	),
	"Outcome": ("closing_note", "closed_by", "closed_on"),
}
FOLLOW_UP = ("followed_on", "note", "next_on", "followed_by")
SIGNATURES = ("Prepared By", "Director of the Directorate", "Seal")


def corrective_plan(plan: Document) -> dict:
	"""{sheet, sections, texts, table_title, columns, rows, signatures} of a plan."""
	speak_arabic()
	meta = frappe.get_meta(actions.ACTION)
	rows = frappe.get_list(
		actions.ACTION,
		filters={"corrective_action_plan": plan.name},
		fields=list(ACTION),
		order_by="due_on asc, name asc",
		limit_page_length=0,
	)
	shown = {
		"sections": sections(plan, PLAN),
		"texts": [],
		"table_title": _("Corrective Actions"),
		"columns": [_(meta.get_label(field)) for field in ACTION],
		"rows": [action(row) for row in rows],
		"signatures": [_(text) for text in SIGNATURES],
	}
	period = f"{_(actions.PLAN)}: {plan.name} – {_(plan.status)}"
	title = _("Plan of Corrective Actions")
	return shown | {"sheet": sheet(PLAN_FORMAT, title, shown, plan.org_unit, plan.institution_name, period)}


def action(row: dict) -> list[str]:
	cells = [row.get(field) for field in ACTION]
	cells[ACTION.index("due_on")] = format_date(row.due_on)
	cells[ACTION.index("status")] = _(row.status)
	return [in_digits(str(cell or "")) for cell in cells]


def complaint_file(complaint: Document) -> dict:
	"""The same of a complaint."""
	speak_arabic()
	shown = {
		"sections": sections(complaint, COMPLAINT),
		"texts": [
			{"title": _(complaint.meta.get_label(field)), "text": complaint.get(field)}
			for field in told(complaint, COMPLAINT_TEXTS)
			if complaint.get(field)
		],
		"rows": [],
		"signatures": [_(text) for text in SIGNATURES],
	}
	period = f"{_(complaints.COMPLAINT)}: {complaint.name} – {_(complaint.status)}"
	head = sheet(COMPLAINT_FORMAT, _("File of a Complaint"), shown, complaint.org_unit, "", period)
	return shown | {"sheet": head}


def intervention_file(case: Document) -> dict:
	"""The same of a rapid intervention, with its team and follow-ups."""
	speak_arabic()
	meta = frappe.get_meta(case.meta.get_field("follow_ups").options)
	found = sections(case, INTERVENTION)
	if case.team:
		found.append({"title": _("Team"), "rows": [member(row) for row in case.team]})
	shown = {
		"sections": found,
		"texts": [],
		"table_title": _("Follow-Up"),
		"columns": [_(meta.get_label(field)) for field in FOLLOW_UP],
		"rows": [follow_up(row) for row in case.follow_ups],
		"signatures": [_(text) for text in SIGNATURES],
	}
	period = f"{_(case.doctype)}: {case.name} – {_(case.status)}"
	title = _("File of a Rapid Intervention")
	return shown | {"sheet": sheet(INTERVENTION_FORMAT, title, shown, case.org_unit, "", period)}


def member(row: Document) -> dict:
	part = _("Head of the Team") if row.is_lead else _("Member of the Team")
	return {"label": part, "value": get_fullname(row.user)}


def follow_up(row: Document) -> list[str]:
	days = (format_date(row.followed_on), row.note, row.next_on and format_date(row.next_on))
	return [in_digits(str(cell or "")) for cell in (*days, get_fullname(row.followed_by))]


def sections(doc: Document, groups: dict[str, tuple[str, ...]]) -> list[dict]:
	found = ({"title": _(title), "rows": facts_of(doc, told(doc, names))} for title, names in groups.items())
	return [section for section in found if section["rows"]]


def told(doc: Document, names: tuple[str, ...]) -> tuple[str, ...]:
	"""Fields that the reader's level opens."""
	return tuple(name for name in names if levels.field_readable(doc.doctype, name))
