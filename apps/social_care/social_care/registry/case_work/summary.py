"""What the child's file says of the work with him: active plan, next review, what comes next. A few queries, however much there is."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint, format_date, getdate, nowdate

from social_care.registry import levels
from social_care.registry.case_work import assessments, plans, rules, savings

MAKES = (
	"Care Review",
	"Care Plan",
	"Child Assessment",
	"Family Contact",
	"Significant Event",
	"Child Activity",
)


def summary(child: Document) -> dict:
	"""For the form: {next_review_due, review_state, planned_review, plan, unfinished_plan, entry_assessment, last_contact, contact_late,
	open_events, savings, may_make}."""
	due = getdate(child.next_review_due) if child.next_review_due else None
	return {
		"next_review_due": due,
		"review_state": review_state(due),
		**_reviews(child.name),
		**_plans(child.name),
		"entry_assessment": _entry_assessment(child.name),
		**_contact(child.name),
		"open_events": _list("Significant Event", child.name, ["name", "status"], status=["!=", "Closed"]),
		"savings": _savings(child.name),
		"may_make": [doctype for doctype in MAKES if frappe.has_permission(doctype, "create")],
	}


def overdue_review(child: Document) -> list[dict]:
	"""[{fieldname, label}] where the review is overdue, beside what else is missing in the file."""
	due = getdate(child.next_review_due) if child.next_review_due else None
	if review_state(due) != "overdue":
		return []
	return [{"fieldname": "plan_html", "label": _("Care review overdue since {0}").format(format_date(due))}]


def review_state(due) -> str:
	"""Overdue, soon (within the notice of the settings), later, or "" where no review is due."""
	if not due:
		return ""
	if due < getdate(nowdate()):
		return "overdue"
	notice = cint(frappe.get_cached_doc("Social Care Settings").review_notice_days)
	return "soon" if due <= getdate(add_days(nowdate(), notice)) else "later"


def _list(doctype: str, child: str, fields: list[str], **filters) -> list[dict]:
	if not frappe.has_permission(doctype, "read"):
		return []
	return frappe.get_list(
		doctype,
		filters={"child": child, **filters},
		fields=fields,
		order_by="creation desc",
		limit_page_length=5,
	)


def _reviews(child: str) -> dict:
	rows = _list("Care Review", child, ["name", "status", "planned_on"], status="Planned")
	return {"planned_review": rows[0] if rows else None}


def _plans(child: str) -> dict:
	rows = _list(
		"Care Plan",
		child,
		["name", "status", "version", "permanency_goal", "start_date"],
		status=["in", [plans.ACTIVE, plans.DRAFT, plans.WAITING]],
	)
	active = next((row for row in rows if row.status == plans.ACTIVE), None)
	unfinished = next((row for row in rows if row.status != plans.ACTIVE), None)
	return {"plan": active and active | _progress(active.name), "unfinished_plan": unfinished}


def _progress(plan: str) -> dict:
	"""How many goals the plan has, how many are reached, and which comes first; by the level of goals."""
	if not levels.readable(levels.HEALTH, "Care Plan"):
		return {}
	goals = frappe.get_all(  # of a plan that the caller was just given
		"Care Plan Goal",
		filters={"parent": plan},
		fields=["goal", "responsible", "until", "state", "progress"],
		order_by="until asc",
	)
	open_goals = [goal for goal in goals if goal.state in ("", None, "Not Started", "In Progress")]
	return {
		"goals": len(goals),
		"achieved": sum(goal.state == "Achieved" for goal in goals),
		"next_goals": open_goals[:3],
	}


def _entry_assessment(child: str) -> dict:
	"""{name} of the entry assessment that was made, or {due_on, is_late} of the one that is missing."""
	made = _list("Child Assessment", child, ["name", "assessed_on"], assessment_kind=assessments.ENTRY)
	if made:
		return made[0]
	due_on = assessments.entry_due_on(child)
	return {"due_on": due_on, "is_late": bool(due_on and due_on < getdate(nowdate()))}


def goals_for_review(child: str) -> dict:
	"""{care_plan, goals} of the active plan, as far as the caller may read them."""
	plan = plans.active_plan(child)
	if not plan:
		return {"care_plan": None, "goals": []}
	doc = frappe.get_doc("Care Plan", plan)
	doc.check_permission("read")
	if not levels.readable(levels.HEALTH, doc.doctype):
		return {"care_plan": plan, "goals": []}
	fields = ("goal", "goal_key", "progress", "state")
	return {"care_plan": plan, "goals": [{field: goal.get(field) for field in fields} for goal in doc.goals]}


def _contact(child: str) -> dict:
	"""Day of the last contact with the family, and whether the period of the rule has passed since."""
	rows = _list("Family Contact", child, ["max(contact_date) as contact_date"], took_place=1)
	last = rows[0].contact_date if rows else None
	latest = rules.months_after(rules.CONTACT, last) if last else None
	return {"last_contact": last, "contact_late": bool(latest and latest < getdate(nowdate()))}


def _savings(child: str) -> float | None:
	"""Balance of the savings, for readers of the first level."""
	doctype = "Child Savings Entry"
	if not frappe.has_permission(doctype, "read") or not levels.readable(levels.PAPERS, doctype):
		return None
	return savings.balance(child, lock=False)
