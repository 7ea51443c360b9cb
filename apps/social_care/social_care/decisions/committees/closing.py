"""A session is closed: each case has a decision that the votes carry, and every decision is carried out once."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate, now_datetime

from social_care.decisions import meetings
from social_care.decisions.committees import composition
from social_care.decisions.committees.case_kinds import APPROVAL, CaseKind, Ruling, of_committee
from social_care.decisions.committees.quorum import Votes

DECIDING = (APPROVAL, "Rejection")


def check_cases(session: Document, kind: Document) -> None:
	"""Every case has its quorum, a decision with reasons, and votes of all who were entitled that carry it."""
	kinds = of_committee(session.committee_kind)
	for row in session.cases:
		check_case(session, row, kind, kinds[row.case_type])


def check_case(session: Document, row: Document, kind: Document, case_kind: CaseKind) -> None:
	if not row.decision:
		session.refuse(_("Case {0}: the decision is missing.").format(row.case_name))
	if row.decision not in case_kind.decisions:
		session.refuse(_("Case {0}: the committee does not decide in this way on it.").format(row.case_name))
	if row.decision != APPROVAL and not (row.reasons or "").strip():
		session.refuse(_("Case {0}: write the reasons of the decision.").format(row.case_name))
	if cint(row.entitled) < cint(session.quorum_needed):
		session.refuse(
			_("Case {0}: without the members in conflict of interest there is no quorum.").format(
				row.case_name
			)
		)
	check_votes(session, row, kind)


def check_votes(session: Document, row: Document, kind: Document) -> None:
	"""Whoever was entitled voted or abstained; with equal votes the chair decides, where the kind says so."""
	votes = votes_of(row)
	if votes.counted != cint(row.entitled):
		session.refuse(
			_("Case {0}: {1} votes are counted, {2} members were entitled to vote.").format(
				row.case_name, votes.counted, cint(row.entitled)
			)
		)
	if not votes.carried() and not casting(session, row, kind):
		session.refuse(_("Case {0}: the votes do not carry the decision.").format(row.case_name))


def votes_of(row: Document) -> Votes:
	return Votes(cint(row.votes_for), cint(row.votes_against), cint(row.abstained))


def casting(session: Document, row: Document, kind: Document) -> bool:
	"""Whether equal votes are decided by whoever presides, who is entitled to vote on the case himself."""
	chair = composition.presiding(session)
	return bool(
		cint(kind.casting_vote)
		and votes_of(row).equal()
		and chair
		and chair.name in {each.name for each in composition.entitled(session, row)}
	)


def carry_out(session: Document) -> None:
	"""Decisions take effect in the transaction that closes the session: all of them, or none."""
	kinds = of_committee(session.committee_kind)
	for row in session.cases:
		if row.carried_out_on:
			continue
		try:
			kinds[row.case_type].carry_out(ruling(session, row))
		except (frappe.ValidationError, frappe.PermissionError):
			frappe.msgprint(_("Case {0} is refused; the session stays open.").format(row.case_name))
			raise
		row.db_set("carried_out_on", now_datetime(), update_modified=False)
	meetings.make_directives(session)


def ruling(session: Document, row: Document) -> Ruling:
	return Ruling(
		session=session.name,
		number=f"{session.session_number}/{session.session_year}",
		committee=frappe.db.get_value("Committee", session.committee, "committee_name"),
		day=getdate(session.held_on),
		case_name=row.case_name,
		decision=row.decision,
		reasons=row.reasons or "",
	)
