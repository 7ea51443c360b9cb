"""Who is told of a plan and its actions. Notices hold numbers of records, never what was found."""

from frappe import _
from frappe.model.document import Document
from social_care.registry.notices import responsible

from social_care_inspections.inspections.actions import states
from social_care_inspections.inspections.violations.notices import send
from social_care_inspections.inspections.visits.people import officers_of

SUPERVISORS = ("Social Administration Manager", "Directorate Director")


def tell_of_plan(plan: Document) -> None:
	"""The institution learns that a plan has begun, and that it was closed."""
	sentence = {
		states.RUNNING: _("Corrective action plan {0} has begun.", lang="ar"),
		states.CLOSED: _("Corrective action plan {0} was closed.", lang="ar"),
	}.get(plan.status)
	if sentence:
		send(officers_of(plan.institution, tuple(states.HOME)), sentence, plan)


def tell_of_action(action: Document) -> None:
	"""What was reported rings at the supervising level, what was returned at the institution."""
	if action.status == states.REPORTED:
		unit = action.place()[0]
		sentence = _("Action {0} was reported done and waits for a decision.", lang="ar")
		send(responsible(unit, SUPERVISORS), sentence, action)
	elif action.status == states.TO_DO:
		sentence = _("Action {0} was returned; please read the reason.", lang="ar")
		send(officers_of(action.institution, tuple(states.HOME)), sentence, action)
