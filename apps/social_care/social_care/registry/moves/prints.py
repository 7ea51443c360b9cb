"""The decision of a movement and the record of its hand-over (محضر تسليم وتسلم), as official prints.

Neither parentage nor papers, health or the best interests determination are on them: both leave the institution.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, format_datetime

from social_care.prints.digits import in_digits
from social_care.prints.sheet import sheet, speak_arabic
from social_care.registry.moves import states

NAMED = (states.SCHEDULED, states.CONFIRMATION, states.ON_LEAVE, states.CARRIED_OUT)
PLACES = ("from_institution_name", "to_institution_name")
DECISION_FIELDS = {
	"Decision": ("decision_number", "decision_date", "decision_authority", "legal_basis"),
	"Movement": (
		"movement",
		"effective_date",
		*PLACES,
		"due_back_on",
		"exit_way",
		"reason",
		"reason_details",
	),
	"Steps": ("proposed_on", "approved_on", "accepted_on"),
}
HANDOVER_FIELDS = {
	"Decision": ("decision_number", "decision_date", "decision_authority"),
	"Hand-over": (*PLACES, "handed_over_on", "delivered_by", "received_by"),
	"Papers and Belongings Handed Over": ("handed_over_items", "receiver_remarks"),
}
DECISION_SIGNATURES = ("Prepared By", "Director of the Directorate", "Seal")
HANDOVER_SIGNATURES = ("Who Delivered", "Who Received", "Director of the Receiving Institution")


def placement_decision(change: Document) -> dict:
	"""Everything the decision shows: {sheet, sections, signatures}."""
	speak_arabic()
	title = _("Decision on a Placement Change")
	return _print(change, "Placement Decision", title, DECISION_FIELDS, DECISION_SIGNATURES)


def handover_record(change: Document) -> dict:
	"""Everything the hand-over record shows. Refused before the child was handed over."""
	speak_arabic()
	if not change.placement or change.movement not in states.RECEIVED:
		frappe.throw(_("The child has not been handed over yet."), title=_("Hand-over Record"))
	return _print(change, "Hand-over Record", _("Hand-over Record"), HANDOVER_FIELDS, HANDOVER_SIGNATURES)


def _print(change: Document, kind: str, title: str, groups: dict, signatures: tuple[str, ...]) -> dict:
	sections = [{"title": _("The Child"), "rows": _child(change)}]
	sections += [
		{"title": _(name), "rows": rows} for name, fields in groups.items() if (rows := _rows(change, fields))
	]
	shown = {"sections": sections, "signatures": [_(text) for text in signatures]}
	head = sheet(
		kind,
		title,
		shown,
		change.from_unit,
		change.from_institution_name or "",
		_("Code") + f": {change.name}",
	)
	return shown | {"sheet": head}


def _child(change: Document) -> list[dict]:
	"""Code, sex and age; the name from the acceptance on, and before it for whoever may read the file."""
	named = change.status in NAMED or frappe.has_permission("Child", "read", doc=change.child)
	name = frappe.db.get_value("Child", change.child, "full_name") if named else ""
	rows = [
		(_("Full Name"), name),
		(_("File Code"), change.child),
		(_("Sex"), _(change.sex or "")),
		(_("Age in Years"), in_digits(str(change.age or 0))),
	]
	return [{"label": label, "value": value} for label, value in rows if value]


def _rows(change: Document, fields: tuple[str, ...]) -> list[dict]:
	known = [df for df in map(change.meta.get_field, fields) if not df.permlevel]
	return [{"label": _(df.label), "value": _value(change, df)} for df in known if change.get(df.fieldname)]


def _value(change: Document, df) -> str:
	value = change.get(df.fieldname)
	if df.fieldtype == "Date":
		return in_digits(format_date(value))
	if df.fieldtype == "Datetime":
		return in_digits(format_datetime(value))
	if df.fieldtype == "Select":
		return _("Emergency Transfer") if df.fieldname == "movement" and change.is_emergency else _(value)
	if df.fieldname == "reason":
		return frappe.db.get_value(df.options, value, "reason_name") or value
	return in_digits(str(value))
