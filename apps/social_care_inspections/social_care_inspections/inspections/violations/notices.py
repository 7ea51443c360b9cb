"""Who is told of violations and penalties. Notices hold numbers of records, never a person or what was found."""

import frappe
from frappe import _
from frappe.model.document import Document
from social_care.registry.notices import notify, responsible

from social_care_inspections.inspections.violations import states
from social_care_inspections.inspections.visits.people import officers_of

DIRECTORATE = ("Directorate Director",)
ABOVE = ("Central Administration Head", "Inspection Adviser")
ADVISERS = ("Legal Adviser",)


def tell(record: Document) -> None:
	"""A new violation rings at the directorate; the suspicion of a crime above it and at the legal adviser, too."""
	sentence = {
		states.OBSERVED: _("A violation was recorded ({0}).", lang="ar"),
		states.PROVEN: _("Violation {0} was proven; a penalty may be drafted.", lang="ar"),
	}.get(record.status)
	if record.status == states.OBSERVED and record.suspected_crime:
		sentence = _("The suspicion of a crime was recorded ({0}); it is referred today.", lang="ar")
	if not sentence:
		return
	roles = DIRECTORATE + (ABOVE + ADVISERS if record.suspected_crime else ())
	send(responsible(record.org_unit, roles), sentence, record)


def tell_of_penalty(penalty: Document) -> None:
	sentence = {
		states.WITH_ADVISER: _("Penalty {0} waits for the opinion of the legal adviser.", lang="ar"),
		states.OPINION: _("Penalty {0} waits for the decision.", lang="ar"),
		states.DECIDED: _("Penalty {0} was decided.", lang="ar"),
		states.APPEALED: _("An appeal was made against penalty {0}.", lang="ar"),
	}.get(penalty.status)
	if not sentence:
		return
	told = {
		states.WITH_ADVISER: responsible(penalty.org_unit, ADVISERS),
		states.OPINION: responsible(penalty.org_unit, DIRECTORATE + ABOVE),
		states.DECIDED: [*officers_of(penalty.institution, ("Institution Director",))],
		states.APPEALED: responsible(penalty.org_unit, ABOVE + ADVISERS),
	}
	send(told[penalty.status], sentence, penalty)


def tell_of_worker(worker: Document) -> None:
	"""An excluded person on a staff list rings at the directorate and above it."""
	sentence = _("A worker needs clearance ({0}).", lang="ar")
	send(responsible(worker.org_unit, DIRECTORATE + ABOVE), sentence, worker)


def send(users, sentence: str, doc: Document) -> None:
	wanted = sorted(set(users) - {frappe.session.user})
	notify(wanted, sentence.format(doc.name), doc.doctype, doc.name)
