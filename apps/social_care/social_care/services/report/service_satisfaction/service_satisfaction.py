"""Satisfaction with each service: what applicants answered after the end of their requests, and how many ended in time."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_months, getdate, nowdate

from social_care.prints.layout import Layout, as_of
from social_care.services.satisfaction import satisfaction, together


def execute(filters: dict | None = None) -> tuple:
	asked = validate_filters(filters or {})
	rows = get_data(asked)
	return get_columns(), rows, None, get_chart(rows), get_summary(rows)


def validate_filters(filters: dict) -> dict:
	"""Days of the period in order; the last twelve months where none are given."""
	last = getdate(filters.get("to_date") or nowdate())
	first = getdate(filters.get("from_date") or add_months(last, -12))
	if first > last:
		frappe.throw(_("The period ends before it begins."), title=_("Period"))
	return frappe._dict(filters) | {"first": first, "last": last}


def get_columns() -> list[dict]:
	service = {"fieldname": "name", "label": _("Service Code"), "fieldtype": "Link", "options": "Service"}
	counts = (
		("ended", _("Requests Ended"), "Int", 110),
		("rated", _("Rated"), "Int", 80),
		("answered", _("Share Rated"), "Percent", 110),
		("average", _("Average of Five Stars"), "Float", 130),
		("content_share", _("Content (4 and 5 Stars)"), "Percent", 140),
		("discontent", _("Discontent (1 and 2 Stars)"), "Int", 140),
		("in_time", _("Ended in Time"), "Percent", 110),
	)
	return [
		{**service, "width": 90},
		{"fieldname": "service_name", "label": _("Service"), "fieldtype": "Data", "width": 320},
		*(
			{"fieldname": name, "label": label, "fieldtype": kind, "width": width, "precision": 2}
			if kind == "Float"
			else {"fieldname": name, "label": label, "fieldtype": kind, "width": width}
			for name, label, kind, width in counts
		),
	]


def get_data(filters: dict) -> list[dict]:
	"""A row a service; the one with which applicants are least content comes first."""
	conditions = {"request_type": ["is", "set"]}
	if filters.get("service_group"):
		conditions["service_group"] = filters["service_group"]
	services = frappe.get_list(
		"Service",
		filters=conditions,
		fields=["name", "service_name", "request_type"],
		order_by="name asc",
		limit_page_length=0,
	)
	rows = satisfaction(services, filters["first"], filters["last"])
	return sorted(rows, key=lambda row: (row["average"] is None, row["average"] or 0, row["name"]))


def get_chart(rows: list[dict]) -> dict | None:
	rated = [row for row in rows if row["average"] is not None]
	if not rated:
		return None
	values = [row["average"] for row in rated]
	return {
		"type": "bar",
		"colors": ["#1f6f8b"],
		"data": {
			"labels": [row["name"] for row in rated],
			"datasets": [{"name": _("Average of Five Stars"), "values": values}],
		},
	}


def get_summary(rows: list[dict]) -> list[dict]:
	whole = together(rows)
	return [
		{"label": _("Requests Ended"), "value": whole["ended"], "datatype": "Int"},
		{"label": _("Average of Five Stars"), "value": f"{whole['average'] or 0:.2f}", "datatype": "Data"},
		{"label": _("Content (4 and 5 Stars)"), "value": whole["content_share"] or 0, "datatype": "Percent"},
		{"label": _("Ended in Time"), "value": whole["in_time"] or 0, "datatype": "Percent"},
	]


def print_layout(filters: dict) -> Layout:
	return Layout(period=as_of(date.fromisoformat(str(validate_filters(filters)["last"]))), landscape=True)
