"""P11: licensed places and children of each institution on a day, at the places of the reader."""

import frappe
from frappe import _

from social_care.prints.layout import Layout, as_of
from social_care.registry import census, figures

HOLDING = ("Operating", "Under Temporary Committee", "Critical", "Suspended", "Closing", "Unlicensed")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None]:
	"""Columns, one row an institution and the sums; a line that says of which day the capacities are."""
	filters = frappe._dict(filters or {})
	return get_columns(), get_data(filters), note(filters)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "governorate_name", "label": _("Governorate"), "fieldtype": "Data", "width": 130},
		{"fieldname": "institution_name", "label": _("Institution"), "fieldtype": "Data", "width": 230},
		{"fieldname": "type_name", "label": _("Type"), "fieldtype": "Data", "width": 160},
		{"fieldname": "status", "label": _("Status"), "fieldtype": "Data", "width": 120},
		{"fieldname": "capacity", "label": _("Licensed Capacity"), "fieldtype": "Int", "width": 110},
		{"fieldname": "children", "label": _("Children"), "fieldtype": "Int", "width": 90},
		{"fieldname": "free", "label": _("Free Places"), "fieldtype": "Int", "width": 100},
		{"fieldname": "over", "label": _("Over Capacity"), "fieldtype": "Int", "width": 110},
		{"fieldname": "occupancy", "label": _("Occupancy (%)"), "fieldtype": "Percent", "width": 110},
	]


def get_data(filters: dict) -> list[dict]:
	"""Two queries: institutions at the reader's places, and children of the day by institution."""
	groups = {"institution": "`tabPlacement`.`institution`"}
	counted = census.count(groups, {"children": "count(*)"}, filters)
	living = {row.institution: row.children for row in counted}
	rows = [_row(home, living.get(home.name, 0)) for home in _institutions(filters)]
	rows = [row for row in rows if row["children"] or row["state"] in HOLDING]
	for row in rows:
		row["status"] = _(row.pop("state"))
	if not rows:
		return []
	sums = {field: sum(row[field] for row in rows) for field in ("capacity", "children", "free", "over")}
	share = {"occupancy": census.occupancy(sums["children"], sums["capacity"])}
	return [*rows, {"governorate_name": _("Total"), **sums, **share, **census.TOTAL}]


def _institutions(filters: dict) -> list[dict]:
	parts, values = [figures.places("Institution")], {}
	for name in ("governorate", "institution_type"):
		if filters.get(name):
			parts.append(f"`tabInstitution`.`{name}` = %({name})s")
			values[name] = filters[name]
	where = " and ".join(part for part in parts if part) or "1=1"
	return frappe.db.sql(
		f"""select `tabInstitution`.`name`, `tabInstitution`.`institution_name`, `tabInstitution`.`status`,
			`tabInstitution`.`licensed_capacity`, t.`type_name`, g.`governorate_name`
		from `tabInstitution` left join `tabInstitution Type` t on t.`name` = `tabInstitution`.`institution_type`
			left join `tabGovernorate` g on g.`name` = `tabInstitution`.`governorate`
		where {where} order by g.`name`, `tabInstitution`.`institution_name`, `tabInstitution`.`name`""",
		values,
		as_dict=True,
	)


def _row(home: dict, children: int) -> dict:
	capacity = home.licensed_capacity or 0
	return {
		"governorate_name": home.governorate_name,
		"institution_name": home.institution_name,
		"type_name": home.type_name,
		"state": home.status,
		"capacity": capacity,
		"children": children,
		"free": max(capacity - children, 0),
		"over": max(children - capacity, 0),
		"occupancy": census.occupancy(children, capacity),
	}


def note(filters: dict) -> str | None:
	if not census.is_past(filters):
		return None
	return _("Children are those of the day; capacities and states are those of today.")


def print_layout(filters: dict) -> Layout:
	said = note(filters)
	return Layout(period=as_of(census.day_of(filters)), landscape=True, notes=[said] if said else [])
