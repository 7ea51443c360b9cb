"""Where the buildings allocated for national kafala centres stand, by governorate and building."""

from itertools import groupby

import frappe
from frappe import _
from frappe.utils import date_diff, flt, getdate, nowdate
from social_care.prints.layout import Layout
from social_care.prints.report import TICK

OPENED, WITHDRAWN = "Centre Opened", "Allocation Withdrawn"
FIELDS = (
	*("name", "building_name", "governorate", "stage", "works_progress", "area_sqm", "places"),
	*("planned_opening_date", "opening_date", "last_follow_up"),
)

PRINTED_FILTERS = {"stage": ("Stage", None), "only_late": ("Only Late Buildings", TICK)}


class ReportFilterError(frappe.ValidationError):
	"""A filter that the report cannot answer."""


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	validate_filters(filters)
	buildings = get_buildings(filters)
	return get_columns(), get_data(buildings), None, get_chart(buildings), get_summary(buildings)


def validate_filters(filters: dict) -> None:
	"""Late is a building that should have been opened: it cannot be asked together with the opened ones."""
	if filters.only_late and filters.stage in (OPENED, WITHDRAWN):
		frappe.throw(_("An opened or withdrawn building is not late."), ReportFilterError, title=_("Filters"))


def get_columns() -> list[dict]:
	return [
		{"fieldname": "title", "label": _("Governorate / Building"), "fieldtype": "Data", "width": 280},
		{"fieldname": "buildings", "label": _("Buildings"), "fieldtype": "Int", "width": 90},
		{"fieldname": "opened", "label": _("Centres Opened"), "fieldtype": "Int", "width": 120},
		{"fieldname": "stage", "label": _("Stage"), "fieldtype": "Data", "width": 140},
		{"fieldname": "works_progress", "label": _("Works Done"), "fieldtype": "Percent", "width": 140},
		{
			"fieldname": "area_sqm",
			"label": _("Area (m²)"),
			"fieldtype": "Float",
			"precision": 1,
			"width": 110,
		},
		{"fieldname": "places", "label": _("Planned Places"), "fieldtype": "Int", "width": 130},
		{
			"fieldname": "planned_opening_date",
			"label": _("Planned Opening"),
			"fieldtype": "Date",
			"width": 120,
		},
		{"fieldname": "opening_date", "label": _("Opened On"), "fieldtype": "Date", "width": 110},
		{"fieldname": "days_late", "label": _("Days Late"), "fieldtype": "Int", "width": 90},
		{"fieldname": "last_follow_up", "label": _("Last Follow-Up"), "fieldtype": "Date", "width": 120},
		{
			"fieldname": "name",
			"label": _("Code"),
			"fieldtype": "Link",
			"options": "Kafala Centre Building",
			"width": 110,
		},
	]


def get_buildings(filters: dict) -> list[dict]:
	"""Buildings of the reader's scope: get_list asks the same rule as every list."""
	conditions = {field: filters[field] for field in ("governorate", "stage") if filters.get(field)}
	rows = frappe.get_list(
		"Kafala Centre Building",
		filters=conditions,
		fields=list(FIELDS),
		order_by="governorate asc, building_name asc",
		limit_page_length=0,
	)
	for row in rows:
		row.days_late = days_late(row)
	return [row for row in rows if row.days_late or not filters.only_late]


def days_late(row: dict) -> int:
	"""Days since the planned opening of a building that is neither opened nor withdrawn; 0 when not late."""
	if row.stage in (OPENED, WITHDRAWN) or not row.planned_opening_date:
		return 0
	return max(0, date_diff(getdate(nowdate()), row.planned_opening_date))


def get_data(buildings: list[dict]) -> list[dict]:
	"""A row for each governorate, followed by its buildings one level below."""
	data = []
	for governorate, group in groupby(buildings, key=lambda row: row.governorate):
		rows = list(group)
		data.append(governorate_row(governorate, rows))
		data.extend(
			{
				**row,
				"title": row.building_name,
				"stage": _(row.stage),
				"buildings": 1,
				"opened": int(row.stage == OPENED),
				"indent": 1,
			}
			for row in rows
		)
	return data


def governorate_row(governorate: str, rows: list[dict]) -> dict:
	"""Sums of a governorate; its works are the mean of the buildings that were not withdrawn."""
	kept = [row for row in rows if row.stage != WITHDRAWN]
	return {
		"title": governorate_name(governorate),
		"buildings": len(rows),
		"opened": sum(row.stage == OPENED for row in rows),
		"works_progress": flt(sum(row.works_progress for row in kept) / len(kept), 1) if kept else None,
		"area_sqm": sum(flt(row.area_sqm) for row in kept),
		"places": sum(row.places or 0 for row in kept),
		"days_late": max((row.days_late for row in rows), default=0),
		"last_follow_up": max((row.last_follow_up for row in rows if row.last_follow_up), default=None),
		"indent": 0,
	}


def governorate_name(code: str) -> str:
	field = "governorate_name" if frappe.local.lang == "ar" else "governorate_name_en"
	return frappe.get_cached_value("Governorate", code, field) or code


def print_layout(filters: dict) -> Layout:
	"""Of today; a governorate's line is no building, so lines are not numbered."""
	return Layout(landscape=True, numbered=False)


def get_chart(buildings: list[dict]) -> dict:
	"""Buildings by stage, stages in the order of the form."""
	stages = frappe.get_meta("Kafala Centre Building").get_field("stage").options.split("\n")
	values = [sum(row.stage == stage for row in buildings) for stage in stages]
	datasets = [{"name": _("Buildings"), "values": values}]
	chart = {"data": {"labels": [_(stage) for stage in stages], "datasets": datasets}, "type": "bar"}
	return {**chart, "colors": ["#2f6f73"]}


def get_summary(buildings: list[dict]) -> list[dict]:
	late = sum(bool(row.days_late) for row in buildings)
	return [
		{"label": _("Buildings"), "value": len(buildings), "datatype": "Int"},
		{
			"label": _("Centres Opened"),
			"value": sum(row.stage == OPENED for row in buildings),
			"datatype": "Int",
			"indicator": "Green",
		},
		{"label": _("Late"), "value": late, "datatype": "Int", "indicator": "Red" if late else "Green"},
	]
