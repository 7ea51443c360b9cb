"""Daily: whoever is responsible for a late step is told, once a step, and headquarters of a file past the ceiling, once a ceiling.
Only enqueued by the scheduler."""

from collections.abc import Callable
from functools import cache

import frappe
from frappe import _
from frappe.query_builder.functions import Coalesce
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
	"""Tell of every late step and passed ceiling that was not told of; how many. Ended anywhere, the next run does the rest."""
	if not cint(clock.settings().late_notices):
		return 0
	count, asked = 0, cache(responsible)  # few units and roles stand behind many files
	while rows := late(CHUNK):
		for row in rows:
			tell(row, asked)
		mark(rows)
		count += len(rows)
		frappe.db.commit()  # a chunk is done; what was told is not told again
	return count


def late(limit: int = 0) -> list[dict]:
	"""Files whose clock goes on and of which nobody was told that the step, or the ceiling, is past its day: name, unit, step, and
	whether it is newly late in the step and past the ceiling."""
	file, today = frappe.qb.DocType(states.DOCTYPE), nowdate()
	past = (file.ceiling_due_on < today) & file.status.isin(clock.in_ceiling() or [""])
	new_step = (file.step_due_on < today) & (file.told_step.isnull() | (file.told_step != file.status))
	new_ceiling = past & (file.told_ceiling.isnull() | (file.told_ceiling < file.ceiling_due_on))
	query = frappe.qb.from_(file).select(file.name, file.org_unit, file.status)
	query = query.select(Coalesce(new_step, 0).as_("is_late"), Coalesce(past, 0).as_("is_past"))
	query = query.where(file.paused_since.isnull() & file.status.notin(states.OVER))
	query = query.where(new_step | new_ceiling).orderby(file.name)
	return (query.limit(limit) if limit else query).run(as_dict=True)


def tell(row: dict, asked: Callable[[str, tuple[str, ...]], list[str]] = responsible) -> None:
	"""A notice to whoever the settings name for the step; past the ceiling of the decision to headquarters, too."""
	roles = {
		clock_row.owner_role for clock_row in clock.settings().state_clocks if clock_row.step == row.status
	}
	roles -= {None, ""}
	if row.is_past:
		roles |= set(HEADQUARTERS)
	users = asked(row.org_unit, tuple(sorted(roles))) if roles else []
	notify(users, sentence(row), states.DOCTYPE, row.name)


def sentence(row: dict) -> str:
	"""What is told of a file: the step in which it has become late, or else that its ceiling has passed."""
	if not row.is_late:
		return _("Kafala file {0} is past the ceiling of the decision.", lang="ar").format(row.name)
	text = _("Kafala file {0} is late in the step «{1}».", lang="ar")
	return text.format(row.name, _(row.status, lang="ar"))


def mark(rows: list[dict]) -> None:
	"""Remember the step and the ceiling that were told of; a case that comes to a step again, or is given more days, is told of again."""
	file = frappe.qb.DocType(states.DOCTYPE)
	for field, value, names in (
		(file.told_step, file.status, [row.name for row in rows if row.is_late]),
		(file.told_ceiling, file.ceiling_due_on, [row.name for row in rows if row.is_past]),
	):
		if names:
			frappe.qb.update(file).set(field, value).where(file.name.isin(names)).run()
