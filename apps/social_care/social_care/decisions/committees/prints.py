"""The minutes of a committee as an official print: who was there, the quorum, each case with its votes, and who declared a conflict."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from social_care.decisions.prints import facts, value
from social_care.prints.digits import in_digits
from social_care.prints.sheet import sheet, speak_arabic
from social_care.registry.levels import field_readable

KIND = "Minutes of a Committee"
FACTS = ("held_on", "ended_on", "meeting_place", "closed_on")
COUNTED = ("voters", "voters_present", "quorum_needed")


def committee_minutes(session: Document) -> dict:
	"""Everything the minutes show: {sheet, facts, attendees, cases, matters, discussion, recommendations, signatures}.

	For readers of the reasons and the discussion only. Raises PermissionError.
	"""
	speak_arabic()
	if not field_readable(session.doctype, "discussion"):
		frappe.throw(
			_("The minutes are not yours to read."), frappe.PermissionError, title=_("Committee Session")
		)
	committee = frappe.get_doc("Committee", session.committee)
	shown = {
		"facts": heading(session, committee),
		"attendees": [attendee(row) for row in session.attendees],
		"cases": [case(session, row) for row in session.cases],
		"matters": [[in_digits(str(row.idx)), row.item, row.presenter or ""] for row in session.agenda],
		"discussion": session.discussion or "",
		"recommendations": [recommendation(row) for row in session.decisions],
		"signatures": signatures(session),
	}
	number = in_digits(f"{session.session_number}/{session.session_year}")
	head = sheet(
		KIND,
		_("Minutes of a Committee"),
		shown,
		session.org_unit,
		committee.committee_name,
		_("Session {0}").format(number),
	)
	return shown | {"sheet": head}


def heading(session: Document, committee: Document) -> list[dict]:
	"""The committee, its legal basis, times, and whether it could decide."""
	basis = committee.legal_basis or frappe.db.get_value(
		"Committee Kind", session.committee_kind, "legal_basis"
	)
	rows = [{"label": _("Committee"), "value": committee.committee_name}]
	if basis:
		rows.append({"label": _("Legal Basis"), "value": in_digits(basis)})
	rows += facts(session, FACTS)
	rows += [
		{"label": _(session.meta.get_label(field)), "value": in_digits(str(cint(session.get(field))))}
		for field in COUNTED
	]
	return rows


def attendee(row: Document) -> list[str]:
	"""Name (the deputy's with whom he stands for), part, body, attendance."""
	name = row.member_name
	if row.attendance == "Deputy Present" and row.deputy_name:
		name = _("{0} in place of {1}").format(row.deputy_name, row.member_name)
	return [name, _(row.part), row.body or "", _(row.attendance)]


def case(session: Document, row: Document) -> dict:
	"""One case: what it is, the decision with its reasons, votes, and members who stayed out of it."""
	votes = _("For: {0}, against: {1}, abstained: {2}").format(
		cint(row.votes_for), cint(row.votes_against), cint(row.abstained)
	)
	if row.by_casting_vote:
		votes += " – " + _("Decided by the Chair's Vote")
	out = [each for each in session.conflicts if each.case_name == row.case_name]
	return {
		"number": in_digits(str(row.idx)),
		"name": row.case_name,
		"summary": in_digits(row.summary or ""),
		"decision": _(row.decision) if row.decision else "–",
		"reasons": row.reasons or "",
		"votes": in_digits(votes),
		"conflicts": [f"{each.member_name}: {each.reason}" for each in out],
	}


def recommendation(row: Document) -> list[str]:
	return [
		in_digits(str(row.idx)),
		*(value(row, row.meta.get_field(field)) for field in ("decision_text", "org_unit", "due_on")),
	]


def signatures(session: Document) -> list[str]:
	"""A line for each member who was there, and the seal."""
	there = [row for row in session.attendees if row.attendance in ("Present", "Deputy Present")]
	names = [f"{_(row.part)}: {attendee(row)[0]}" for row in there]
	return [*names, _("Seal")]
