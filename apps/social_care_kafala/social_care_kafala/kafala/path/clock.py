"""Clocks of the path: how long a case has been in each step, without the days of pauses, and when it is due."""

from datetime import date

import frappe
from frappe.model.document import Document
from frappe.utils import cint, get_datetime, getdate, now_datetime, nowdate
from social_care.services.working_days import days_used, due_day

from social_care_kafala.kafala.path import states

BASIS = {"Working Days": "working"}


def settings() -> Document:
	return frappe.get_cached_doc(states.SETTINGS)


def basis() -> str:
	"""Working or calendar days, as the settings say."""
	return BASIS.get(settings().days_basis, "calendar")


def days_of(step: str) -> int:
	"""Days that a step may take; 0 where it has no clock."""
	return next((cint(row.days) for row in settings().state_clocks if row.step == step), 0)


def in_ceiling() -> set[str]:
	"""Steps that count for the ceiling: their pauses put it off, and past it headquarters are told of them."""
	return {row.step for row in settings().state_clocks if row.in_ceiling}


def begin(file: Document) -> None:
	"""A case enters a step: a row of its times, and the day on which the step is due."""
	now, days = now_datetime(), days_of(file.status)
	file.update({"step_since": now, "pause_reason": "", "paused_since": None, "step_paused_days": 0})
	file.told_step = None
	file.step_due_on = due_day(now.date(), days, basis()) if days else None
	file.append("step_times", {"step": file.status, "entered_on": now, "due_on": file.step_due_on})


def leave(file: Document) -> None:
	"""The case leaves the step in which it is: its days stand, a pause ends with it."""
	resume(file)
	row, now = file.step_times[-1], now_datetime()
	row.update({"left_on": now, "paused_days": file.step_paused_days, "due_on": file.step_due_on})
	row.days = worked(row.entered_on, now, row.paused_days)
	row.is_late = int(bool(file.step_due_on) and getdate(file.step_due_on) < now.date())


def pause(file: Document) -> None:
	"""The clock stands while the family or the security answer is waited for."""
	file.paused_since = now_datetime()


def resume(file: Document) -> None:
	"""The clock goes on; the days of the pause put off the step, and the ceiling where the step counts for it."""
	if not file.paused_since:
		return
	days = used(file.paused_since, now_datetime())
	file.step_paused_days = cint(file.step_paused_days) + days
	if file.step_due_on:
		file.step_due_on = due_day(getdate(file.step_due_on), days, basis())
	if file.step_times[-1].step in in_ceiling():
		file.paused_days = cint(file.paused_days) + days
	file.update({"paused_since": None, "pause_reason": ""})


def used(start, end) -> int:
	"""Days that count from one moment to another."""
	return days_used(get_datetime(start).date(), get_datetime(end).date(), basis())


def worked(start, end, paused: int) -> int:
	"""Days without those of pauses."""
	return max(used(start, end) - cint(paused), 0)


def sum_up(file: Document) -> None:
	"""The days of the whole case so far, and the day on which its decision is due at the latest."""
	file.elapsed_days = sum(cint(row.days) for row in file.step_times if row.left_on) + running_days(file)
	start = ceiling_start(file)
	ceiling = cint(settings().ceiling_days)
	file.ceiling_due_on = (
		due_day(start, ceiling + cint(file.paused_days), basis()) if start and ceiling else None
	)


def running_days(file: Document) -> int:
	"""Days in the present step without pauses; none of a case that is over."""
	if file.status in states.OVER or not file.step_since:
		return 0
	end = file.paused_since or now_datetime()
	return worked(file.step_since, end, file.step_paused_days)


def ceiling_start(file: Document) -> date | None:
	"""The day with which the ceiling begins to count, by the settings."""
	if settings().ceiling_starts != "End of the Assessment":
		return getdate(file.applied_on)
	done = [row.left_on for row in file.step_times if row.step == states.DETAILED and row.left_on]
	return get_datetime(done[-1]).date() if done else None


def is_late(file: Document) -> bool:
	"""Whether the present step is past its day, and its clock goes on."""
	return bool(file.step_due_on) and not file.paused_since and getdate(file.step_due_on) < getdate(nowdate())
