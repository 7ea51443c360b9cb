"""What the return of a child to the family does elsewhere: the placement, other apps' say, and the alarm when it fails."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import nowdate

from social_care.registry.notices import notify, responsible
from social_care.registry.placements import FAMILY, INSTITUTION, KAFALA

HOOK = "social_care_reintegration_checks"
ALERTED = ("Directorate Director", "Directorate Data Officer", "Central Administration Head")


def ask_other_apps(case: Document) -> None:
	"""Hook `social_care_reintegration_checks`: functions(case) that raise where the return may not take place yet.

	An app that keeps committees names a function here that looks for the committee's decision.
	"""
	for path in frappe.get_hooks(HOOK):
		frappe.get_attr(path)(case)


def place_with_family(case: Document) -> Document:
	"""The child's next Placement: with the family, from today. Needs the right to move children."""
	placement = frappe.new_doc("Placement")
	placement.update(
		{
			"child": case.child,
			"setting": FAMILY,
			"family": case.family,
			"org_unit": case.place()[0],
			"movement": "Reintegration",
			"from_date": nowdate(),
			"sibling_separation_reason": case.sibling_separation_reason,
			"decision_number": case.decision_number,
			"decision_date": case.decision_date,
			"decision_authority": case.decision_authority,
		}
	)
	return placement.insert()


def note_return_to_care(placement: Document, method: str | None = None) -> None:
	"""Placement hook: a child who had returned to the family lives elsewhere again (R4-15)."""
	if placement.setting not in (INSTITUTION, KAFALA) or placement.flags.admission:
		return
	returned = {
		"child": placement.child,
		"status": ["in", ("Reintegrated", "Follow-up")],
		"separated_again": 0,
	}
	name = frappe.db.get_value("Reintegration Case", returned)
	if name:
		case = frappe.get_doc("Reintegration Case", name)
		case.note_separation(placement.from_date)
		_alert(case)


def _alert(case: Document) -> None:
	sentence = _("Case {0}: a child who had returned to the family is separated again.", lang="ar")
	users = responsible(case.place()[0], ALERTED)
	notify(users, sentence.format(case.name), "Reintegration Case", case.name)
