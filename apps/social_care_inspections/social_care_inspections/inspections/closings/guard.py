"""The Institution's own form, REST and import: they lead around no closing, and to no end that a closing could not have."""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care_inspections.inspections.closings import completion, states

CLOSED, CONVERTED = "Closed", "Converted to Aftercare"
OF_A_CLOSING = frozenset({"Closing", CLOSED, CONVERTED})


class InstitutionClosingError(frappe.ValidationError):
	"""A state of an institution that its closing decides on, or that its children do not allow."""


def check_institution(institution: Document, _method: str | None = None) -> None:
	"""Institution hook: into a closing's states, and out of them, by its case while one is open; at their end nobody is lost."""
	before = institution.get_doc_before_save()
	if not before or before.status == institution.status or institution.flags.by_closing:
		return
	if not OF_A_CLOSING & {before.status, institution.status}:
		return
	open_ones = {"institution": institution.name, "status": ["in", states.OPEN]}
	if case := frappe.db.get_value(states.CLOSING, open_ones, for_update=True):
		refuse(_("The state of this institution follows its closing: {0}").format(case))
	check_end(institution)


def check_end(institution: Document) -> None:
	"""What a closing would ask of its result, asked where there is none."""
	completion.lock(institution.name)
	if institution.status == CLOSED and (lost := completion.absent(institution.name)):
		refuse(_("These children have no placement anywhere: {0}").format(completion.codes(lost)))
	if institution.status == CONVERTED and (sentence := completion.too_young(institution.name)):
		refuse(sentence)


def refuse(message: str) -> None:
	frappe.throw(message, InstitutionClosingError, title=_("Institution State"))
