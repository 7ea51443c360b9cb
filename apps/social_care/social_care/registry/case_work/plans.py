"""The individual care plan: made by one, approved by another, and changed only by a new version (UN Guidelines, 62–63).

A child has one active plan. What was approved stays readable as it was; of an active plan's goals only progress, state and
outcome are written on, by reviews or by hand.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Max
from frappe.utils import flt, now, nowdate

from social_care.organisation.transitions import check_held_role
from social_care.registry.case_work.records import check_day, four_eyes, refuse, roles_for
from social_care.registry.child_paper import lock_child

DRAFT, WAITING, ACTIVE, SUPERSEDED, CLOSED = "Draft", "Waiting for Approval", "Active", "Superseded", "Closed"
CONTENT = ("domain", "goal", "action", "responsible", "until")
WRITTEN_ON = ("progress", "state", "outcome")
NEEDED = ("permanency_goal", "goals")


def active_plan(child: str) -> str | None:
	"""Name of the child's active plan."""
	return frappe.db.get_value("Care Plan", {"child": child, "status": ACTIVE})


def begin(plan: Document) -> None:
	"""Number of a new version and the plan it follows; one unfinished version a child."""
	lock_child(plan.child)
	unfinished = frappe.db.get_value(
		"Care Plan", {"child": plan.child, "status": ["in", [DRAFT, WAITING]]}, for_update=True
	)
	if unfinished:
		refuse(
			_("An unfinished plan of this child exists already ({0}); go on with that one.").format(
				unfinished
			),
			_("Care Plan"),
		)


def set_version(plan: Document) -> None:
	"""Later versions follow the active plan; kept by the system."""
	row = frappe.qb.DocType("Care Plan")
	last = frappe.qb.from_(row).select(Max(row.version)).where(row.child == plan.child).run()[0][0]
	plan.version, plan.based_on = (last or 0) + 1, active_plan(plan.child)


def set_keys(plan: Document) -> None:
	"""Each goal bears a key by which it is found again in later versions and reviews."""
	seen: set[str] = set()
	for goal in plan.goals:
		if not goal.goal_key or goal.goal_key in seen:
			goal.goal_key = frappe.generate_hash(length=10)
		seen.add(goal.goal_key)


def guard(plan: Document) -> None:
	"""The path of a plan, however it is saved."""
	before = plan.get_doc_before_save()
	old, new = (before.status if before else DRAFT), plan.status or DRAFT
	if old == new:
		edit(plan, before, old)
	elif (old, new) not in STEPS:
		refuse(_("A plan does not go from {0} to {1}.").format(_(old), _(new)), _("Care Plan"))
	else:
		check_held_role(before, new, roles_for(plan.child), _("Care Plan"))
		edit(plan, before, old, free=frozenset({"return_reason"}))
		STEPS[old, new](plan)


def edit(plan: Document, before: Document | None, state: str, free: frozenset[str] = frozenset()) -> None:
	"""A draft is open, an active plan for progress only, every other for nothing."""
	if state == DRAFT:
		plan.note_editor()
	elif state == ACTIVE and only_progress(plan, before):
		plan.freeze(free | {"goals"})
	else:
		plan.freeze(free | ({"return_reason"} if state == WAITING else set()))


def only_progress(plan: Document, before: Document) -> bool:
	"""Whether the goals are the same but for progress, state and outcome."""

	def content(doc: Document) -> list[tuple]:
		return [tuple(str(goal.get(field) or "") for field in ("goal_key", *CONTENT)) for goal in doc.goals]

	return content(plan) == content(before)


def submit(plan: Document) -> None:
	"""A plan for approval has goals, and tells how the child took part."""
	plan.expect(NEEDED, _("Before the plan can be submitted, please fill in: {0}"))
	if not plan.child_took_part and not (plan.no_participation_reason or "").strip():
		refuse(_("Write why the child did not take part in the plan."), _("Care Plan"))
	plan.return_reason = ""
	plan.stamp("submitted")


def give_back(plan: Document) -> None:
	if not (plan.return_reason or "").strip():
		refuse(_("Write the reason for returning the plan."), _("Care Plan"))


def approve(plan: Document) -> None:
	"""Four eyes; the plan that was active until now stays as it is and is superseded."""
	four_eyes(
		plan,
		{plan.owner, plan.submitted_by, *(plan.content_editors or "").split()},
		_("Whoever wrote or submitted the plan may not approve it."),
	)
	lock_child(plan.child)
	former = frappe.get_all(  # the child's own plans, whoever may read them
		"Care Plan", filters={"child": plan.child, "status": ACTIVE, "name": ["!=", plan.name]}, pluck="name"
	)
	for name in former:
		frappe.db.set_value("Care Plan", name, {"status": SUPERSEDED, "ended_on": nowdate()})
	plan.stamp("approved")


def close(plan: Document) -> None:
	plan.ended_on = nowdate()


STEPS = {
	(DRAFT, WAITING): submit,
	(WAITING, DRAFT): give_back,
	(WAITING, ACTIVE): approve,
	(ACTIVE, CLOSED): close,
}


def check_dates(plan: Document) -> None:
	"""A plan begins today or before; a goal's last day lies after the plan's first one."""
	if not plan.get_doc_before_save() or plan.has_value_changed("start_date"):
		check_day(plan, "start_date")
	for goal in plan.goals:
		if goal.until and plan.start_date and str(goal.until) < str(plan.start_date):
			refuse(
				_("Goal {0}: the last day lies before the beginning of the plan.").format(goal.idx),
				_("Care Plan"),
			)
		if flt(goal.progress) > 100:
			refuse(_("Goal {0}: progress is at most 100 percent.").format(goal.idx), _("Care Plan"))


def new_version(name: str, reason: str) -> str:
	"""Begin the next version of an active plan and return its name; the old one stays in force until approval."""
	plan = frappe.get_doc("Care Plan", name)
	plan.check_permission("read")
	if plan.status != ACTIVE:
		refuse(_("A new version is made of the active plan."), _("Care Plan"))
	following = frappe.copy_doc(plan)
	following.update({"status": DRAFT, "change_reason": reason, "start_date": nowdate()})
	return following.insert().name


# What reviews do with the goals


def take_goals(review: Document) -> None:
	"""A planned review shows the goals of the active plan; what was written on them stays."""
	before = review.get_doc_before_save()
	if before and before.status != "Planned":
		return
	review.care_plan = active_plan(review.child)
	written = {row.goal_key: row for row in review.goal_progress if row.goal_key}
	review.set("goal_progress", [])
	for goal in frappe.get_doc("Care Plan", review.care_plan).goals if review.care_plan else ():
		row = written.get(goal.goal_key) or goal
		review.append(
			"goal_progress",
			{
				"goal": goal.goal,
				"goal_key": goal.goal_key,
				"progress": min(flt(row.progress), 100),
				"state": row.state,
				"remark": row.get("remark"),
			},
		)


def take_progress(review: Document) -> None:
	"""What a completed review found of the goals stands in the active plan."""
	if not review.care_plan or not review.goal_progress:
		return
	for row in review.goal_progress:
		values = {"progress": row.progress, "state": row.state} | (
			{"outcome": row.remark} if row.remark else {}
		)
		frappe.db.set_value("Care Plan Goal", {"parent": review.care_plan, "goal_key": row.goal_key}, values)
	frappe.db.set_value("Care Plan", review.care_plan, "modified", now(), update_modified=False)
	frappe.clear_document_cache("Care Plan", review.care_plan)
