"""Requests to change children's files: asked for in a period, what became of them, what waits and what is late, by governorate."""

import frappe
from frappe import _
from frappe.utils import add_days, add_months, format_date, getdate, nowdate

from social_care.governance.change_requests import (
	APPLIED,
	CONFLICT,
	REFUSED,
	REQUEST,
	WAITING,
	WITHDRAWN,
)
from social_care.prints.layout import Layout

ENDS = {"applied": APPLIED, "refused": REFUSED, "withdrawn": WITHDRAWN, "conflict": CONFLICT}
SUMS = ("asked", "waiting", "late", *ENDS)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""One row a governorate."""
	return get_columns(), get_data(validate_filters(filters or {}))


def validate_filters(filters: dict) -> frappe._dict:
	"""Days of the period in order; the last three months where none are given."""
	last = getdate(filters.get("to_date") or nowdate())
	first = getdate(filters.get("from_date") or add_months(last, -3))
	if first > last:
		frappe.throw(_("The period ends before it begins."), title=_("Period"))
	return frappe._dict(first=first, last=last)


def get_columns() -> list[dict]:
	labels = {
		"asked": _("Requests"),
		"waiting": _("Waiting"),
		"late": _("Late"),
		**{field: _(state) for field, state in ENDS.items()},
	}
	return [
		{"fieldname": "governorate_name", "label": _("Governorate"), "fieldtype": "Data", "width": 180},
		*({"fieldname": field, "label": labels[field], "fieldtype": "Int", "width": 110} for field in SUMS),
		{
			"fieldname": "days",
			"label": _("Days to the Decision"),
			"fieldtype": "Float",
			"precision": 1,
			"width": 130,
		},
	]


def get_data(asked: frappe._dict) -> list[dict]:
	"""Of requests that the reader may see, by place and by level of the field."""
	names = frappe.get_list(
		REQUEST,
		filters=[["creation", ">=", asked.first], ["creation", "<", add_days(asked.last, 1)]],
		pluck="name",
		order_by="name asc",
		limit=0,
	)
	return _counted(names) if names else []


def _counted(names: list[str]) -> list[dict]:
	ends = ", ".join(
		f"sum(request.`state` = {frappe.db.escape(state)}) as `{field}`" for field, state in ENDS.items()
	)
	return frappe.db.sql(
		f"""select governorate.`governorate_name`, count(*) as asked, {ends},
			sum(request.`state` in %(waiting)s) as waiting,
			sum(request.`state` in %(waiting)s and request.`due_on` < %(today)s) as late,
			avg(datediff(ifnull(request.`headquarters_on`, request.`directorate_on`), request.`requested_on`)) as days
		from `tab{REQUEST}` request join `tabChild` file on file.`name` = request.`child`
		left join `tabGovernorate` governorate on governorate.`name` = file.`governorate`
		where request.`name` in %(names)s
		group by governorate.`name` order by governorate.`name`""",  # of this module's own words; the names are the reader's
		{"names": names, "waiting": WAITING, "today": nowdate()},
		as_dict=True,
	)


def print_layout(filters: dict) -> Layout:
	asked = validate_filters(filters)
	period = _("From {0} to {1}").format(format_date(asked.first), format_date(asked.last))
	return Layout(period=period, landscape=True, facts=[])
