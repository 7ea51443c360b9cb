"""Which institutions enter their data themselves, how soon after the event, and how often wrongly; at the places of the reader."""

import frappe
from frappe import _
from frappe.utils import add_days, add_months, cint, format_date, getdate, nowdate

from social_care.governance.officer import reached
from social_care.prints.layout import Layout
from social_care.registry import figures
from social_care.registry.dashboards.rows import percent

PLACED = "`tabPlacement`.`setting` = 'Institution' and `tabPlacement`.`creation` >= %(first)s and `tabPlacement`.`creation` < %(end)s"


def execute(filters: dict | None = None) -> tuple:
	"""One row an institution, the slowest first; three queries. Below it stands how many enter themselves, of how many."""
	asked = validate_filters(filters or {})
	rows = get_data(asked)
	return get_columns(), rows, None, None, get_summary(rows)


def validate_filters(filters: dict) -> frappe._dict:
	"""Days of the period in order; the last three months where none are given."""
	last = getdate(filters.get("to_date") or nowdate())
	first = getdate(filters.get("from_date") or add_months(last, -3))
	if first > last:
		frappe.throw(_("The period ends before it begins."), title=_("Period"))
	return frappe._dict(filters, first=first, last=last, end=add_days(last, 1))


def get_columns() -> list[dict]:
	return [
		{"fieldname": "title", "label": _("Institution"), "fieldtype": "Data", "width": 270},
		{"fieldname": "enters", "label": _("Enters Itself"), "fieldtype": "Data", "width": 90},
		{"fieldname": "accounts", "label": _("Accounts"), "fieldtype": "Int", "width": 80},
		{"fieldname": "last_login", "label": _("Last Log-in"), "fieldtype": "Date", "width": 110},
		{"fieldname": "last_entry", "label": _("Last Entry"), "fieldtype": "Date", "width": 110},
		{"fieldname": "entries", "label": _("Placements Entered"), "fieldtype": "Int", "width": 110},
		{
			"fieldname": "delay",
			"label": _("Mean Delay (Days)"),
			"fieldtype": "Float",
			"precision": 1,
			"width": 110,
		},
		{"fieldname": "slowest", "label": _("Longest Delay (Days)"), "fieldtype": "Int", "width": 110},
		{"fieldname": "faulty", "label": _("Files with Errors"), "fieldtype": "Int", "width": 110},
		{"fieldname": "error_rate", "label": _("Error Rate (%)"), "fieldtype": "Percent", "width": 100},
	]


def get_data(filters: dict) -> list[dict]:
	homes = _homes(filters)
	if not homes:
		return []
	active = {row.institution: row for row in reached.activity(list(homes))}
	delays, faults = _delays(filters), _faults()
	rows = [
		_row(name, home, active.get(name), delays.get(name), faults.get(name), filters)
		for name, home in homes.items()
	]
	return sorted(rows, key=lambda row: (-(row["delay"] or 0), row["title"] or ""))


def _row(
	name: str, home: dict, active: dict | None, delay: dict | None, faulty: int | None, filters: dict
) -> dict:
	active, delay = active or frappe._dict(), delay or frappe._dict()
	enters = reached.enters_itself(active, filters.last)
	return {
		"title": home.institution_name,
		"enters_itself": enters,
		"enters": _("Yes") if enters else _("No"),
		"accounts": active.accounts or 0,
		"last_login": active.last_login,
		"last_entry": active.last_entry,
		"entries": delay.entries or 0,
		"delay": round(float(delay.mean), 1) if delay else None,
		"slowest": delay.slowest,
		"faulty": faulty or 0,
		"error_rate": percent(faulty or 0, home.children),
	}


def _homes(filters: dict) -> dict[str, frappe._dict]:
	"""Institutions of the reader's places with the number of their children; one query."""
	parts = ["`tabInstitution`.`status` not in ('Closed', 'Under Licensing')", figures.places("Institution")]
	if filters.get("governorate"):
		parts.append("`tabInstitution`.`governorate` = %(governorate)s")
	rows = frappe.db.sql(
		f"""select `tabInstitution`.`name`, `tabInstitution`.`institution_name`, (select count(*) from `tabChild` file
			where file.`institution` = `tabInstitution`.`name` and file.`life_state` = 'Active') as children
		from `tabInstitution` where {" and ".join(f"({part})" for part in parts if part)}""",  # of this module and social_care.scope
		filters,
		as_dict=True,
	)
	return {row.name: row for row in rows}


def _delays(filters: dict) -> dict[str, frappe._dict]:
	"""Days from the day that a child came to the day that it was entered, of what was entered in the period; one query."""
	where = " and ".join(f"({part})" for part in (PLACED, figures.places("Placement")) if part)
	late = "greatest(datediff(`tabPlacement`.`creation`, `tabPlacement`.`from_date`), 0)"
	rows = frappe.db.sql(
		f"""select `tabPlacement`.`institution`, count(*) as entries, avg({late}) as mean, max({late}) as slowest
		from `tabPlacement` where {where} group by `tabPlacement`.`institution`""",  # of this module and social_care.scope
		filters,
		as_dict=True,
	)
	return {row.institution: row for row in rows}


def _faults() -> dict[str, int]:
	"""Files of children with at least one open error by institution: a figure of the institution, whatever the reader's levels."""
	return dict(
		frappe.db.sql(
			"""select `institution`, count(distinct `record_name`) from `tabData Quality Fault`
			where `severity` = 'Error' and `record_type` = 'Child' group by `institution`"""
		)
	)


def get_summary(rows: list[dict]) -> list[dict]:
	entering = sum(row["enters_itself"] for row in rows)
	delays = [(row["delay"], row["entries"]) for row in rows if row["delay"] is not None]
	entries = sum(cint(number) for _delay, number in delays)
	mean = round(sum(delay * number for delay, number in delays) / entries, 1) if entries else 0
	return [
		{"label": _("Institutions That Enter Themselves"), "value": entering, "datatype": "Int"},
		{"label": _("Institutions"), "value": len(rows), "datatype": "Int"},
		{"label": _("Mean Delay (Days)"), "value": mean, "datatype": "Float"},
	]


def print_layout(filters: dict) -> Layout:
	asked = validate_filters(filters)
	rows = get_data(asked)
	entering = sum(row["enters_itself"] for row in rows)
	note = _("Institutions that enter their data themselves: {0} of {1}").format(entering, len(rows))
	period = _("From {0} to {1}").format(format_date(asked.first), format_date(asked.last))
	return Layout(period=period, landscape=True, notes=[note], facts=[])
