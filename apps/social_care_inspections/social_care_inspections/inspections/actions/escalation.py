"""Overdue actions are told to the directorate, then to headquarters: once for each level, by the clocks of the settings."""

from collections import defaultdict

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import add_days, cint, now_datetime, nowdate
from social_care.registry.notices import notify, responsible

from social_care_inspections.inspections.actions import follow_up, states

LEVELS = (
	("told_directorate_on", "action_directorate_days", ("Directorate Director",)),
	(
		"told_headquarters_on",
		"action_headquarters_days",
		("Central Administration Head", "Inspection Adviser"),
	),
)
CHUNK = 200


def enqueue_daily() -> None:
	"""Scheduler: look at all plans in a job; one at a time."""
	frappe.enqueue(
		"social_care_inspections.inspections.actions.escalation.run",
		queue="long",
		job_id="social_care_inspections_actions",
		deduplicate=True,
	)


def run() -> None:
	"""Follow-up visits first, then what is overdue."""
	with follow_up.as_system():
		follow_up.order_all()
		escalate()


def escalate() -> int:
	"""Tell of what is newly overdue for each level; returns how many actions."""
	settings, told = frappe.get_cached_doc("Inspection Settings"), 0
	for field, days, roles in LEVELS:
		rows = overdue(field, cint(settings.get(days)))
		for begin in range(0, len(rows), CHUNK):
			told += tell(rows[begin : begin + CHUNK], field, roles)
			frappe.db.commit()  # a chunk of a job
	return told


def overdue(field: str, days: int) -> list[dict]:
	"""Actions that are due longer than so many days and not told to the level yet, by their plan: one query."""
	action, plan = DocType(states.ACTION), DocType(states.PLAN)
	query = frappe.qb.from_(action).join(plan).on(plan.name == action.corrective_action_plan)
	query = query.select(action.name, plan.name.as_("plan"), plan.org_unit)
	query = query.where((action.status == states.TO_DO) & (action.due_on < add_days(nowdate(), -days)))
	query = query.where(action[field].isnull() & plan.status.isin(states.STARTED))
	return query.orderby(plan.name, action.name).run(as_dict=True)


def tell(rows: list[dict], field: str, roles: tuple[str, ...]) -> int:
	"""One notice a plan and person, and one statement that remembers it."""
	by_plan = defaultdict(list)
	for row in rows:
		by_plan[row.plan, row.org_unit].append(row.name)
	for (plan, unit), names in by_plan.items():
		sentence = _("Plan {0}: overdue actions: {1}.", lang="ar").format(plan, len(names))
		notify(responsible(unit, roles), sentence, states.PLAN, plan)
	action = DocType(states.ACTION)
	query = frappe.qb.update(action).set(action[field], now_datetime())
	query.where(action.name.isin([row.name for row in rows])).run()
	return len(rows)
