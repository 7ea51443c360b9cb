"""The citizen's request follows its file: the same stage by the steps of the service's pack, and what the page says of it."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow
from frappe.utils import add_days, nowdate
from social_care.services import versions
from social_care.services.runtime import records
from social_care.services.versions import ENDED, state_named

from social_care_kafala.kafala.path import states

SERVICE = "SC-12"
DAYS_BACK = 7
# Steps of the file as states of the pack. A version of the pack without one of them leaves the request where it is.
STATES = {
	states.PAPERS: "interview",
	states.VISIT: "initial_visit",
	states.DETAILED: "detailed",
	states.REVIEW: "directorate",
	states.TRAINING: "training",
	states.COMMITTEE: "local_committee",
	states.SECURITY: "security",
	states.VISITS: "accepted_family",
	states.REJECTED: "refused",
	states.WITHDRAWN: "withdrawn",
}


def plain_words(status: str) -> str:
	"""A step in the applicant's words; it names no other authority, no finding and no child."""
	return {
		states.APPLIED: _("Your application has become a file; you are called to the interview."),
		states.PAPERS: _("The interview, and your papers are looked at."),
		states.VISIT: _("The specialist makes the first visit to your home."),
		states.DETAILED: _("The detailed study of the family is being made."),
		states.REVIEW: _("The directorate looks through the forms."),
		states.TRAINING: _("It is time for the mandatory training; you are told its days."),
		states.COMMITTEE: _("Your application is before the local committee."),
		states.SECURITY: _("Your application is with another authority."),
		states.VIEWING: _("The family was accepted; the directorate prepares the viewing letter."),
		states.VISITS: _("The family was accepted; the visits to the child are under way."),
		states.DEPOSIT: _("The hand-over is being prepared."),
		states.CHARTER: _("The hand-over is being prepared."),
		states.HAND_OVER: _("The hand-over is being prepared."),
		states.REJECTED: _("Your application was not accepted; the reasons are told at the administration."),
		states.WITHDRAWN: _("The application was withdrawn."),
		states.ENDED: _("The file is closed."),
	}.get(status, _("The specialist of the administration stays in touch with you."))


def request_type() -> str | None:
	"""The record type of the service's requests; None where the service is not published."""
	name = frappe.db.get_value("Service", SERVICE, "request_type", cache=True)
	return name if name and frappe.db.table_exists(name) else None


def enqueue(name: str) -> None:
	"""Bring request and file together after this transaction, once."""
	frappe.enqueue(
		"social_care_kafala.kafala.applications.following.settle",
		queue="short",
		enqueue_after_commit=True,
		job_id=f"social_care_kafala_request_{name}",
		deduplicate=True,
		name=name,
	)


def settle(name: str) -> None:
	"""Job: as the system, because whoever moves the file need not have a right to the request."""
	user = frappe.session.user
	frappe.set_user("Administrator")
	try:
		bring_together(frappe.get_doc(states.DOCTYPE, name))
	finally:
		frappe.set_user(user)


def enqueue_late() -> None:
	"""Daily: what a job that never ran has left behind."""
	since = add_days(nowdate(), -DAYS_BACK)
	filters = {"service_request": ["is", "set"], "step_since": [">=", since]}
	for name in frappe.get_all(states.DOCTYPE, filters=filters, pluck="name"):  # the system's own look
		enqueue(name)


def bring_together(file: Document) -> None:
	"""A request that its applicant has withdrawn withdraws the file; else the request comes to where the file is."""
	request = frappe.get_doc(request_type(), file.service_request, for_update=True)
	pack = versions.at(request.service, request.pack_version)
	kind = state_named(pack, request.status)["kind"]
	if kind == "withdrawn" and file.status not in states.OVER:
		withdraw(file)
	elif kind not in ENDED and file.status in STATES:
		sentence = _("Taken on the Kafala Family File {0}.", lang="ar").format(file.name)
		records.bring(request, STATES[file.status], sentence, study(file))


def withdraw(file: Document) -> None:
	"""Where the path of the file still has this step; later the file's own ways of ending count."""
	file.update({"status": states.WITHDRAWN, "end_reason": _("Withdrawn by the applicant.", lang="ar")})
	if (file.get_db_value("status"), states.WITHDRAWN) in withdrawals():
		file.save()


def withdrawals() -> set[tuple[str, str]]:
	return {(row.state, row.next_state) for row in get_workflow(states.DOCTYPE).transitions}


def study(file: Document) -> dict:
	"""What the request shows of the path beside its state: numbers and days, no finding."""
	return {
		"register_number": file.register_serial,
		"first_visit": file.initial_visit_on,
		"session_number": file.committee_session,
		"session_date": file.committee_date,
	}
