"""What the steps of a closing do to the institution, and to its children's rows when they have moved."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow
from frappe.utils import nowdate
from social_care.registry.moves import states as movement

from social_care_inspections.inspections.closings import completion, follow_up, plan, states
from social_care_inspections.inspections.closings.rows import make_rows

LAST = {
	states.FINAL: "Closed",
	states.MERGER: "Closed",
	states.CONVERSION: "Converted to Aftercare",
	states.COMMITTEE: "Under Temporary Committee",
}
FAILED = (movement.DECLINED, movement.CANCELLED, movement.EXPIRED)


def follow(case: Document, old: str) -> None:
	"""The institution's state after a step, by its own Workflow and with the rights of whoever took the step."""
	if case.status == states.ORDERED:
		before = frappe.db.get_value("Institution", case.institution, "status", for_update=True)
		case.db_set("institution_state_before", before, update_modified=False)
		set_state(case, ordered_state(case))
	elif case.status == states.PLACING and old != states.HANDING:
		make_rows(case)
	elif case.status == states.COMPLETED:
		set_state(case, LAST[case.expected_result])
	elif case.status == states.CANCELLED and old in states.IN_FORCE:
		set_state(case, former_state(case), back=True)
		end_rows(case)


def ordered_state(case: Document) -> str:
	"""What the order makes of the institution: an interim committee lets it go on."""
	return LAST[states.COMMITTEE] if case.expected_result == states.COMMITTEE else "Closing"


def former_state(case: Document) -> str:
	"""The state that the order found; an institution that was closing then operates again."""
	found = case.institution_state_before
	return found if found and found != "Closing" else "Operating"


def set_state(case: Document, state: str, back: bool = False) -> None:
	"""What its Workflow does not allow, or its controller refuses, refuses the step of the closing too."""
	reason = _("Closing {0}, decision {1}", lang="ar").format(case.name, case.decision_number or "–")
	put_state(case.institution, state, reason, back)


def put_state(name: str, state: str, reason: str, back: bool = False) -> None:
	"""Put an institution into a state. `back`: into one that it had before, also where no Workflow leads there; whoever ends the
	closing or the flag has been asked for the right to that step."""
	institution = frappe.get_doc("Institution", name, for_update=True)
	if institution.status == state:
		return
	if back and not is_way(institution.status, state):
		institution.db_set({"status": state, "status_reason": reason, "status_date": nowdate()})
		institution.add_comment("Workflow", _(state))
		return
	institution.update({"status": state, "status_reason": reason})
	institution.flags.by_closing = True
	institution.save()


def is_way(state: str, wanted: str) -> bool:
	"""Whether the Institution's Workflow leads from one state to the other."""
	return any(
		(row.state, row.next_state) == (state, wanted) for row in get_workflow("Institution").transitions
	)


def end_rows(case: Document) -> None:
	"""A closing that was stopped moves nobody any more. Movements under way are the core's: those who stop it are told of them."""
	rows = {"closing_case": case.name, "status": ["in", (states.DRAFT, states.APPROVED)]}
	changes = frappe.get_all(states.PLAN, rows, pluck="placement_change")  # of the closing that is stopped
	open_ones = frappe.get_all(
		"Placement Change",
		{"name": ["in", [name for name in changes if name] or [""]], "status": ["in", movement.WAITING]},
		pluck="name",
		order_by="name asc",
	)
	frappe.db.set_value(states.PLAN, rows, "status", states.ENDED)
	if open_ones:
		told = _("These movements are still open; cancel those that are not to take place: {0}")
		told = told.format(completion.codes(open_ones))
		case.add_comment("Comment", told)
		frappe.msgprint(told, title=_(states.CLOSING))


def end_gone() -> None:
	"""Nobody seeks a place for a child whose care has ended."""
	row = frappe.qb.DocType(states.PLAN)
	query = frappe.qb.update(row).set(row.status, states.ENDED)
	query = query.where(row.status.isin((states.DRAFT, states.APPROVED)))
	query = query.where(row.child.isin(completion.care_ended()))
	query.where(row.next_place.isnull() | (row.next_place != states.INDEPENDENT)).run()


def note_moves(closing: str | None = None) -> int:
	"""Rows whose child lives elsewhere now: moved, with the follow-up visits. Number of rows; a statement a row that moved, and three.

	Nothing is done twice: a row that is noted has another state, and a visit has its number.
	"""
	rows = moved_rows(closing)
	for row in rows:
		values = {
			"status": states.MOVED,
			"placement": row.placement,
			"moved_on": row.from_date,
			"fault": None,
		}
		frappe.db.set_value(states.PLAN, row.name, values)
	follow_up.plan_visits(rows)
	return len(rows)


def moved_rows(closing: str | None) -> list[dict]:
	"""Rows of closings that were not stopped whose child has a current placement outside the institution that closes."""
	row, placement = frappe.qb.DocType(states.PLAN), frappe.qb.DocType("Placement")
	case = frappe.qb.DocType(states.CLOSING)
	query = (
		frappe.qb.from_(row)
		.join(placement)
		.on((placement.child == row.child) & (placement.is_current == 1))
		.join(case)
		.on((case.name == row.closing_case) & (case.status != states.CANCELLED))
		.select(row.name, row.child, row.closing_case, placement.name.as_("placement"), placement.from_date)
		.where(row.status.isin((states.DRAFT, states.APPROVED)))
		.where(placement.institution.isnull() | (placement.institution != row.institution))
		.orderby(row.name)
		.for_update()
	)
	return (query.where(row.closing_case == closing) if closing else query).run(as_dict=True)


def follow_change(change: Document, _method: str | None = None) -> None:
	"""Placement Change on_update hook: a child of a plan has been handed over."""
	if not change.has_value_changed("status"):
		return
	if change.status in FAILED:
		release(change.name)
	elif change.status == movement.CARRIED_OUT:
		closing = frappe.db.get_value(states.PLAN, {"placement_change": change.name}, "closing_case")
		if closing:
			note_moves(closing)


def release(change: str | None = None) -> int:
	"""Rows whose movement was declined, was cancelled or expired: free for another try or another place, with what happened.
	Number of rows; `change`: of this movement alone."""
	row, moved = frappe.qb.DocType(states.PLAN), frappe.qb.DocType("Placement Change")
	query = frappe.qb.from_(row).join(moved).on(moved.name == row.placement_change).for_update()
	query = query.select(row.name, moved.name.as_("change"), moved.status)
	query = query.where((row.status == states.APPROVED) & moved.status.isin(FAILED))
	rows = (query.where(moved.name == change) if change else query).run(as_dict=True)
	for found in rows:
		told = _("The transfer {0} came to nothing: {1}", lang="ar").format(
			found.change, _(found.status, lang="ar")
		)
		frappe.db.set_value(states.PLAN, found.name, {"placement_change": None, "fault": told})
	return len(rows)


def enqueue_daily() -> None:
	"""Scheduler: in a job of its own, one a day."""
	frappe.enqueue(
		"social_care_inspections.inspections.closings.effect.run",
		queue="long",
		job_id=f"closings_{nowdate()}",
		deduplicate=True,
	)


def run() -> int:
	"""Children who left by a family, kafala or another way than the plan's movement are noted, too; what stood still goes on."""
	from social_care_inspections.inspections.closings import transfers

	plan.end_killed()
	follow_up.end_those_not_needed()
	release()
	noted = note_moves()
	end_gone()
	follow_up.tell_overdue()
	transfers.go_on()
	return noted
