"""Clocks of a request: when it is due, how long it stood where, which days count. Days of waiting do not."""

from datetime import date

import frappe
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime, nowdate

from social_care.services.packs.flow_checks import APPEALED
from social_care.services.versions import state_named
from social_care.services.working_days import days_used, due_day

KINDS = {"waiting": "Waiting", "external": "External"}
ENDED = ("accepted", "refused", "withdrawn", "closed")
PAUSED = ("Waiting", "External")


def follow(doc: Document, pack: dict) -> None:
	"""Close the stay in the state that was left and begin the one in the state that was reached."""
	before = doc.get_doc_before_save()
	if before and before.status == doc.status:
		return
	if doc.clock:
		_close(doc.clock[-1], pack)
	_open(doc, pack)
	_add_up(doc)
	set_due(doc, pack)


def _close(entry: Document, pack: dict) -> None:
	entry.left_on = now_datetime()
	entry.days = days_used(getdate(entry.entered_on), getdate(nowdate()), pack["clock"]["basis"])


def _open(doc: Document, pack: dict) -> None:
	state, step = state_named(pack, doc.status), doc.flags.step
	kind = "Ended" if state["kind"] in ENDED else KINDS.get(state["kind"], "Running")
	due = step_due(pack, state, getdate(nowdate()))
	doc.append(
		"clock",
		{
			"state": doc.status,
			"kind": kind,
			"entered_on": now_datetime(),
			"due_on": due,
			"warned_for": doc.clock[-1].get("warned_for") if doc.clock else None,
			"action": step["title"]["en"] if step else "",
			"moved_by": frappe.session.user,
			"reason": doc.reason if step and ("reason" in step["requires"] or doc.flags.by_citizen) else "",
		},
	)


def step_due(pack: dict, state: dict, entered: date) -> date | None:
	"""The last day of a state that was reached on a day; None where it has no days of its own."""
	return None if state["days"] is None else due_day(entered, state["days"], pack["clock"]["basis"])


def _add_up(doc: Document) -> None:
	days = {
		kind: sum(row.days or 0 for row in doc.clock if row.kind == kind) for kind in ("Running", *PAUSED)
	}
	doc.working_days, doc.paused_days, doc.external_days = days["Running"], days["Waiting"], days["External"]


def set_due(doc: Document, pack: dict) -> None:
	"""The last day of the whole and of the present state. It moves by as many days as the office did not have it.

	An appeal has days of its own, which are not taken from those of the service. What was ended stays as it ended.
	"""
	entry, earlier = doc.clock[-1], doc.clock[-2] if len(doc.clock) > 1 else None
	doc.state_due_on = entry.due_on
	if entry.kind == "Ended" and earlier and earlier.kind == "Ended":
		return
	total = pack["clock"]["days"] + not_counted(doc, pack)
	doc.due_on = due_day(getdate(doc.submitted_on), total, pack["clock"]["basis"])
	if entry.kind == "Running" and _is_appeal(pack, entry):
		doc.due_on = max(doc.due_on, getdate(entry.due_on or doc.due_on))
	if entry.kind in ("Running", "Ended"):
		doc.overdue = int(doc.due_on < getdate(nowdate()) or _ended_late(pack, earlier))


def _ended_late(pack: dict, entry: Document | None) -> bool:
	"""Whether an appeal took longer than its own days."""
	if not entry or not entry.due_on or not _is_appeal(pack, entry):
		return False
	return getdate(entry.due_on) < getdate(entry.left_on)


def not_counted(doc: Document, pack: dict) -> int:
	"""Days of the stays that are not the service's: waiting, at other authorities, ended, under appeal."""
	return sum(row.days or 0 for row in doc.clock if row.kind != "Running" or _is_appeal(pack, row))


def _is_appeal(pack: dict, entry: Document) -> bool:
	return state_named(pack, entry.state)["code"] == APPEALED
