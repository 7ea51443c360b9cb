"""Decisions of a meeting, and recommendations of a committee, that name a unit and a day become directives, once."""

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

# Whoever convenes a meeting of a unit directs as its head does.
DIRECTED_BY = {
	"Headquarters": "Minister",
	"Sector": "Sector Head",
	"Central Administration": "Head of Central Administration",
	"Directorate": "Directorate Director",
}
SUBJECT = 140
SESSION = "Committee Session"


def make_directives(meeting: Document) -> list[str]:
	"""A draft for each decision that has none; whoever may issue directives completes and issues it. Returns their names."""
	made = []
	for row in meeting.decisions:
		if row.org_unit and not row.directive:
			directive = frappe.get_doc(values(meeting, row))
			if meeting.doctype == SESSION:
				directive.insert(
					ignore_permissions=True
				)  # a draft of the closed session; its secretary issues none
				directive.db_set("committee_session", meeting.name, update_modified=False)
			else:
				directive.insert()  # with the rights of whoever approves the minutes
			row.db_set("directive", directive.name, update_modified=False)
			made.append(directive.name)
	return made


def values(meeting: Document, row: Document) -> dict:
	"""What the directive of a decision says."""
	level = frappe.db.get_value("Org Unit", meeting.org_unit, "level")
	text = row.decision_text
	return {
		"doctype": "Directive",
		"subject": text[:SUBJECT],
		"directive_text": text,
		"issued_by": DIRECTED_BY.get(level, "Directorate Director"),
		"directive_date": getdate(meeting.held_on),
		"issuing_unit": meeting.org_unit,
		"org_unit": row.org_unit,
		"due_on": max(getdate(row.due_on), getdate(meeting.held_on)),
		"meeting": meeting.name if meeting.doctype != SESSION else None,
	}
