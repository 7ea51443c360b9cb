"""Returns of children of known parentage to their families, before the central integration committee (R4-14)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date

from social_care.decisions.committees.case_kinds import APPROVAL, REJECTION, CaseKind, Ruling, hands

DOCTYPE, KIND = "Reintegration Case", "CK-INTEGRATION"
PREPARED, UNDECIDED = "Prepared", ("", "Deferral")


def cases() -> list[CaseKind]:
	"""The core's own part of the hook `social_care_committee_cases`."""
	return [CASES]


def summaries(names: list[str]) -> dict[str, str]:
	"""The child's file and the day that is planned: no names, nothing above the lowest level."""
	rows = frappe.get_all(  # of rows that the caller has looked at
		DOCTYPE, filters={"name": ["in", names]}, fields=["name", "child", "planned_date"]
	)
	sentence = _("File {0}, return planned for {1}", lang="ar")
	return {row.name: sentence.format(row.child, format_date(row.planned_date)) for row in rows}


def involved(names: list[str]) -> dict[str, set[str]]:
	"""Whoever opened a case, wrote in it, or marked it as prepared."""
	return hands(DOCTYPE, names, "prepared_by")


def decide(ruling: Ruling) -> None:
	"""An approval becomes the decision by which the directorate sends the child home; put off, the case goes on waiting."""
	case = frappe.get_doc(DOCTYPE, ruling.case_name, for_update=True)
	case.check_permission("read")
	if case.status != PREPARED or (case.ruling or "") not in UNDECIDED:
		case.refuse(_("Case {0} does not wait for this decision any more.").format(case.name))
	values = {
		"ruling": ruling.decision,
		"committee_session": ruling.session,
		"ruling_reasons": ruling.reasons,
	}
	if ruling.decision == APPROVAL:
		values |= {
			"decision_number": ruling.number,
			"decision_date": ruling.day,
			"decision_authority": ruling.committee,
		}
	case.db_set(values)
	case.add_comment("Info", _("{0}, session {1}: {2}", lang="ar").format(*_told(ruling)))


def _told(ruling: Ruling) -> tuple[str, str, str]:
	return ruling.committee, ruling.number, _(ruling.decision, lang="ar")


def check(case: Document) -> None:
	"""Hook `social_care_reintegration_checks`: nothing against a committee, and nothing without one where the ministry says so."""
	if case.ruling == REJECTION:
		case.refuse(_("The committee has refused the return."))
	wanted = frappe.get_cached_doc("Social Care Settings").reintegration_by_committee
	if wanted and case.ruling != APPROVAL:
		case.refuse(_("The central integration committee has not approved the return yet."))


CASES = CaseKind(
	doctype=DOCTYPE,
	committee_kind=KIND,
	states=(PREPARED,),
	carry_out=decide,
	summaries=summaries,
	involved=involved,
	filters=(("ruling", "in", UNDECIDED),),
	unit_field=None,
)
