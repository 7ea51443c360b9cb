"""Members of a committee are told of its sessions: called, put off or moved, cancelled. Committee, day and place alone; no case, no name.

Members with an account and their deputies are told. A session that is written down after it was held invites nobody.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_datetime, get_datetime, now_datetime

from social_care.registry.notices import notify

CALLED, CANCELLED = "Session Called", "Session Cancelled"


def tell(session: Document) -> None:
	"""What this save changes for the members, told to those whom it concerns."""
	before = session.get_doc_before_save()
	if before and (before.status, session.status) == (CALLED, CANCELLED) and not was_over(before):
		send(session, members(before), _("Session {0} on {1} was cancelled.", lang="ar"))
	if session.status != CALLED or get_datetime(session.held_on) <= now_datetime():
		return
	known = members(before) if before and not was_over(before) else set()
	send(session, members(session) - known, _("You are invited to session {0} on {1}.", lang="ar"))
	if is_moved(session, before):
		send(session, members(session) & known, _("Session {0} was moved; it is held on {1}.", lang="ar"))


def was_over(before: Document) -> bool:
	"""Whether the session stood on a past day, to which nobody was invited."""
	return get_datetime(before.held_on) <= now_datetime()


def is_moved(session: Document, before: Document | None) -> bool:
	if not before:
		return False
	same_place = (session.meeting_place or "") == (before.meeting_place or "")
	return get_datetime(session.held_on) != get_datetime(before.held_on) or not same_place


def members(session: Document) -> set[str]:
	"""Accounts of the members and their deputies on the day of the session."""
	return {user for row in session.attendees for user in (row.user, row.deputy_user) if user}


def send(session: Document, users: set[str], sentence: str) -> None:
	"""A notice to each but the one who has just written it. The place follows, where it is known."""
	text = sentence.format(session.session_title, format_datetime(session.held_on, "yyyy/MM/dd HH:mm"))
	if session.meeting_place and session.status == CALLED:
		text += " " + _("Place: {0}", lang="ar").format(session.meeting_place)
	notify(sorted(users - {frappe.session.user}), text, session.doctype, session.name)
