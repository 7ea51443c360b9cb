"""What happens to movements by itself: they take effect on their day, expire without an answer, end with another move.

Each change is one transaction under its own lock, and what has been done is not done again; a run that was killed is
taken up by the next one.
"""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate, now, now_datetime, nowdate

from social_care.registry.moves import notices, states

DOCTYPE = "Placement Change"
LOG_TITLE = "Placement change did not take effect"


def enqueue_daily() -> None:
	"""Scheduler: in a job of its own, one a day."""
	frappe.enqueue(
		"social_care.registry.moves.upkeep.run",
		queue="long",
		job_id=f"placement_changes_{nowdate()}",
		deduplicate=True,
	)


def run() -> dict[str, int]:
	"""Let movements take effect whose day has come, and end those that nobody answered: {carried_out, expired}."""
	return {"carried_out": _each(_due(), _take_effect), "expired": _each(_unanswered(), _expire)}


def _due() -> list[str]:
	waits = cint(frappe.get_cached_doc("Social Care Settings").handover_waits)
	filters = {"status": states.SCHEDULED, "effective_date": ["<=", nowdate()]}
	if waits:
		filters["movement"] = ["not in", states.RECEIVED]
	return _names(filters, "effective_date asc, name asc")


def _unanswered() -> list[str]:
	return _names({"status": states.ACCEPTANCE, "answer_due_on": ["<", now_datetime()]}, "name asc")


def _names(filters: dict, order_by: str) -> list[str]:
	return frappe.get_all(DOCTYPE, filters=filters, pluck="name", order_by=order_by)  # the system's own job


def _each(names: list[str], step: Callable[[Document], bool]) -> int:
	"""One transaction a change; one that is refused or fails stays as it is, is shown as overdue, and stops no other."""
	done = 0
	for name in names:
		try:
			done += step(frappe.get_doc(DOCTYPE, name, for_update=True))
			frappe.db.commit()  # the bound of a chunk: one child
		except Exception:
			frappe.db.rollback()
			frappe.clear_messages()
			frappe.log_error(LOG_TITLE, reference_doctype=DOCTYPE, reference_name=name)
			frappe.db.commit()
	return done


def _take_effect(change: Document) -> bool:
	"""False where another run, or a person, was quicker, and where the hand-over was put off to a later day."""
	if change.status != states.SCHEDULED or (
		change.handed_over_on and change.handed_over_on > getdate(nowdate())
	):
		return False
	if change.movement in states.RECEIVED and not change.handed_over_on:
		# nobody says that the child was there before the institution agreed
		change.handed_over_on = max(change.effective_date, getdate(change.accepted_on))
	change.status = states.ON_LEAVE if change.movement == states.LEAVE else states.CARRIED_OUT
	change.save(ignore_permissions=True)  # decided and accepted; the day has come
	return True


def _expire(change: Document) -> bool:
	if change.status != states.ACCEPTANCE:
		return False
	change.status = states.EXPIRED
	change.save(ignore_permissions=True)  # nobody answered in time
	return True


def follow_placement(placement: Document, method: str | None = None) -> None:
	"""Placement hook: a child who lives elsewhere now is on leave no more, and other movements of him are over."""
	if not placement.flags.admission:
		end_others(placement.child, placement.placement_change, placement.from_date)


def follow_institution(institution: str, org_unit: str) -> None:
	"""Open movements follow an institution that passes to another supervising unit, on either side."""
	change = frappe.qb.DocType(DOCTYPE)
	for side, unit in (
		(change.from_institution, change.from_unit),
		(change.to_institution, change.to_unit),
		(change.addressed_institution, change.addressed_unit),
	):
		query = frappe.qb.update(change).set(unit, org_unit).where(side == institution)
		query.where(change.status.isin(states.OPEN)).run()


def end_others(child: str, by_change: str | None, day) -> None:
	"""End the leave a child is on and the wait for a confirmation; cancel what was proposed and not carried out."""
	for name in _open_ones(child, by_change):
		_end(frappe.get_doc(DOCTYPE, name, for_update=True), day)
	frappe.db.set_value("Child", child, "leave_due_back", None)


def _open_ones(child: str, by_change: str | None) -> list[str]:
	"""Other movements of a child who was just moved, as they stand now: read with locks, because a plain read would show
	those as open that another transaction has carried out."""
	change = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(change).select(change.name).orderby(change.name).for_update()
	query = query.where((change.child == child) & (change.name != (by_change or "")))
	return query.where(change.status.isin(states.OPEN)).run(pluck=True)


def _end(change: Document, day) -> None:
	values = {"closed_by": frappe.session.user, "closed_on": now(), "answer_due_on": None}
	if change.status == states.ON_LEAVE:
		values |= {"status": states.CARRIED_OUT, "returned_on": day}
	else:
		moved = change.status == states.CONFIRMATION
		values |= {
			"status": states.CARRIED_OUT if moved else states.CANCELLED,
			"closing_reason": _("The child was moved in another way.", lang="ar"),
		}
	change.db_set(values, notify=False)
	frappe.db.set_value(
		"Workflow Action",
		{"reference_doctype": DOCTYPE, "reference_name": change.name, "status": "Open"},
		"status",
		"Completed",
	)
	notices.tell(change)
