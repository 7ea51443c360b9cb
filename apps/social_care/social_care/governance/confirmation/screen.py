"""What the screen of a confirmation shows: the institution, and its children page by page, in a fixed number of queries."""

import json

import frappe
from frappe.utils import cint, date_diff, getdate, nowdate

from social_care.governance.confirmation import (
	CONFIRMATION,
	CONFIRMED,
	OPEN,
	PRESENT,
	ROW,
	decided,
	fingerprints,
	rights,
)
from social_care.registry import photographs
from social_care.registry.levels import field_readable
from social_care.registry.quality.keeping import FAULT

AT_ONCE = 50
STATES = ("Waiting", "Confirmed", "To Correct")
CHILD = ("full_name", "sex", "birth_date", "room_group", "photo", "photo_date")


def mine() -> list[dict]:
	"""Open confirmations of the reader's institutions, what is due first."""
	return frappe.get_list(
		CONFIRMATION,
		filters={"status": OPEN},
		fields=[
			"name",
			"institution",
			"institution.institution_name as title",
			"due_on",
			"children",
			"confirmed",
			"to_correct",
		],
		order_by=f"`tab{CONFIRMATION}`.due_on asc, `tab{CONFIRMATION}`.institution asc",
		limit_page_length=AT_ONCE,
	)


def head(name: str) -> dict:
	"""The confirmation with its counts, and what its reader may do."""
	return told(rights.read(name))


def told(row: frappe._dict) -> dict:
	"""The same of a confirmation that was read."""
	is_open = row.status == OPEN
	return row | {
		"title": frappe.db.get_value("Institution", row.institution, "institution_name"),
		"counts": counts(row),
		"seen": seen(row) if is_open else "",
		"signed_by": frappe.utils.get_fullname(row.signed_by) if row.signed_by else "",
		"days_late": max(0, date_diff(nowdate(), row.due_on)) if is_open else 0,
		"may_confirm": is_open and rights.holds(row, rights.CONFIRMING),
		"may_sign": is_open and rights.holds(row, rights.SIGNING),
	}


def seen(confirmation: dict) -> str:
	"""The digest of all decisions, which the screen gives back with the signature."""
	return decided.digest(decided.rows(confirmation, is_locked=False))


def counts(confirmation: dict) -> dict[str, int]:
	"""{state: children} of those present now; one query."""
	rows = frappe.db.sql(
		f"""select ifnull(held.`state`, 'Waiting') as state, count(*) as number {_PRESENT_ROWS} group by 1""",
		confirmation,
		as_dict=True,
	)
	return dict.fromkeys(STATES, 0) | {row.state: row.number for row in rows}


_PRESENT_ROWS = f"""from `tabChild` left join `tab{ROW}` held on held.`child` = `tabChild`.`name`
	and held.`confirmation` = %(name)s where `tabChild`.`institution` = %(institution)s and {PRESENT}"""


def page(name: str, state: str = "", after: str = "") -> dict:
	"""{"rows", "more"}: the next children by name after the child `after`, of one state or all."""
	confirmation = rights.read(name)
	names = _names(confirmation, state, after)
	more, names = len(names) > AT_ONCE, names[:AT_ONCE]
	return {"rows": lines(confirmation, names), "more": more}


def _names(confirmation: dict, state: str, after: str) -> list[str]:
	parts, values = "", dict(confirmation)
	if state in STATES:
		parts += " and ifnull(held.`state`, 'Waiting') = %(state)s"
		values["state"] = state
	if after:
		parts += """ and (`tabChild`.`full_name`, `tabChild`.`name`) > (select last.`full_name`, last.`name`
			from `tabChild` last where last.`name` = %(after)s)"""
		values["after"] = after
	return frappe.db.sql_list(
		f"""select `tabChild`.`name` {_PRESENT_ROWS} {parts}
		order by `tabChild`.`full_name` asc, `tabChild`.`name` asc limit {AT_ONCE + 1}""",
		values,
	)


def lines(confirmation: dict, names: list[str], held: dict | None = None) -> list[dict]:
	"""What is told of each of the children, in their order; the reader's own list of children decides of whom. `held`: their
	decisions, where the caller has read them."""
	if not names:
		return []
	fields = ["name", *(field for field in CHILD if field_readable("Child", field))]
	found = frappe.get_list("Child", filters={"name": ["in", names]}, fields=fields, limit_page_length=0)
	children = {row.name: row for row in found}
	prints, last = fingerprints.of_children(names), _last(confirmation, names)
	held = _held(confirmation.name, names) if held is None else held
	schools, faults, people = _schools(names), _faults(names), _people(held)
	return [
		_line(children[name], prints[name], held.get(name) or frappe._dict(), last.get(name), people)
		| {"school": schools.get(name, ""), "faults": faults.get(name, 0)}
		for name in names
		if name in children
	]


def _line(child: dict, prints: dict, held: dict, last: dict | None, people: dict) -> dict:
	since = fingerprints.changed(json.loads(held.fingerprint), prints) if held.fingerprint else []
	return {
		"child": child.name,
		"name": child.full_name,
		"sex": child.sex,
		"group": child.room_group or "",
		"birth_date": str(child.birth_date or ""),
		"age": _age(child.birth_date),
		"has_photo": bool(child.get("photo")),
		"photo_days": date_diff(nowdate(), child.photo_date) if child.get("photo_date") else None,
		"photo_old": photographs.is_old(child.get("photo_date")),
		"state": held.state or "Waiting",
		"by": people.get(held.decided_by, ""),
		"on": str(held.decided_on or ""),
		"changed_since": fingerprints.labels(since),
		"is_changed_since": bool(since) and held.state == CONFIRMED,
		"differs": fingerprints.labels(fingerprints.changed(last, prints)) if last else [],
		"is_new": last is None,
		"seen": fingerprints.token(prints),
	}


def _age(birth_date) -> int | None:
	if not birth_date:
		return None
	born, today = getdate(birth_date), getdate(nowdate())
	return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _held(confirmation: str, names: list[str]) -> dict[str, frappe._dict]:
	rows = frappe.get_all(  # of children whom the reader's list shows, above
		ROW,
		filters={"confirmation": confirmation, "child": ["in", names]},
		fields=["child", "state", "decided_by", "decided_on", "fingerprint"],
		order_by=None,
	)
	return {row.child: row for row in rows}


def _last(confirmation: dict, names: list[str]) -> dict[str, dict]:
	"""The digests that were last confirmed of each child in earlier cycles, wherever he lived."""
	rows = frappe.db.sql(
		f"""select `child`, `fingerprint` from (select `child`, `fingerprint`,
			row_number() over (partition by `child` order by `decided_on` desc, `name` desc) as place
			from `tab{ROW}` where `child` in %(names)s and `state` = 'Confirmed' and `cycle` < %(cycle)s) held where held.place = 1""",
		{"names": names, "cycle": confirmation.cycle},
		as_dict=True,
	)
	return {row.child: json.loads(row.fingerprint or "{}") for row in rows}


def _schools(names: list[str]) -> dict[str, str]:
	"""The newest education record of each child in words: stage, grade, school."""
	rows = frappe.get_all(  # a table of level 0 of children whom the reader's list shows
		"Education Record",
		filters={"parenttype": "Child", "parent": ["in", names]},
		fields=["parent", "stage", "grade", "school_name", "school_year", "enrolment_status"],
		order_by="school_year asc, idx asc",
	)
	return {row.parent: _school(row) for row in rows}


def _school(row: dict) -> str:
	if row.enrolment_status and row.enrolment_status != "Enrolled":
		return frappe._(row.enrolment_status)
	stage = frappe._(row.stage) if row.stage else ""
	grade = str(row.grade) if cint(row.grade) else ""
	return " · ".join(part for part in (f"{stage} {grade}".strip(), row.school_name, row.school_year) if part)


def _faults(names: list[str]) -> dict[str, int]:
	"""Open faults at the reader's levels."""
	rows = frappe.get_list(
		FAULT,
		filters={"child": ["in", names]},
		fields=["child", "count(name) as number"],
		group_by="child",
		order_by="child asc",
		limit_page_length=0,
	)
	return {row.child: row.number for row in rows}


def _people(held: dict) -> dict[str, str]:
	users = sorted({row.decided_by for row in held.values() if row.decided_by})
	rows = frappe.get_all(  # who decided, by name
		"User", filters={"name": ["in", users or [""]]}, fields=["name", "full_name"], order_by=None
	)
	return {row.name: row.full_name for row in rows}
