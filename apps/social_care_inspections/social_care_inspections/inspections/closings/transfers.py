"""The movements of an approved plan: proposed once each by the core's Placement Change, whose path they take from there on."""

import frappe
from frappe import _
from frappe.utils import create_batch, getdate, nowdate
from social_care.registry.moves import guide
from social_care.registry.moves import states as movement

from social_care_inspections.inspections.closings import completion, states
from social_care_inspections.inspections.closings.settings import settings

SECONDS = 1800
CHUNK = 25
SAVEPOINT = "one_transfer"
MOVED_HERE = (*states.TO_INSTITUTION, states.INDEPENDENT)  # what the core moves by a Placement Change


def enqueue(closing: str) -> None:
	"""A job in the name of whoever approved; it goes on where it was stopped."""
	frappe.enqueue(
		"social_care_inspections.inspections.closings.transfers.make",
		queue="long",
		timeout=SECONDS,
		closing=closing,
		job_id=f"closing_transfers_{closing}",
		deduplicate=True,
		enqueue_after_commit=True,
	)


def again(closing: str) -> None:
	"""Button: rows that were refused, or that a stopped job left, are tried anew."""
	from social_care_inspections.inspections.closings.plan import open_case

	enqueue(open_case(closing).name)


def go_on() -> None:
	"""Daily: rows of open closings that no job has tried, because it was ended or the approval came while it ran. In the name of
	whoever approved, as at first."""
	row, case = frappe.qb.DocType(states.PLAN), frappe.qb.DocType(states.CLOSING)
	query = frappe.qb.from_(row).join(case).on(case.name == row.closing_case).distinct()
	query = query.select(case.name, case.plan_approved_by).orderby(case.name)
	query = query.where(case.status.isin(states.OPEN) & (row.status == states.APPROVED))
	query = query.where(row.placement_change.isnull() & row.fault.isnull() & row.next_place.isin(MOVED_HERE))
	user = frappe.session.user
	try:
		for closing, approver in query.run():
			frappe.set_user(approver or user)
			enqueue(closing)
	finally:
		frappe.set_user(user)


def make(closing: str) -> dict[str, int]:
	"""Job: {made, refused}. A row that has its movement gets no second one, so a job that was ended is simply run again; rows
	that were approved meanwhile are made, too."""
	done, tried, spoken = {"made": 0, "refused": 0}, set(), frappe.local.lang
	frappe.local.lang = "ar"  # what is kept on the rows is read in Arabic, whatever language a worker speaks
	try:
		while names := [name for name in waiting(closing, latest=bool(tried)) if name not in tried]:
			for chunk in create_batch(names, CHUNK):
				if tried:
					frappe.db.commit()  # a chunk of a job
				hold(closing, chunk)
				for name in chunk:
					tried.add(name)
					done["made" if make_one(name) else "refused"] += 1
	finally:
		frappe.local.lang = spoken
	return done


def waiting(closing: str, latest: bool = False) -> list[str]:
	"""Approved rows that need a movement and have none; `latest`: as others have committed them meanwhile."""
	rows = frappe.db.get_values(
		states.PLAN,
		{
			"closing_case": closing,
			"status": states.APPROVED,
			"placement_change": ["is", "not set"],
			"next_place": ["in", MOVED_HERE],
		},
		"name",
		for_update=latest,
		order_by="sibling_group asc, child asc",
	)
	return [name for (name,) in rows]


def hold(closing: str, names: list[str]) -> None:
	"""The locks of a chunk in the order in which an approval takes them: the closing, the institutions by their codes, the rows."""
	frappe.db.get_value(states.CLOSING, closing, "name", for_update=True)
	homes = frappe.get_all(
		states.PLAN, {"name": ["in", names]}, pluck="to_institution"
	)  # of the same closing
	for code in sorted({*homes} - {None, ""}):
		completion.lock(code)


def make_one(name: str) -> bool:
	"""Propose one movement; one that the core refuses keeps the reason on the row, and the others go on."""
	row = frappe.db.get_value(states.PLAN, name, "*", as_dict=True, for_update=True)
	if row.placement_change or row.status != states.APPROVED:
		return False
	if frappe.db.get_value(states.CLOSING, row.closing_case, "status", for_update=True) not in states.OPEN:
		return False
	frappe.db.savepoint(SAVEPOINT)
	try:
		change = open_movement(row) or guide.propose(values(row))["name"]
	except (frappe.ValidationError, frappe.PermissionError) as error:
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.clear_last_message()
		frappe.db.set_value(states.PLAN, name, "fault", frappe.utils.strip_html(str(error))[:500])
		return False
	frappe.db.set_value(states.PLAN, name, {"placement_change": change, "fault": None})
	return True


def open_movement(row: dict) -> str | None:
	"""A movement to the same place that somebody has proposed already: it is taken, not doubled."""
	same = {"child": row.child, "status": ["in", movement.WAITING]}
	if row.next_place in states.TO_INSTITUTION:
		same |= {"movement": movement.TRANSFER, "to_institution": row.to_institution}
	else:
		same |= {"movement": movement.EXIT, "exit_way": movement.INDEPENDENT}
	return frappe.db.get_value("Placement Change", same, "name", for_update=True)


def values(row: dict) -> dict:
	"""What the guided action of a child's file would send, with the determination that the plan holds."""
	found = {
		"child": row.child,
		"effective_date": max(getdate(row.effective_date or nowdate()), getdate(nowdate())),
		"decision_number": row.decision_number,
		"decision_date": row.decision_date,
		"decision_authority": row.decision_authority,
		"sibling_separation_reason": row.separation_reason or together(row),
	}
	found |= {field: row.get(field) for field in ("child_view", "no_view_reason", "best_interests")}
	found["occasion"] = settings().occasion
	if row.next_place == states.INDEPENDENT:
		exit_way = {"movement": movement.EXIT, "exit_way": movement.INDEPENDENT}
		return found | exit_way | {"reason": settings().independence_reason}
	target = {"movement": movement.TRANSFER, "to_institution": row.to_institution}
	return found | target | {"reason": settings().transfer_reason}


def together(row: dict) -> str | None:
	"""Siblings go one after another; until the last has arrived they are apart for the core."""
	if not row.siblings_here:
		return None
	return _("The siblings move to the same institution by the same decision.", lang="ar")
