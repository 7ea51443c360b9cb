"""Reviews by day, for the calendar of the desk."""

import frappe
from frappe.utils import getdate

MOST = 1000
FIELDS = ["name", "child_name", "planned_on", "held_on", "status"]


def reviews_between(start: str, end: str, filters: str | list | None = None) -> list[dict]:
	"""Reviews of the reader's scope from `start` to `end`; one that was held stands on the day on which it was held."""
	given = frappe.parse_json(filters) or []
	period = ["between", [getdate(start), getdate(end)]]
	rows = frappe.get_list(
		"Care Review",
		filters=[*given, ["planned_on", *period]],
		fields=FIELDS,
		order_by="planned_on asc, name asc",
		limit_page_length=MOST,
	)
	return [row | {"planned_on": row.held_on or row.planned_on, "allDay": 1} for row in rows]
