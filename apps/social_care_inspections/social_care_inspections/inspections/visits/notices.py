"""Who is told of a visit and its report, at each step. Notices hold numbers of records, never what was found."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint
from social_care.registry.notices import notify, responsible

from social_care_inspections.inspections.visits import states
from social_care_inspections.inspections.visits.people import officers_of

ADMINISTRATION = ("Social Administration Manager",)
DIRECTORATE = ("Directorate Director",)
HEADQUARTERS = ("Central Administration Head", "Inspection Adviser")


def tell(visit: Document) -> None:
	"""Whoever acts next, or learns of a step, gets a notice; the institution nothing of a visit that it does not see."""
	sentence = _sentences().get(visit.status)
	if not sentence or not cint(frappe.get_cached_doc("Inspection Settings").visit_notices):
		return
	users = people(visit) - {frappe.session.user}
	notify(sorted(users), sentence.format(visit.report_number or visit.name), states.DOCTYPE, visit.name)


def _sentences() -> dict[str, str]:
	return {
		states.PLANNED: _("A visit was ordered ({0}).", lang="ar"),
		states.BEGUN: _("Visit {0} has begun.", lang="ar"),
		states.COMPLETED: _("The report of visit {0} is to be sent.", lang="ar"),
		states.REPORTED: _("Visit report {0} waits for your review or reply.", lang="ar"),
		states.ADMINISTRATION: _("Visit report {0} waits for the directorate.", lang="ar"),
		states.DIRECTORATE: _("Visit report {0} waits for the approval of headquarters.", lang="ar"),
		states.APPROVED: _("Visit report {0} was approved.", lang="ar"),
		states.CANCELLED: _("Visit {0} was cancelled.", lang="ar"),
	}


def people(visit: Document) -> set[str]:
	"""Users who are told of the state a visit has come to."""
	team = {row.user for row in visit.inspectors}
	home = officers_of(visit.institution, ("Institution Director",)) if visit.shown_institution else set()
	above = {
		states.REPORTED: set(responsible(visit.org_unit, ADMINISTRATION)) | home,
		states.ADMINISTRATION: set(responsible(visit.org_unit, DIRECTORATE)),
		states.DIRECTORATE: set(responsible(visit.org_unit, HEADQUARTERS)),
		states.COMPLETED: team,
		states.BEGUN: home,
	}
	return above.get(visit.status, team | home)
