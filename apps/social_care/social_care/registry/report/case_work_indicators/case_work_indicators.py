"""Formal care indicators 6 to 9 (UNICEF and Better Care Network, Manual for the Measurement of Indicators for Children in
Formal Care, 2009) by institution: contact with the family, individual plan, assessment on entry, review in time."""

import frappe
from frappe import _

from social_care.registry import figures
from social_care.registry.case_work import figures as case_work

SHARES = {
	"planned": ("With an Active Plan", lambda: case_work.HAS_PLAN),
	"assessed": ("Assessed on Entry", lambda: case_work.ASSESSED),
	"reviewed": ("Review in Time", lambda: f"not ({case_work.review_overdue()})"),
	"visited": ("Contact with the Family", case_work.visited),
}


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	return get_columns(), get_data(frappe._dict(filters or {}))


def get_columns() -> list[dict]:
	shares = [
		{"fieldname": name, "label": _(label), "fieldtype": "Percent", "width": 150}
		for name, (label, _condition) in SHARES.items()
	]
	return [
		{"fieldname": "institution_name", "label": _("Institution"), "fieldtype": "Data", "width": 240},
		{"fieldname": "children", "label": _("Children"), "fieldtype": "Int", "width": 90},
		*shares,
	]


def get_data(filters: dict) -> list[dict]:
	"""Shares in percent at the places of the reader, one query; aggregates only."""
	where = [figures.IN_INSTITUTION, figures.places("Child")]
	if filters.governorate:
		where.append(f"`tabChild`.`governorate` = {frappe.db.escape(filters.governorate, percent=False)}")
	shares = ", ".join(
		f"round(100 * sum({condition()}) / count(*), 1) as `{name}`"
		for name, (_label, condition) in SHARES.items()
	)
	return frappe.db.sql(
		f"""select `tabChild`.`institution_name`, count(*) as children, {shares} from `tabChild`
		where {" and ".join(part for part in where if part)}
		group by `tabChild`.`institution`, `tabChild`.`institution_name` order by `tabChild`.`institution_name` asc""",
		as_dict=True,  # conditions of this app, nothing of the request but an escaped name
	)
