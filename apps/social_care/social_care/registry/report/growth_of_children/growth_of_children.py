"""The last measurement of each child in an institution against the growth reference; of one child every measurement, with a chart."""

import frappe
from frappe import _
from frappe.utils import date_diff, flt, format_date, nowdate

from social_care.prints.layout import Layout, as_of
from social_care.registry import growth, levels, places
from social_care.registry.columns import of_child

TITLE = "Growth of Children"
FIELDS = ["name", "full_name", "sex", "birth_date", "institution_name"]
MEASURES = ["record_date", "height_cm", "weight_kg", "head_cm"]
NOT_MEASURED, CONCERN = "Not Measured", "Outside the Reference"


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	filters = frappe._dict(filters or {})
	rows = get_data(filters)
	return get_columns(), rows, None, get_chart(rows) if filters.child else None


def get_columns() -> list[dict]:
	number = {"fieldtype": "Float", "precision": 1, "width": 95}
	score = {"fieldtype": "Float", "precision": 2, "width": 120}
	return [
		*of_child("name", "full_name", "sex", "birth_date", "institution_name"),
		{"fieldname": "record_date", "label": _("Measured On"), "fieldtype": "Date", "width": 110},
		{"fieldname": "days", "label": _("Days since the Measurement"), "fieldtype": "Int", "width": 100},
		{"fieldname": "height_cm", "label": _("Height (cm)"), **number},
		{"fieldname": "weight_kg", "label": _("Weight (kg)"), **number},
		{"fieldname": "head_cm", "label": _("Head Circumference (cm)"), **number},
		{"fieldname": "height_score", "label": _("Height for Age (z-Score)"), **score},
		{"fieldname": "bmi_score", "label": _("Body Mass for Age (z-Score)"), **score},
		{"fieldname": "concern", "label": _("To Be Looked At"), "fieldtype": "Data", "width": 240},
	]


def get_data(filters: dict) -> list[dict]:
	"""The reader's own children and one query on their measurements; refused to whoever does not read the level of health."""
	if not levels.readable(levels.HEALTH):
		frappe.throw(_("You may not see this."), frappe.PermissionError, title=_(TITLE))
	children = children_of(filters)
	taken = measurements([row.name for row in children])
	rows = []
	for child in children:
		own = taken.get(child.name, [])
		rows += [line(child, row) for row in (own if filters.child else own[-1:])]
		if not own and not filters.child:
			rows.append(line(child, frappe._dict()))
	return [row for row in rows if wanted(row, filters.state)]


def children_of(filters: dict) -> list[dict]:
	conditions = [["institution", "is", "set"], ["life_state", "=", "Active"], *places.conditions(filters)]
	if filters.child:
		conditions = [["name", "=", filters.child]]
	return frappe.get_list(
		"Child",
		filters=conditions,
		fields=FIELDS,
		order_by="institution asc, full_name asc, name asc",
		limit_page_length=0,
	)


def measurements(children: list[str]) -> dict[str, list[dict]]:
	"""Rows with a height or a weight by child, the earliest first; of children that the caller's own list gave."""
	found: dict[str, list[dict]] = {}
	rows = frappe.get_all(
		"Health Record",
		filters={"parenttype": "Child", "parent": ["in", children or [""]]},
		or_filters=[["height_cm", ">", 0], ["weight_kg", ">", 0], ["head_cm", ">", 0]],
		fields=["parent", *MEASURES],
		order_by="record_date asc, idx asc",
	)
	for row in rows:
		found.setdefault(row.parent, []).append(row)
	return found


def line(child: dict, row: dict) -> dict:
	"""A child with one measurement, its scores, and what a doctor has to look at."""
	found = growth.scores(child.sex, child.birth_date, row)
	told = (
		growth.concerns(found, bool(row) and growth.is_young(child.birth_date, row.record_date))
		if row
		else {}
	)
	values = {field: row.get(field) or None for field in MEASURES}
	return frappe._dict(
		{field: child[field] for field in FIELDS} | {"sex": _(child.sex or "")} | values,
		days=date_diff(nowdate(), row.record_date) if row else None,
		height_score=found.height,
		bmi_score=found.bmi,
		concern="، ".join(told.values()),
	)


def wanted(row: dict, state: str | None) -> bool:
	if state == NOT_MEASURED:
		return not row.record_date
	return bool(row.concern) if state == CONCERN else True


def get_chart(rows: list[dict]) -> dict | None:
	"""Height and weight of the child by the day."""
	if not rows:
		return None
	named = {"height_cm": _("Height (cm)"), "weight_kg": _("Weight (kg)")}
	return {
		"type": "line",
		"data": {
			"labels": [format_date(row.record_date) for row in rows],
			"datasets": [
				{"name": label, "values": [flt(row[field]) for row in rows]} for field, label in named.items()
			],
		},
	}


def print_layout(filters: dict) -> Layout:
	return Layout.of(filters, period=as_of(None), landscape=True)
