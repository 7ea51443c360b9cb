"""Daily: whoever is responsible for a late step is told, once a step. Only enqueued by the scheduler."""

from collections.abc import Callable
from functools import cache

import frappe
from frappe import _
from frappe.utils import cint, nowdate
from social_care.registry.notices import notify, responsible

from social_care_kafala.kafala.path import clock, states

CHUNK = 500
HEADQUARTERS = ("General Manager",)


def enqueue() -> None:
	"""One look at all files at a time."""
	frappe.enqueue(
		"social_care_kafala.kafala.path.late.tell_all",
		queue="long",
		job_id="social_care_kafala_late_steps",
		deduplicate=True,
	)


def tell_all() -> int:
	"""Tell of every late step that was not told of; how many. Ended anywhere, the next run does the rest."""
	if not cint(clock.settings().late_notices):
		return 0
	count, asked = 0, cache(responsible)  # few units and roles stand behind many files
	while rows := late(CHUNK):
		for row in rows:
			tell(row, asked)
		mark([row.name for row in rows])
		count += len(rows)
		frappe.db.commit()  # a chunk is done; what was told is not told again
	return count


def late(limit: int = 0) -> list[dict]:
	"""Files whose step is past its day, whose clock goes on, and of whose step nobody was told: name, unit, step, ceiling."""
	file = frappe.qb.DocType(states.DOCTYPE)
	query = frappe.qb.from_(file).select(file.name, file.org_unit, file.status, file.ceiling_due_on)
	query = query.where((file.step_due_on < nowdate()) & file.paused_since.isnull())
	query = query.where(file.status.notin(states.OVER))
	query = query.where(file.told_step.isnull() | (file.told_step != file.status)).orderby(file.name)
	return (query.limit(limit) if limit else query).run(as_dict=True)


def tell(row: dict, asked: Callable[[str, tuple[str, ...]], list[str]] = responsible) -> None:
	"""A notice to whoever the settings name for the step; past the ceiling of the decision to headquarters, too."""
	roles = {
		clock_row.owner_role for clock_row in clock.settings().state_clocks if clock_row.step == row.status
	}
	roles -= {None, ""}
	if row.status in clock.in_ceiling() and row.ceiling_due_on and str(row.ceiling_due_on) < nowdate():
		roles |= set(HEADQUARTERS)
	users = asked(row.org_unit, tuple(sorted(roles))) if roles else []
	sentence = _("Kafala file {0} is late in the step «{1}».", lang="ar")
	notify(users, sentence.format(row.name, _(row.status, lang="ar")), states.DOCTYPE, row.name)


def mark(names: list[str]) -> None:
	"""Remember the step that was told of; a case that comes to a step again is told of again."""
	file = frappe.qb.DocType(states.DOCTYPE)
	frappe.qb.update(file).set(file.told_step, file.status).where(file.name.isin(names)).run()
