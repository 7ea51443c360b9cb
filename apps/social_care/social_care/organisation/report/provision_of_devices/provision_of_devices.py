"""Requests for devices by governorate: how many are open, provided, and in how many days; at the places of the reader."""

import frappe
from frappe import _
from frappe.utils import add_months, cint, format_date, getdate, nowdate

from social_care.prints.layout import Layout
from social_care.registry import figures

NUMBERS = ("asked", "approved", "rejected", "delivered", "received", "waiting")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""One row a governorate and one of sums, of requests made in the period; one query."""
	asked = validate_filters(filters or {})
	return get_columns(), get_data(asked)


def validate_filters(filters: dict) -> frappe._dict:
	"""Days of the period in order; the last year where none are given."""
	last = getdate(filters.get("to_date") or nowdate())
	first = getdate(filters.get("from_date") or add_months(last, -12))
	if first > last:
		frappe.throw(_("The period ends before it begins."), title=_("Period"))
	return frappe._dict(first=first, last=last)


def get_columns() -> list[dict]:
	numbers = {
		"asked": _("Requests"),
		"waiting": _("Waiting"),
		"approved": _("Approved"),
		"rejected": _("Rejected"),
		"delivered": _("Delivered"),
		"received": _("Receipt Confirmed"),
		"devices": _("Devices Received"),
	}
	return [
		{"fieldname": "governorate_name", "label": _("Governorate"), "fieldtype": "Data", "width": 160},
		*(
			{"fieldname": name, "label": label, "fieldtype": "Int", "width": 100}
			for name, label in numbers.items()
		),
		{
			"fieldname": "days",
			"label": _("Mean Days to Provide"),
			"fieldtype": "Float",
			"precision": 1,
			"width": 130,
		},
		{"fieldname": "oldest", "label": _("Oldest Open (Days)"), "fieldtype": "Int", "width": 130},
	]


def get_data(filters: dict) -> list[dict]:
	rows = _rows(filters)
	return [*rows, _total(rows)] if rows else []


def _rows(filters: dict) -> list[dict]:
	table = "`tabDevice Request`"
	is_state = {
		"waiting": "Requested",
		"approved": "Approved",
		"rejected": "Rejected",
		"delivered": "Delivered",
		"received": "Receipt Confirmed",
	}
	counts = ", ".join(f"sum({table}.`status` = '{state}') as {name}" for name, state in is_state.items())
	parts = [f"{table}.`requested_on` between %(first)s and %(last)s", figures.places("Device Request")]
	return frappe.db.sql(
		f"""select place.`governorate_name`, count(*) as asked, {counts}, sum(ifnull({table}.`received_quantity`, 0)) as devices,
			round(avg(if({table}.`status` = 'Receipt Confirmed', {table}.`days_to_provide`, null)), 1) as days,
			max(if({table}.`status` in ('Requested', 'Approved', 'Delivered'), datediff(%(today)s, {table}.`requested_on`), 0)) as oldest
		from {table} left join `tabGovernorate` place on place.`name` = {table}.`governorate`
		where {" and ".join(f"({part})" for part in parts if part)}
		group by place.`governorate_name` order by min({table}.`governorate`)""",  # of this module and social_care.scope
		filters | {"today": nowdate()},
		as_dict=True,
	)


def _total(rows: list[dict]) -> dict:
	sums = {name: sum(cint(row[name]) for row in rows) for name in (*NUMBERS, "devices")}
	provided = [(float(row.days), cint(row.received)) for row in rows if row.days is not None]
	days = (
		sum(mean * number for mean, number in provided) / sum(number for _mean, number in provided)
		if provided
		else None
	)
	return {
		"governorate_name": _("Total"),
		**sums,
		"days": days and round(days, 1),
		"oldest": max(cint(row.oldest) for row in rows),
		"bold": 1,
		"is_total": 1,
	}


def print_layout(filters: dict) -> Layout:
	asked = validate_filters(filters)
	period = _("From {0} to {1}").format(format_date(asked.first), format_date(asked.last))
	return Layout(period=period, landscape=True, facts=[])
