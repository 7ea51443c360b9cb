"""Two versions of a care plan side by side."""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.registry import levels
from social_care.registry.case_work.plans import CONTENT
from social_care.registry.case_work.records import refuse

PLAN_FIELDS = ("permanency_goal", "start_date", "child_took_part", "child_wishes", "change_reason")


def compare(name: str, other: str) -> dict:
	"""What changed from `other` to `name`: {older, newer, plan: [{label, old, new}], goals: [{change, goal, fields}]}.

	Refused where the caller may not read both with the level of goals.
	"""
	newer, older = (_readable(each) for each in (name, other))
	if newer.child != older.child:
		refuse(_("Only plans of one child are compared."), _("Care Plan"))
	return {
		"newer": _head(newer),
		"older": _head(older),
		"plan": _fields(older, newer, PLAN_FIELDS),
		"goals": _goals(older, newer),
	}


def versions(child: str) -> list[dict]:
	"""Versions of a child's plan that the caller may read, newest first."""
	return frappe.get_list(
		"Care Plan",
		filters={"child": child},
		fields=[
			"name",
			"version",
			"status",
			"start_date",
			"ended_on",
			"change_reason",
			"owner",
			"approved_by",
		],
		order_by="version desc",
		limit_page_length=0,
	)


def _readable(name: str) -> Document:
	plan = frappe.get_doc("Care Plan", name)
	plan.check_permission("read")
	if not levels.readable(levels.HEALTH, plan.doctype):
		frappe.throw(_("You may not read the goals of plans."), frappe.PermissionError, title=_("Care Plan"))
	return plan


def _head(plan: Document) -> dict:
	return {"name": plan.name, "version": plan.version, "status": _(plan.status), "owner": plan.owner}


def _goals(older: Document, newer: Document) -> list[dict]:
	before, after = ({goal.goal_key: goal for goal in plan.goals} for plan in (older, newer))
	rows = [_goal("Removed", goal) for key, goal in before.items() if key not in after]
	for key, goal in after.items():
		if key not in before:
			rows.append(_goal("Added", goal))
		else:
			changed = _fields(before[key], goal, CONTENT)
			rows.append(_goal("Changed" if changed else "Unchanged", goal, changed))
	return rows


def _goal(change: str, goal: Document, fields: list[dict] | None = None) -> dict:
	return {
		"change": change,
		"change_label": _(change),
		"goal": goal.goal,
		"domain": _shown(goal, "domain"),
		"fields": fields or [],
	}


def _fields(old: Document, new: Document, names: tuple[str, ...]) -> list[dict]:
	return [
		{"label": _(new.meta.get_label(name)), "old": _shown(old, name), "new": _shown(new, name)}
		for name in names
		if str(old.get(name) or "") != str(new.get(name) or "")
	]


def _shown(row: Document, field: str) -> str:
	df, value = row.meta.get_field(field), row.get(field)
	if df.fieldtype == "Check":
		return _("Yes") if value else _("No")
	if df.fieldtype == "Link":
		return frappe.get_cached_value(df.options, value, frappe.get_meta(df.options).title_field) or ""
	if df.fieldtype == "Select":
		return _(value) if value else ""
	return frappe.format(value, df) if df.fieldtype == "Date" and value else str(value or "")
