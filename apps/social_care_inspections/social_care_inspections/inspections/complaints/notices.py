"""Who is told of a complaint. Notices hold numbers of records, never what is complained of, and never by whom."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, now_datetime
from social_care.registry.notices import notify, responsible

from social_care_inspections.inspections.actions.follow_up import as_system
from social_care_inspections.inspections.complaints import states
from social_care_inspections.inspections.visits.people import officers_of

HANDLERS = ("Social Administration Manager", "Directorate Director")
ABOVE = ("Central Administration Head", "Inspection Adviser")
CHUNK = 200


def tell_of_new(complaint: Document) -> None:
	"""A new complaint rings where it is handled; alleged abuse, and what headquarters handles, above it, too."""
	sentence = _("A complaint waits for examination ({0}).", lang="ar").format(complaint.name)
	users = set(responsible(complaint.org_unit, HANDLERS))
	if complaint.abuse_alleged or not users:
		users |= set(responsible(complaint.org_unit, ABOVE))
	users -= officers_of(complaint.institution) if complaint.institution else set()
	notify(sorted(users - {frappe.session.user}), sentence, states.COMPLAINT, complaint.name)


def tell_institution(complaint: Document) -> None:
	"""The institution learns that it is asked something, not that somebody complained."""
	sentence = _("The supervising level asks the institution to reply ({0}).", lang="ar").format(
		complaint.name
	)
	users = officers_of(complaint.shown_institution, tuple(states.HOME))
	notify(sorted(users), sentence, states.COMPLAINT, complaint.name)


def enqueue_hourly() -> None:
	"""Scheduler: look for complaints that nobody has taken on in their time."""
	frappe.enqueue(
		"social_care_inspections.inspections.complaints.notices.tell_of_late",
		queue="long",
		job_id="social_care_inspections_complaints",
		deduplicate=True,
	)


def tell_of_late() -> int:
	"""Each is told above its unit once; returns how many. Ended anywhere, the next run does the rest."""
	rows = frappe.get_all(  # the system's own look at all complaints
		states.COMPLAINT,
		filters={
			"status": states.RECEIVED,
			"triage_due_on": ["<", now_datetime()],
			"told_above_on": ["is", "not set"],
		},
		fields=["name", "org_unit", "institution"],
		order_by="name asc",
	)
	with as_system():
		for number, row in enumerate(rows, 1):
			tell_above(row)
			if number % CHUNK == 0:
				frappe.db.commit()  # a chunk of a job
	return cint(len(rows))


def tell_above(row: dict) -> None:
	sentence = _("Complaint {0} was not taken on in its time.", lang="ar").format(row.name)
	users = set(responsible(row.org_unit, (*HANDLERS[1:], *ABOVE)))
	users -= officers_of(row.institution) if row.institution else set()
	notify(sorted(users), sentence, states.COMPLAINT, row.name)
	frappe.db.set_value(states.COMPLAINT, row.name, "told_above_on", now_datetime(), update_modified=False)
