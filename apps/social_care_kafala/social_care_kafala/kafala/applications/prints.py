"""A family by the conditions, as an official print: who applies, each condition with its answer, waivers, the legal text and its version."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, format_datetime, get_fullname
from social_care.prints.digits import in_digits
from social_care.prints.sheet import sheet, speak_arabic
from social_care.registry.levels import field_readable

KIND = "Kafala Conditions"
DOCTYPE = "Kafala Family File"


def kafala_conditions(file: Document) -> dict:
	"""Everything the print shows: {sheet, family, answers, waivers, result, signatures}. For readers of the answers only."""
	speak_arabic()
	if not field_readable(DOCTYPE, "answers"):
		frappe.throw(
			_("The answers of the conditions are not yours to read."),
			frappe.PermissionError,
			title=_(DOCTYPE),
		)
	shown = {
		"family": family_rows(file),
		"answers": [answer_row(row) for row in file.answers],
		"waivers": [
			[in_digits(str(row.rule_number)), row.reason, get_fullname(row.given_by)] for row in file.waivers
		],
		"result": _("Result by the Conditions") + f": {_(file.eligibility)}",
		"signatures": [_("Specialist"), _("Social Administration"), _("Directorate")],
	}
	unit = frappe.db.get_value("Org Unit", file.org_unit, "unit_name") or ""
	period = _("Number of the File: {0}").format(file.name)
	return shown | {
		"sheet": sheet(KIND, _("A Family by the Conditions of Kafala"), shown, file.org_unit, unit, period)
	}


def family_rows(file: Document) -> list[list[str]]:
	"""Who applies, when, and by which text the family is judged."""
	text = frappe.get_cached_doc("Kafala Rule Set", file.rule_set)
	rows = [[_(row.part), row.full_name or ""] for row in file.adults]
	rows += [
		[_("Kind of Family"), _(file.family_kind)],
		[_("Date of the Application"), in_digits(format_date(file.applied_on))],
		[_("Number in the Special Register"), in_digits(file.register_serial or "–")],
		[_("Legal Text"), in_digits(text.legal_text)],
		[_("Kafala Rule Set"), f"{in_digits(text.title)} ({text.name})"],
		[_("Judged On"), in_digits(format_datetime(file.evaluated_on))],
	]
	return rows


def answer_row(row: Document) -> list[str]:
	"""Number, condition, answer with who may waive it, and what is missing or why."""
	answer = _(row.outcome)
	if row.waivable_by:
		answer += f" ({_(row.waivable_by)})"
	return [in_digits(str(row.rule_number)), row.rule, answer, in_digits(row.remark or "")]
