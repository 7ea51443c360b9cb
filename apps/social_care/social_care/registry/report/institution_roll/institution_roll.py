"""The roll of an institution: who lived there on a day, as far as the reader may open files."""

import frappe
from frappe import _
from frappe.utils import getdate

from social_care.prints.layout import Layout, as_of
from social_care.registry import census, levels
from social_care.registry.placements import INSTITUTION
from social_care.registry.schooling import newest_years

FIELDS = ["name", "sex", "birth_date", "file_state", "room_group", "leave_due_back"]
PLACED = ["child", "child_name", "from_date", "movement"]


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	filters = frappe._dict(filters or {})
	return get_columns(), get_data(filters)


def get_columns() -> list[dict]:
	columns = [
		{"fieldname": "child", "label": _("Code"), "fieldtype": "Link", "options": "Child", "width": 120},
		{"fieldname": "child_name", "label": _("Full Name"), "fieldtype": "Data", "width": 220},
		{"fieldname": "sex", "label": _("Sex"), "fieldtype": "Data", "width": 80},
		{"fieldname": "birth_date", "label": _("Birth Date"), "fieldtype": "Date", "width": 110},
		{"fieldname": "age", "label": _("Age (Years)"), "fieldtype": "Int", "width": 80},
		{"fieldname": "from_date", "label": _("In the Institution Since"), "fieldtype": "Date", "width": 110},
		{"fieldname": "stage", "label": _("Stage of Education"), "fieldtype": "Data", "width": 130},
	]
	if levels.readable(levels.PAPERS):
		columns.append(
			{"fieldname": "national_number", "label": _("National Number"), "fieldtype": "Data", "width": 140}
		)
	return [
		*columns,
		{"fieldname": "room_group", "label": _("Room or Group"), "fieldtype": "Data", "width": 110},
		{"fieldname": "leave_due_back", "label": _("Due Back from Leave"), "fieldtype": "Date", "width": 110},
		{"fieldname": "file_state", "label": _("File State"), "fieldtype": "Data", "width": 130},
	]


def get_data(filters: dict) -> list[dict]:
	"""Placements of the day and files as the reader's own lists give them; four queries for any number of children.

	Of a child who has moved on, whose file is another's now, the roll has what the placement itself says.
	"""
	if not filters.get("institution"):
		frappe.throw(_("Please choose the institution."), title=_("Institution Roll"))
	day = census.day_of(filters)
	rows = frappe.get_list(
		"Placement",
		filters=[
			["setting", "=", INSTITUTION],
			["institution", "=", filters["institution"]],
			["from_date", "<=", day],
		],
		or_filters=[["to_date", "is", "not set"], ["to_date", ">", day]],
		fields=PLACED,
		order_by="child_name asc, child asc",
		limit_page_length=0,
	)
	return with_files(rows, day)


def with_files(rows: list[dict], day) -> list[dict]:
	names = [row.child for row in rows]
	files = _files(names)
	schools = newest_years(list(files))
	for row in rows:
		row.update(files.get(row.child, {}))
		if day < getdate():  # who was away on a day of the past is not known from the file
			row.leave_due_back = None
		row.update({"age": age(row.get("birth_date"), day), "stage": _(schools.get(row.child, ("",))[0])})
		row.update({field: _(row.get(field) or "") for field in ("sex", "file_state")})
	return rows


def _files(names: list[str]) -> dict[str, dict]:
	if not names:
		return {}
	fields = [*FIELDS, "national_number"] if levels.readable(levels.PAPERS) else FIELDS
	found = frappe.get_list(
		"Child", filters={"name": ["in", names]}, fields=fields, order_by="name asc", limit_page_length=0
	)
	return {row.pop("name"): row for row in found}


def age(birth_date, day) -> int | None:
	"""Completed years on a day."""
	if not birth_date:
		return None
	born = getdate(birth_date)
	return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def print_layout(filters: dict) -> Layout:
	return Layout.of(filters, period=as_of(census.day_of(filters)), landscape=True)
