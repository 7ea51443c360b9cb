"""A census by institution: how many children are expected, how many were entered by the cut-off, who has signed."""

import frappe
from frappe import _
from frappe.utils import cint, format_datetime

from social_care.governance.census import CAMPAIGN, FROZEN, RETURN
from social_care.governance.census.freezing import unsigned_titles
from social_care.prints.digits import in_digits
from social_care.prints.layout import Layout
from social_care.registry.dashboards.rows import own_rows, percent

SUMS = ("expected", "entered", "entered_late", "difference")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""One row an institution, the largest difference first, and a row of sums; one query."""
	asked = frappe._dict(filters or {})
	return get_columns(), get_data(asked)


def get_columns() -> list[dict]:
	numbers = {
		"expected": _("Expected"),
		"entered": _("Entered by the Cut-off"),
		"entered_late": _("Entered Later"),
		"difference": _("Difference"),
	}
	return [
		{"fieldname": "title", "label": _("Institution"), "fieldtype": "Data", "width": 280},
		{"fieldname": "governorate_name", "label": _("Governorate"), "fieldtype": "Data", "width": 120},
		*(
			{"fieldname": name, "label": label, "fieldtype": "Int", "width": 110}
			for name, label in numbers.items()
		),
		{"fieldname": "share", "label": _("Entered (%)"), "fieldtype": "Percent", "width": 100},
		{"fieldname": "state", "label": _("Status"), "fieldtype": "Data", "width": 150},
		{"fieldname": "remark", "label": _("Why the Numbers Differ"), "fieldtype": "Data", "width": 220},
	]


def get_data(filters: dict) -> list[dict]:
	if not filters.get("campaign"):
		return []
	rows = _rows(filters)
	rows.sort(key=lambda row: (-abs(row.difference), row.title or ""))
	return [*map(_measured, rows), _total(rows)] if rows else []


def _rows(filters: dict) -> list[frappe._dict]:
	own = own_rows(RETURN)  # a row holds words of its institution: who reads it is decided as in the list
	if not own:
		return []
	parts = [f"`tab{RETURN}`.`campaign` = %(campaign)s", own.where]
	if filters.get("governorate"):
		parts.append(f"`tab{RETURN}`.`governorate` = %(governorate)s")
	return frappe.db.sql(
		f"""select home.`institution_name` as title, place.`governorate_name`, `tab{RETURN}`.`expected`,
			`tab{RETURN}`.`entered`, `tab{RETURN}`.`entered_late`, `tab{RETURN}`.`difference`, `tab{RETURN}`.`status`,
			`tab{RETURN}`.`remark`
		from `tab{RETURN}` left join `tabInstitution` home on home.`name` = `tab{RETURN}`.`institution`
		left join `tabGovernorate` place on place.`name` = `tab{RETURN}`.`governorate`
		where {" and ".join(f"({part})" for part in parts if part)}""",  # of this module and social_care.scope
		filters,
		as_dict=True,
	)


def _measured(row: dict) -> dict:
	return row | {"share": _share(row), "state": _(row.status)}


def _share(row: dict) -> float | None:
	return percent(cint(row["entered"]) + cint(row["entered_late"]), row["expected"])


def _total(rows: list[dict]) -> dict:
	sums = {name: sum(cint(row[name]) for row in rows) for name in SUMS}
	return {"title": _("Total"), **sums, "share": _share(sums), "bold": 1, "is_total": 1}


def print_layout(filters: dict) -> Layout:
	"""The day of the cut-off, and on a frozen result its checksum."""
	fields = ["name", "title", "cut_off", "status", "checksum", "not_signed", "frozen_reason"]
	found = frappe.db.get_value(CAMPAIGN, filters.get("campaign"), fields, as_dict=True)
	if not found:
		return Layout(landscape=True)
	facts = [[_("Census Campaign"), in_digits(found.title)], [_("Status"), _(found.status)]]
	notes = [_("Checksum of the Result") + f": {found.checksum}"] if found.status == FROZEN else []
	if found.not_signed:
		notes += _left_out(found)
	period = _("As of {0}").format(format_datetime(found.cut_off))
	return Layout(period=period, landscape=True, facts=facts, notes=notes)


def _left_out(campaign: dict) -> list[str]:
	"""Why it was frozen without some, and who they are at the reader's places."""
	titles = "، ".join(map(in_digits, unsigned_titles(campaign.name)))
	told = [
		_("Returns Not Signed by All") + f": {in_digits(str(campaign.not_signed))}",
		_("Why It Was Frozen without Them") + f": {in_digits(campaign.frozen_reason)}",
	]
	return told + ([_("Institutions That Did Not Sign") + f": {titles}"] if titles else [])
