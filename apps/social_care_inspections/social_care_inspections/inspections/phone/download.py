"""What an inspector takes along: his own visits that are planned or begun, with the checklists in words."""

import hashlib

import frappe
from frappe import _
from frappe.sessions import get_csrf_token
from frappe.utils import add_days, cint, nowdate

from social_care_inspections.inspections.phone import shown
from social_care_inspections.inspections.visits import checklist, states

MOST = 40
AHEAD = (states.PLANNED, states.BEGUN)
HEAD = (
	"name",
	"status",
	"institution_name",
	"institution_type",
	"visit_kind",
	"planned_on",
	"order_number",
	"assessment_tool",
)
TABLES = (
	("inspectors", "Institution Visit Inspector", ["full_name"]),
	("answers", "Inspection Answer", ["indicator_code", "score", "not_applicable", "remark"]),
	("evidence", "Inspection Evidence", ["name"]),
)
SETTINGS = (
	"phone_keep_days",
	"phone_lock_minutes",
	"phone_photograph_kb",
	"phone_word_length",
	"phone_place",
)


def visits() -> dict:
	"""{holder, token, settings, visits, ended, tools} of the session user.

	Whoever may not write visits gets none, and no refusal: so his phone learns to erase those that it holds.
	"""
	allowed = frappe.has_permission(states.DOCTYPE, "write")
	held = rows() if allowed else []
	versions = versions_of(held)
	return {
		"holder": holder(),
		"token": get_csrf_token(),
		"settings": settings(),
		"visits": [head(visit) | {"tool": versions[visit.name]} for visit in held],
		"ended": ended() if allowed else [],
		"tools": {name: tool(name) for name in sorted({*versions.values()} - {""})},
	}


def rows() -> list[frappe._dict]:
	"""Visits of the user in the coming days with their tables, as many as a phone takes; four queries."""
	last = add_days(nowdate(), cint(setting("phone_ahead_days")))
	found = frappe.get_list(
		states.DOCTYPE,
		filters=[
			["Institution Visit Inspector", "user", "=", frappe.session.user],
			[states.DOCTYPE, "status", "in", AHEAD],
			[states.DOCTYPE, "planned_on", "<=", last],
		],
		fields=[*HEAD, *shown.FIELDS],
		order_by="planned_on asc, name asc",
		limit=MOST,
		distinct=True,
	)
	for field, doctype, columns in TABLES:
		lines = lines_of(doctype, columns, [row.name for row in found])
		for row in found:
			row[field] = lines.get(row.name, [])
	return found


def ended() -> list[str]:
	"""Visits of the user that are over: what a phone still has of one is sent and refused with a reason, not lost."""
	since = add_days(nowdate(), -2 * cint(setting("phone_keep_days")))
	return frappe.get_list(
		states.DOCTYPE,
		filters=[
			["Institution Visit Inspector", "user", "=", frappe.session.user],
			[states.DOCTYPE, "status", "not in", AHEAD],
			[states.DOCTYPE, "modified", ">=", since],
		],
		pluck="name",
		order_by="name asc",
		distinct=True,
	)


def lines_of(doctype: str, columns: list[str], parents: list[str]) -> dict[str, list]:
	"""Rows of a table by the visit that they stand in."""
	rows = frappe.get_all(  # rows of visits that the user has just been given
		doctype,
		filters={"parent": ["in", parents or [""]], "parenttype": states.DOCTYPE},
		fields=["parent", *columns],
		order_by="idx asc",
	)
	found: dict[str, list] = {}
	for row in rows:
		found.setdefault(row.parent, []).append(row)
	return found


def head(visit: frappe._dict) -> dict:
	"""What the inspector has to know before he is there."""
	return shown.state(visit) | {
		"institution": visit.institution_name,
		"kind": _(visit.visit_kind, lang="ar"),
		"planned_on": str(visit.planned_on),
		"order_number": visit.order_number or "",
		"team": [row.full_name or "" for row in visit.inspectors],
	}


def versions_of(held: list[frappe._dict]) -> dict[str, str]:
	"""By visit the version that it has, or would take if it began today; empty where it has no checklist."""
	taken: dict[tuple, str] = {}
	return {visit.name: version(visit, taken) for visit in held}


def version(visit: frappe._dict, taken: dict[tuple, str]) -> str:
	if visit.status == states.BEGUN:
		return visit.assessment_tool or ""
	needed = visit.visit_kind in states.SCORED
	key = (visit.institution_type, visit.assessment_tool, visit.visit_kind)
	if key not in taken:
		taken[key] = checklist.version_for(visit, nowdate(), needed) or ""
	return taken[key]


def tool(name: str) -> dict:
	"""Title and indicators of a version, in words."""
	found = frappe.get_cached_doc("Assessment Tool", name)
	return {"title": found.title, "indicators": [indicator(row) for row in found.indicators]}


def indicator(row) -> dict:
	return {
		"area": row.area_code,
		"area_name": row.area,
		"standard": row.standard_code,
		"standard_name": row.standard,
		"critical": cint(row.is_critical),
		"code": row.indicator_code,
		"name": row.indicator,
		"evidence": row.evidence or "",
		"least": cint(row.score_min),
		"most": cint(row.score_max),
	}


def settings() -> dict[str, int]:
	return {name.removeprefix("phone_"): cint(setting(name)) for name in SETTINGS}


def setting(field: str):
	return frappe.get_cached_doc("Inspection Settings").get(field)


def holder() -> str:
	"""Whose data lies on a device, without saying who that is."""
	return hashlib.sha256(f"{frappe.local.site}:{frappe.session.user}".encode()).hexdigest()[:20]
