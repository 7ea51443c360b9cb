"""Who sits in a committee on a day, and how many of them are there for a case."""

from collections.abc import Iterable

import frappe
from frappe.model.document import Document
from frappe.utils import cint, flt, getdate

from social_care.decisions.committees.quorum import Rule

CHAIR, DEPUTY = "Chair of the Committee", "Deputy Chair of the Committee"
HERE = ("Present", "Present by Video", "Deputy Present")
COPIED = ("member_name", "part", "body", "has_vote", "deputy_name", "user", "deputy_user")


def seats_on(committee: str, day) -> list[Document]:
	"""Seats of a committee that count on a day, in their order."""
	day = getdate(day)
	return [
		seat
		for seat in frappe.get_doc("Committee", committee).seats
		if getdate(seat.valid_from) <= day and not (seat.valid_to and getdate(seat.valid_to) < day)
	]


def attendance(seats: Iterable[Document], known: dict[str, str]) -> list[dict]:
	"""A row for each seat; `known`: what was said of a seat's attendance."""
	return [
		{field: seat.get(field) for field in COPIED}
		| {"seat": seat.name, "attendance": known.get(seat.name) or "Absent"}
		for seat in seats
	]


def is_here(row: Document) -> bool:
	return row.attendance in HERE


def voters(session: Document) -> list[Document]:
	"""Members with a vote who are there."""
	return [row for row in session.attendees if cint(row.has_vote) and is_here(row)]


def whose(row: Document) -> str | None:
	"""The user who sits on the seat today: the member, or the deputy in his place."""
	return row.deputy_user if row.attendance == "Deputy Present" else row.user


def presiding(session: Document) -> Document | None:
	"""The chair, or where he is not there the deputy."""
	there = {row.part: row for row in reversed(session.attendees) if is_here(row)}
	return there.get(CHAIR) or there.get(DEPUTY)


def entitled(session: Document, case: Document) -> list[Document]:
	"""Voting members who are there and have declared no conflict of interest in the case."""
	out = {row.member_name for row in session.conflicts if row.case_name == case.case_name}
	return [row for row in voters(session) if row.member_name not in out]


def rule(kind: Document) -> Rule:
	"""The quorum of a kind of committee."""
	return Rule(flt(kind.quorum_share), bool(cint(kind.more_than_share)), cint(kind.quorum_members))
