"""How much of the children's data was confirmed in a cycle, by institution or directorate, at the places of the reader."""

import frappe
from frappe import _
from frappe.utils import cint, date_diff, format_date, nowdate

from social_care.governance.confirmation import CONFIRMATION, CYCLE, OPEN, counting
from social_care.prints.layout import Layout, as_of
from social_care.registry import figures
from social_care.registry.dashboards.rows import percent

DIRECTORATE = """(select above.`unit_name` from `tabOrg Unit` above where above.`level` = 'Directorate'
	and above.`lft` <= unit.`lft` and above.`rgt` >= unit.`rgt` limit 1)"""
SUMS = ("children", "confirmed", "to_correct", "waiting")


def execute(filters: dict | None = None) -> tuple:
	"""One row an institution or directorate, what is least confirmed first, and a row of sums."""
	asked = frappe._dict(filters or {})
	return get_columns(asked), get_data(asked)


def get_columns(filters: dict) -> list[dict]:
	by_home = filters.get("by") != "Directorate"
	numbers = {
		"children": _("Children in Care"),
		"confirmed": _("Confirmed"),
		"to_correct": _("To Correct"),
		"waiting": _("Waiting"),
	}
	columns = [
		{
			"fieldname": "title",
			"label": _("Institution") if by_home else _("Directorate"),
			"fieldtype": "Data",
			"width": 280,
		},
		*(
			{"fieldname": name, "label": label, "fieldtype": "Int", "width": 100}
			for name, label in numbers.items()
		),
		{"fieldname": "share", "label": _("Confirmed (%)"), "fieldtype": "Percent", "width": 110},
	]
	if not by_home:
		return [
			*columns,
			{
				"fieldname": "signed",
				"label": _("Institutions That Signed"),
				"fieldtype": "Data",
				"width": 140,
			},
		]
	return [
		*columns,
		{"fieldname": "status", "label": _("Status"), "fieldtype": "Data", "width": 100},
		{"fieldname": "signed_on", "label": _("Signed On"), "fieldtype": "Date", "width": 110},
		{"fieldname": "days_late", "label": _("Days Overdue"), "fieldtype": "Int", "width": 100},
	]


def get_data(filters: dict) -> list[dict]:
	rows = _rows(filters)
	if filters.get("by") == "Directorate":
		rows = _by_directorate(rows)
	rows.sort(key=lambda row: (row["share"] if row["share"] is not None else 101, row["title"] or ""))
	return [*rows, _total(rows)] if rows else []


def _rows(filters: dict) -> list[dict]:
	cycle = filters.get("cycle") or counting.current_cycle()
	parts = [f"`tab{CONFIRMATION}`.`cycle` = %(cycle)s", figures.places(CONFIRMATION)]
	if filters.get("governorate"):
		parts.append(f"`tab{CONFIRMATION}`.`governorate` = %(governorate)s")
	rows = frappe.db.sql(
		f"""select home.`institution_name` as title, {DIRECTORATE} as directorate, `tab{CONFIRMATION}`.`children`,
			`tab{CONFIRMATION}`.`confirmed`, `tab{CONFIRMATION}`.`to_correct`, `tab{CONFIRMATION}`.`status` as state,
			date(`tab{CONFIRMATION}`.`signed_on`) as signed_on, `tab{CONFIRMATION}`.`due_on`
		from `tab{CONFIRMATION}` join `tabInstitution` home on home.`name` = `tab{CONFIRMATION}`.`institution`
		left join `tabOrg Unit` unit on unit.`name` = `tab{CONFIRMATION}`.`org_unit`
		where {" and ".join(f"({part})" for part in parts if part)}""",  # of this module and social_care.scope
		{"cycle": cycle, "governorate": filters.get("governorate")},
		as_dict=True,
	)
	return [_measured(row) for row in rows]


def _measured(row: dict) -> dict:
	late = date_diff(nowdate(), row.due_on) if row.get("state") == OPEN else 0
	return row | {
		"waiting": cint(row.children) - cint(row.confirmed) - cint(row.to_correct),
		"share": percent(row.confirmed, row.children),
		"status": _(row.state),
		"days_late": max(0, late),
	}


def _by_directorate(rows: list[dict]) -> list[dict]:
	found: dict[str, list[dict]] = {}
	for row in rows:
		found.setdefault(row["directorate"] or _("Headquarters"), []).append(row)
	return [_summed(title, own) | {"signed": _signed(own)} for title, own in found.items()]


def _summed(title: str, rows: list[dict]) -> dict:
	sums = {name: sum(cint(row[name]) for row in rows) for name in SUMS}
	return {"title": title, **sums, "share": percent(sums["confirmed"], sums["children"])}


def _signed(rows: list[dict]) -> str:
	return f"{sum(row['state'] == 'Signed' for row in rows)} / {len(rows)}"


def _total(rows: list[dict]) -> dict:
	return _summed(_("Total"), rows) | {"bold": 1, "is_total": 1}


def print_layout(filters: dict) -> Layout:
	cycle = filters.get("cycle") or counting.current_cycle()
	days = frappe.db.get_value(CYCLE, cycle, ["from_date", "to_date"]) if cycle else None
	period = _("From {0} to {1}").format(*map(format_date, days)) if days else as_of(None)
	title = _("Directorate") if filters.get("by") == "Directorate" else _("Institution")
	return Layout(period=period, landscape=True, facts=[[_("By"), title]])
