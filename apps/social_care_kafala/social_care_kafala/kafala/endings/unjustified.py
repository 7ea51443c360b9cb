"""A return without a strong cause: the amount due to the child, the exemption for hardship, the proposal for the bar list (domain 3.7)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt

from social_care_kafala.kafala.endings import words
from social_care_kafala.kafala.path import states as path
from social_care_kafala.kafala.path.clock import settings

BAR = "Kafala Bar"
REASON_KIND = "Unjustified Return of a Child"


def is_unjustified(ending: Document) -> bool:
	return ending.ending_kind == words.RETURN and ending.is_unjustified == "Yes"


def settle(ending: Document) -> None:
	"""The amount of the settings, or none with the reason of the exemption."""
	if not is_unjustified(ending):
		ending.update({"amount_due": 0, "is_hardship": 0, "hardship_reason": ""})
		return
	if cint(ending.is_hardship):
		ending.need("hardship_reason")
	ending.amount_due = 0 if cint(ending.is_hardship) else flt(settings().unjustified_return)


def propose_bars(ending: Document) -> None:
	"""Each adult of the family is proposed for the bar list, which headquarters decides on; once a person and file."""
	if not is_unjustified(ending):
		return
	file = frappe.get_doc(path.DOCTYPE, ending.family_file)
	for row in file.adults:
		known = {
			"family_file": file.name,
			"national_number": row.national_number or "",
			"full_name": row.full_name,
		}
		if not frappe.db.exists(BAR, known):
			frappe.get_doc({"doctype": BAR, **known, **proposal(ending)}).insert()


def proposal(ending: Document) -> dict:
	"""What the proposal says besides the person."""
	return {
		"org_unit": directorate(ending.org_unit),
		"barred_from": ending.planned_on,
		"reason_kind": REASON_KIND,
		"reason": _("Ending {0}, decision {1}", lang="ar").format(ending.name, ending.decision_number),
		"amount_due": ending.amount_due,
		"is_hardship": ending.is_hardship,
	}


def directorate(unit: str) -> str:
	"""The directorate of a unit, which proposes; the unit itself where it has none."""
	lft, rgt = frappe.db.get_value("Org Unit", unit, ["lft", "rgt"])
	above = {"level": "Directorate", "lft": ["<=", lft], "rgt": [">=", rgt]}
	return frappe.db.get_value("Org Unit", above) or unit
