"""Significant events and the clock of reporting them.

A kind of event says within how many hours it goes to whom, by rows with effective dates. The clock runs from the discovery.
What kind of violence or abuse it was stands on the third level; everybody else sees the general kind.
"""

from datetime import timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import comma_and, get_datetime, getdate, now_datetime

from social_care.organisation.transitions import check_held_role
from social_care.registry.case_work.records import check_day, four_eyes, refuse, roles_for

RECORDED, REPORTED, FOLLOWED_UP, CLOSED = "Recorded", "Reported", "Followed Up", "Closed"
LATER = frozenset({"report_reference", "follow_up", "closing_note"})


def set_kind(event: Document) -> None:
	"""A protected kind is shown to others by its general one; severity and clock are those of the exact kind."""
	if event.protected_kind:
		shown = frappe.get_cached_value("Significant Event Kind", event.protected_kind, "shown_as")
		if not shown:
			refuse(_("This is no protected kind of event."), _("Significant Event"))
		event.event_kind = shown
	event.expect(("event_kind",), _("Please fill in: {0}"))
	if not event.protected_kind and frappe.get_cached_value(
		"Significant Event Kind", event.event_kind, "is_protected"
	):
		refuse(
			_("This kind is protected; only those who may see it choose it, in its own field."),
			_("Significant Event"),
		)
	kind = frappe.get_cached_doc("Significant Event Kind", event.protected_kind or event.event_kind)
	event.severity = kind.severity
	set_clock(event, kind)


def set_clock(event: Document, kind: Document) -> None:
	"""To whom the event goes and until when, by the rows in force on the day of discovery."""
	found = clock(kind, event.discovered_on)
	event.report_to = comma_and([_(receiver) for receiver in found], add_quotes=False) if found else ""
	hours = min(found.values()) if found else None
	event.report_due_on = (
		get_datetime(event.discovered_on) + timedelta(hours=hours) if hours is not None else None
	)


def clock(kind: Document, on) -> dict[str, int]:
	"""Hours by receiver: for each the latest row that has begun."""
	begun = [row for row in kind.reporting if getdate(row.valid_from) <= getdate(on)]
	return {row.report_to: row.hours for row in sorted(begun, key=lambda row: getdate(row.valid_from))}


def check_dates(event: Document) -> None:
	"""It happened, then it was discovered, both before now."""
	check_day(event, "occurred_on")
	check_day(event, "discovered_on")
	if get_datetime(event.discovered_on) < get_datetime(event.occurred_on):
		refuse(_("An event is not discovered before it happened."), _("Significant Event"))


def guard(event: Document) -> None:
	"""The chain of an event, however it is saved."""
	before = event.get_doc_before_save()
	old, new = (before.status if before else RECORDED), event.status or RECORDED
	event.note_editor()
	if old != RECORDED:
		event.freeze(LATER if old != CLOSED else frozenset())
	if old == new:
		return
	if (old, new) not in STEPS:
		refuse(_("An event does not go from {0} to {1}.").format(_(old), _(new)), _("Significant Event"))
	check_held_role(before, new, roles_for(event.child), _("Significant Event"))
	STEPS[old, new](event)


def report(event: Document) -> None:
	"""The report has gone out; whether in time is written down for good."""
	event.stamp("reported")
	event.reported_late = int(
		bool(event.report_due_on) and event.reported_on > get_datetime(event.report_due_on)
	)


def follow_up(event: Document) -> None:
	event.expect(("follow_up",), _("Please fill in: {0}"))
	event.stamp("followed_up")


def close(event: Document) -> None:
	"""Somebody closes the event who neither recorded nor reported it."""
	event.expect(("closing_note",), _("Please fill in: {0}"))
	four_eyes(
		event,
		{event.owner, event.reported_by},
		_("Whoever recorded or reported the event may not close it."),
	)
	event.stamp("closed")


STEPS = {(RECORDED, REPORTED): report, (REPORTED, FOLLOWED_UP): follow_up, (FOLLOWED_UP, CLOSED): close}


def is_overdue(event: Document) -> bool:
	"""Whether the event should have been reported by now and is not."""
	return bool(
		event.status == RECORDED
		and event.report_due_on
		and get_datetime(event.report_due_on) < now_datetime()
	)
