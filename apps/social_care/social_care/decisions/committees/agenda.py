"""Rows of a session's agenda: cases that wait, each on one open agenda, with what is told of them and who may not vote."""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.decisions.committees import composition
from social_care.decisions.committees.case_kinds import CaseKind, of_committee
from social_care.decisions.committees.waiting import on_agendas
from social_care.decisions.paper import below


def fill(session: Document) -> None:
	"""Check new cases, write summaries, conflicts of those who took part, and how many may vote on each."""
	kinds = of_committee(session.committee_kind)
	seen = set()
	for row in session.cases:
		if row.case_type not in kinds:
			session.refuse(_("{0} is not put before this committee.").format(_(row.case_type)))
		if (row.case_type, row.case_name) in seen:
			session.refuse(_("Case {0} stands on the agenda twice.").format(row.case_name))
		seen.add((row.case_type, row.case_name))
	for doctype, kind in kinds.items():
		fill_kind(session, kind, [row for row in session.cases if row.case_type == doctype])
	check_conflicts(session)
	for row in session.cases:
		row.entitled = len(composition.entitled(session, row))


def fill_kind(session: Document, kind: CaseKind, rows: list[Document]) -> None:
	"""Cases of one kind, in a constant number of queries."""
	if not rows:
		return
	names = [row.case_name for row in rows]
	states, summaries, involved = states_of(kind, names), kind.summaries(names), kind.involved(names)
	elsewhere = on_agendas(kind.doctype, but=session.name or "")
	for row in rows:
		check_waiting(session, kind, row, states.get(row.case_name))
		if row.case_name in elsewhere:
			session.refuse(
				_("Case {0} stands on the agenda of session {1}.").format(
					row.case_name, elsewhere[row.case_name]
				)
			)
		row.summary, row.waits_as = summaries.get(row.case_name, ""), states[row.case_name].state
		declare(session, row, involved.get(row.case_name, set()))


def check_still_waiting(session: Document) -> None:
	"""No case was decided elsewhere since the minutes were written."""
	for doctype, kind in of_committee(session.committee_kind).items():
		rows = [row for row in session.cases if row.case_type == doctype]
		states = states_of(kind, [row.case_name for row in rows]) if rows else {}
		for row in rows:
			check_waiting(session, kind, row, states.get(row.case_name))


def states_of(kind: CaseKind, names: list[str]) -> dict[str, dict]:
	"""State and unit of the records that still wait."""
	fields = ["name", f"{kind.state_field} as state"]
	fields += [f"{kind.unit_field} as unit"] if kind.unit_field else []
	filters = [["name", "in", names], *kind.waits()]
	# the session's own links were looked at by the guard of links
	return {row.name: row for row in frappe.get_all(kind.doctype, filters=filters, fields=fields)}


def check_waiting(session: Document, kind: CaseKind, row: Document, state: dict | None) -> None:
	"""It waits for a committee of this kind, at a unit that this committee stands above."""
	if not state or not stands_above(session.org_unit, kind, state):
		session.refuse(_("Case {0} does not wait for this committee.").format(row.case_name))


def stands_above(unit: str, kind: CaseKind, state: dict) -> bool:
	"""Whether a committee of the unit decides on the case; a kind without units is decided on at headquarters alone."""
	if kind.unit_field:
		return below(state.unit, unit)
	return not frappe.get_cached_value("Org Unit", unit, "parent_org_unit")


def declare(session: Document, row: Document, users: set[str]) -> None:
	"""Members who took part in the case neither vote on it nor count for its quorum."""
	known = {each.member_name for each in session.conflicts if each.case_name == row.case_name}
	for member in composition.voters(session):
		if composition.whose(member) in users and member.member_name not in known:
			values = {"case_name": row.case_name, "member_name": member.member_name}
			session.append("conflicts", values | {"reason": _("Took part in the case before.", lang="ar")})


def check_conflicts(session: Document) -> None:
	"""A conflict names a case of the agenda and a member; each once."""
	cases = {row.case_name for row in session.cases}
	members = {row.member_name for row in session.attendees}
	seen = set()
	for row in session.conflicts:
		if row.case_name not in cases or row.member_name not in members:
			session.refuse(
				_("Conflict of interest {0}: choose a case of the agenda and a member.").format(row.idx)
			)
		if (row.case_name, row.member_name) in seen:
			session.refuse(_("Conflict of interest {0} is declared twice.").format(row.idx))
		seen.add((row.case_name, row.member_name))
