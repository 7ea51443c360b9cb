"""The follow-up visit of a plan: ordered by the system itself, once, when all is reported done or the time has ended."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import add_days, cint, getdate, nowdate
from social_care.workflow_actions import note_next_step

from social_care_inspections.inspections.actions import states
from social_care_inspections.inspections.visits import states as visits
from social_care_inspections.inspections.visits.people import able

KIND = "Follow-up of Recommendations"
CHUNK = 50


@contextmanager
def as_system() -> Iterator[None]:
	"""What no person orders is done in the name of nobody who works somewhere."""
	user = frappe.session.user
	frappe.set_user("Administrator")
	try:
		yield
	finally:
		frappe.set_user(user)


def enqueue_when_due(plan: str) -> None:
	"""After a step of an action: look at its plan in a job, once the step is stored."""
	if cause_of(plan):
		frappe.enqueue(
			"social_care_inspections.inspections.actions.follow_up.order_in_name_of_system",
			plan=plan,
			job_id=f"follow_up_of_{plan}",
			deduplicate=True,
			enqueue_after_commit=True,
		)


def order_in_name_of_system(plan: str) -> None:
	with as_system():
		order(plan)


def order_all() -> int:
	"""Order what is due of all plans; returns how many. Ended anywhere, the next run does the rest."""
	done = 0
	for number, plan in enumerate(due_plans(), 1):
		frappe.db.savepoint("follow_up")
		try:
			done += bool(order(plan))
		except Exception:
			frappe.db.rollback(save_point="follow_up")
			frappe.log_error(
				title="Ordering follow-up visits", reference_doctype=states.PLAN, reference_name=plan
			)
		if number % CHUNK == 0:
			frappe.db.commit()  # a chunk of a job
	return done


def due_plans() -> list[str]:
	"""Plans in progress without a follow-up visit whose time has ended, or of which nothing is left to be done."""
	return frappe.get_all(  # the system's own look at all plans
		states.PLAN,
		filters={"status": states.RUNNING, "follow_up_visit": ["is", "not set"]},
		or_filters={"due_on": ["<", nowdate()], "open_count": 0},
		pluck="name",
		order_by="name asc",
	)


def cause_of(plan: str, lock: bool = False) -> str | None:
	"""Why a follow-up visit is due now; None where it is not, or was ordered."""
	fields = ["status", "due_on", "open_count", "reported_count", "accepted_count", "follow_up_visit"]
	row = frappe.db.get_value(states.PLAN, plan, fields, as_dict=True, for_update=lock)
	if not row or row.status != states.RUNNING or row.follow_up_visit:
		return None
	if getdate(row.due_on) < getdate(nowdate()):
		return states.TIME_ENDED
	return states.ALL_REPORTED if not row.open_count and row.reported_count + row.accepted_count else None


def order(plan: str) -> str | None:
	"""Order the visit under a lock of the plan; its name. Called twice, it orders one."""
	cause = cause_of(plan, lock=True)
	if not cause:
		return None
	doc = frappe.get_doc(states.PLAN, plan)
	inspector = next_inspector(doc.org_unit, doc.institution)
	if not inspector:
		doc.db_set("follow_up_fault", _("Nobody inspects at this place.", lang="ar"))
		return None
	visit = frappe.get_doc(visit_values(doc, inspector)).insert()
	before = doc.status
	doc.load_doc_before_save()
	doc.db_set(
		{
			"status": states.FOLLOW_UP,
			"follow_up_visit": visit.name,
			"follow_up_cause": cause,
			"follow_up_ordered_on": frappe.utils.now_datetime(),
			"follow_up_fault": None,
		},
		notify=True,
	)
	if before != doc.status:
		doc.add_comment("Workflow", _(doc.status, lang="ar"))
		note_next_step(doc, "status")
	return visit.name


def give_up(visit) -> None:
	"""A follow-up visit was cancelled: its plan is in progress again, and the next run orders another one."""
	found = {"follow_up_visit": visit.name, "status": states.FOLLOW_UP}
	plan = frappe.db.get_value(states.PLAN, found, for_update=True)
	if not plan:
		return
	doc = frappe.get_doc(states.PLAN, plan)
	doc.load_doc_before_save()
	ordered = ("follow_up_visit", "follow_up_cause", "follow_up_ordered_on")
	doc.db_set({"status": states.RUNNING, **dict.fromkeys(ordered)}, notify=True)
	doc.add_comment("Workflow", _("The follow-up visit was cancelled.", lang="ar"))
	note_next_step(doc, "status")


def visit_values(plan, inspector: str) -> dict:
	days = cint(frappe.get_cached_doc("Inspection Settings").follow_up_days)
	return {
		"doctype": visits.DOCTYPE,
		"institution": plan.institution,
		"visit_kind": KIND,
		"planned_on": add_days(nowdate(), days),
		"inspectors": [{"user": inspector}],
	}


def next_inspector(unit: str, institution: str) -> str | None:
	"""Of those who may visit the institution, whoever has fewest visits before him; None where nobody may."""
	team = able(unit, institution)
	if not team:
		return None
	loads = Counter(dict(waiting_visits(team)))
	return min(team, key=lambda user: (loads[user], user))


def waiting_visits(team: list[str]) -> list[tuple[str, int]]:
	"""(user, visits that he has not completed); for the system's choice."""
	visit, inspector = DocType(visits.DOCTYPE), DocType("Institution Visit Inspector")
	query = frappe.qb.from_(inspector).join(visit).on(visit.name == inspector.parent)
	query = query.select(inspector.user, Count("*")).groupby(inspector.user)
	query = query.where(inspector.user.isin(team) & visit.status.isin((visits.PLANNED, visits.BEGUN)))
	return query.run()
