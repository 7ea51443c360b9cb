"""A family's file as it is put before the High Committee: who applies, what is not met, the study, decisions so far, the appeal."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date
from social_care.prints.digits import in_digits
from social_care.prints.sheet import sheet, speak_arabic
from social_care.registry.levels import field_readable

from social_care_kafala.kafala.applications.prints import answer_row, family_rows
from social_care_kafala.kafala.committees import appeals
from social_care_kafala.kafala.eligibility import engine
from social_care_kafala.kafala.path import states

KIND = "High Committee File"
STUDY = (
	*("initial_visit_on", "initial_visit_result", "home_suitable", "has_stable_income", "monthly_income"),
	*("administration_inquiry", "association_inquiry", "criminal_record", "hepatitis_free", "drug_test"),
	*("psychological_test", "credit_result", "training_result", "training_on"),
)
SOUND = (engine.PASS, engine.NOT_APPLICABLE)


def high_committee_file(file: Document) -> dict:
	"""Everything the print shows: {sheet, family, open_answers, study, decisions, appeals, signatures}.

	For readers of the answers only. Raises PermissionError.
	"""
	speak_arabic()
	if not field_readable(states.DOCTYPE, "answers"):
		frappe.throw(
			_("The answers of the conditions are not yours to read."),
			frappe.PermissionError,
			title=_(states.DOCTYPE),
		)
	shown = {
		"family": [*family_rows(file), [_("Status"), _(file.status)]],
		"open_answers": [answer_row(row) for row in file.answers if is_open(row)],
		"study": study(file),
		"decisions": decisions(file),
		"appeals": appeals_of(file),
		"signatures": [_("Secretary of the High Committee"), _("Chair of the High Committee"), _("Seal")],
	}
	unit = frappe.db.get_value("Org Unit", file.org_unit, "unit_name") or ""
	period = _("Number of the File: {0}").format(file.name)
	return shown | {
		"sheet": sheet(KIND, _("File for the High Committee"), shown, file.org_unit, unit, period)
	}


def is_open(row: Document) -> bool:
	"""A condition that is not met; those of the child are not asked before there is one."""
	return row.outcome not in SOUND and (row.decided_at != "Matching" or row.outcome == engine.FAIL)


def study(file: Document) -> list[list[str]]:
	"""What the study has found; what nobody has asked is left out."""
	known = [file.meta.get_field(name) for name in STUDY if file.get(name)]
	return [[_(df.label), written(file, df)] for df in known]


def written(file: Document, df) -> str:
	found = file.get(df.fieldname)
	if df.fieldtype == "Date":
		return in_digits(format_date(found))
	return _(found) if df.fieldtype == "Select" else in_digits(f"{found:,.0f}")


def decisions(file: Document) -> list[list[str]]:
	"""Decisions of closed sessions on the file and its appeals, oldest first; those of sessions that the reader may see."""
	own = frappe.get_list(appeals.DOCTYPE, {"family_file": file.name}, pluck="name")
	case, session = frappe.qb.DocType("Committee Case"), frappe.qb.DocType("Committee Session")
	query = frappe.qb.from_(case).join(session).on(session.name == case.parent)
	query = query.select(session.name, session.session_title, session.held_on, case.decision, case.reasons)
	query = query.where((session.status == "Session Closed") & case.case_name.isin([file.name, *own]))
	rows = query.orderby(session.held_on, session.name).run(as_dict=True)
	seen = set(
		frappe.get_list("Committee Session", {"name": ["in", [row.name for row in rows]]}, pluck="name")
		if rows
		else ()
	)
	return [
		[
			in_digits(row.session_title),
			in_digits(format_date(row.held_on)),
			_(row.decision),
			row.reasons or "",
		]
		for row in rows
		if row.name in seen
	]


def appeals_of(file: Document) -> list[list[str]]:
	"""Appeals of the family with grounds and opinion."""
	if not field_readable(appeals.DOCTYPE, "grounds"):
		return []
	rows = frappe.get_list(
		appeals.DOCTYPE,
		filters={"family_file": file.name},
		fields=["name", "filed_on", "due_on", "status", "grounds", "opinion"],
		order_by="filed_on asc, name asc",
	)
	return [
		[
			row.name,
			in_digits(format_date(row.filed_on)),
			in_digits(format_date(row.due_on)),
			_(row.status),
			row.grounds or "",
			row.opinion or "",
		]
		for row in rows
	]
