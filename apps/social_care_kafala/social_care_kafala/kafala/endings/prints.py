"""The decision on the end of a kafala as an official print: which family and child, why, what was decided, where the child goes."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, get_fullname
from social_care.prints.digits import in_digits
from social_care.prints.sheet import sheet, speak_arabic
from social_care.reading.notes import note
from social_care.registry.levels import field_readable

from social_care_kafala.kafala.endings import facts, words
from social_care_kafala.kafala.path import states as path

KIND = "Kafala Ending Decision"
PROTECTED = ("study", "child")  # a field of each level that the print shows
TEXTS = ("study", "efforts", "child_view", "no_view_reason", "best_interests", "decision_reasons")
NOTHING = "–"


def kafala_ending_decision(ending: Document) -> dict:
	"""Everything the print shows: {sheet, family, child, decision, texts, next, signatures}.

	For readers of study and child alone; raises PermissionError, and before the decision the ending's own error.
	"""
	begin(ending)
	file = frappe.get_doc(path.DOCTYPE, ending.family_file)
	file.check_permission("read")
	shown = {
		"family": [
			[_(row.part), row.full_name or "", in_digits(row.national_number or NOTHING)]
			for row in file.adults
		],
		"child": child(ending),
		"decision": decision(ending),
		"texts": [[label(ending, name), in_digits(ending.get(name))] for name in TEXTS if ending.get(name)],
		"next": next_place(ending),
		"signatures": [_("Specialist"), _("Director of the Directorate"), _("Seal")],
	}
	unit = frappe.db.get_value("Org Unit", ending.org_unit, "unit_name") or ""
	period = _("Number of the File: {0}").format(ending.family_file)
	title = _("Decision on the End of a Kafala")
	return shown | {"sheet": sheet(KIND, title, shown, ending.org_unit, unit, period)}


def begin(ending: Document) -> None:
	"""Arabic, for whoever may read study and child, and not before there is a decision."""
	speak_arabic()
	if not all(field_readable(words.DOCTYPE, name) for name in PROTECTED):
		frappe.throw(
			_("Why a kafala ends, and whose it is, is not yours to read."),
			frappe.PermissionError,
			title=_(words.DOCTYPE),
		)
	if ending.status not in (words.DECIDED, words.CARRIED_OUT):
		ending.refuse(_("An ending is printed once it is decided."))


def child(ending: Document) -> list[list[str]]:
	"""Who the child is, and since when with the family; neither parentage nor health."""
	row = frappe.db.get_value("Child", ending.child, ["full_name", "birth_date"], as_dict=True)
	note("Child", [ending.child], "Print", KIND)
	return [
		[_("Full Name"), row.full_name or ""],
		[_("Child Code"), ending.child],
		[_("Birth Date"), day(row.birth_date)],
		[label(ending, "placed_on"), day(ending.placed_on)],
	]


def decision(ending: Document) -> list[list[str]]:
	"""Number, day and authority, the kind of ending and its cause; at a return without a strong cause the amount."""
	cause = ending.ending_cause and frappe.db.get_value(
		"Kafala Ending Cause", ending.ending_cause, "cause_name"
	)
	rows = [
		[label(ending, "name"), ending.name],
		[label(ending, "ending_kind"), _(ending.ending_kind)],
		[label(ending, "ending_cause"), cause or NOTHING],
		[label(ending, "decision_number"), in_digits(ending.decision_number)],
		[label(ending, "decision_date"), day(ending.decision_date)],
		[label(ending, "decision_authority"), ending.decision_authority],
		[label(ending, "decided_by"), person(ending.decided_by)],
	]
	if ending.is_unjustified == "Yes":
		rows.append([label(ending, "amount_due"), in_digits(f"{ending.amount_due or 0:,.0f}")])
	return rows


def next_place(ending: Document) -> list[list[str]]:
	"""Where the child goes, on which day, and once that has happened by whose step."""
	field = facts.TARGET.get(ending.ending_kind)
	rows = [[label(ending, field), place(ending, field)]] if field else []
	rows.append([label(ending, "planned_on"), day(ending.planned_on)])
	if ending.status == words.CARRIED_OUT:
		rows += [
			[label(ending, "ended_on"), day(ending.ended_on)],
			[label(ending, "carried_out_by"), person(ending.carried_out_by)],
		]
	return rows


def place(ending: Document, field: str) -> str:
	"""The name of an institution, the number of another file or case."""
	if field != "to_institution":
		return ending.get(field) or NOTHING
	return frappe.db.get_value("Institution", ending.to_institution, "institution_name") or NOTHING


def label(ending: Document, field: str) -> str:
	return _("Number of the Ending") if field == "name" else _(ending.meta.get_label(field))


def person(user: str | None) -> str:
	return get_fullname(user) if user else NOTHING


def day(value) -> str:
	return in_digits(format_date(value)) if value else NOTHING
