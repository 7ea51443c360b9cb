"""What is wrong in the data, rule by rule, at the places and levels of the reader; and how complete files were day by day."""

import frappe
from frappe import _
from frappe.utils import add_months, format_date, getdate, nowdate

from social_care.prints.layout import Layout, as_of
from social_care.registry import figures
from social_care.registry.dashboards.rows import Filters, own_rows, percent, sql
from social_care.registry.quality.history import DAY
from social_care.registry.quality.keeping import FAULT
from social_care.registry.quality.rules import rules

SEVERITIES = ("Error", "Warning", "Note")
MONTHS = 12  # of the trend, where no day is given


def execute(filters: dict | None = None) -> tuple:
	"""One row a rule with faults, the worst first; a line of completeness by day; figures of the last day."""
	asked = validate_filters(filters or {})
	days = trend(asked)
	return get_columns(), get_data(asked), None, get_chart(days), get_summary(days)


def validate_filters(filters: dict) -> frappe._dict:
	"""Days of the trend in order; the last twelve months where none are given."""
	last = getdate(filters.get("to_date") or nowdate())
	first = getdate(filters.get("from_date") or add_months(last, -MONTHS))
	if first > last:
		frappe.throw(_("The period ends before it begins."), title=_("Period"))
	return frappe._dict(filters) | {"first": first, "last": last}


def get_columns() -> list[dict]:
	return [
		{"fieldname": "sentence", "label": _("Rule"), "fieldtype": "Data", "width": 420},
		{"fieldname": "record_type", "label": _("Record Type"), "fieldtype": "Data", "width": 110},
		{"fieldname": "kind", "label": _("Kind"), "fieldtype": "Data", "width": 100},
		{"fieldname": "severity", "label": _("Severity"), "fieldtype": "Data", "width": 100},
		{"fieldname": "faults", "label": _("Faults"), "fieldtype": "Int", "width": 90},
		{"fieldname": "oldest", "label": _("Oldest Since"), "fieldtype": "Date", "width": 120},
	]


def get_data(filters: dict) -> list[dict]:
	"""The reader's own list of faults, counted by rule; one query and those of the rules."""
	own = own_rows(FAULT)  # place and level, as in the list
	if not own:
		return []
	where = " and ".join(f"({part})" for part in (sql(FAULT, _places(filters)), own.where) if part)
	counted = frappe.db.sql(
		f"""select `rule`, count(*) as faults, min(`found_on`) as oldest from `tab{FAULT}` where {where} group by `rule`""",
		as_dict=True,
	)
	known = {rule.name: rule for rule in rules()}
	rows = [_row(known[row.rule], row) for row in counted if row.rule in known]
	rows.sort(key=lambda row: (SEVERITIES.index(row["state"]), -row["faults"], row["rule"]))
	for row in rows:
		row["severity"] = _(row.pop("state"))
	return rows


def _row(rule, counted: dict) -> dict:
	return {
		"rule": rule.name,
		"sentence": rule.sentence,
		"record_type": _(rule.record_type),
		"kind": _(rule.kind),
		"state": rule.severity,
		"faults": counted.faults,
		"oldest": counted.oldest,
	}


def _places(filters: dict) -> Filters:
	if filters.get("institution"):
		return {"institution": filters["institution"]}
	if not filters.get("governorate"):
		return {}
	# only narrows the reader's own list of faults
	homes = frappe.get_all(
		"Institution", {"governorate": filters["governorate"]}, pluck="name", order_by=None
	)
	return {"institution": ["in", homes or [""]]}


def trend(filters: dict) -> list[dict]:
	"""Sums of the kept days at the reader's places, oldest first; one query."""
	parts = ["`day` between %(first)s and %(last)s", figures.places(DAY)]
	parts += [
		f"`tab{DAY}`.`{name}` = %({name})s" for name in ("governorate", "institution") if filters.get(name)
	]
	where = " and ".join(f"({part})" for part in parts if part)
	return frappe.db.sql(
		f"""select `day`, sum(`children`) as children, sum(`asked`) as asked, sum(`lacking`) as lacking,
			sum(`errors`) as errors, sum(`warnings`) as warnings
		from `tab{DAY}` where {where} group by `day` order by `day` asc""",  # of this module and social_care.scope
		filters,
		as_dict=True,
	)


def completeness(day: dict) -> float | None:
	return percent(day.asked - day.lacking, day.asked)


def get_chart(days: list[dict]) -> dict | None:
	if not days:
		return None
	return {
		"type": "line",
		"colors": ["#1f6f8b"],
		"data": {
			"labels": [format_date(day.day) for day in days],
			"datasets": [{"name": _("Completeness (%)"), "values": [completeness(day) or 0 for day in days]}],
		},
	}


def get_summary(days: list[dict]) -> list[dict]:
	if not days:
		return []
	last = days[-1]
	return [
		{"label": _("Completeness (%)"), "value": completeness(last) or 0, "datatype": "Percent"},
		{"label": _("Children in Care"), "value": int(last.children), "datatype": "Int"},
		{"label": _("Errors"), "value": int(last.errors), "datatype": "Int"},
		{"label": _("Warnings"), "value": int(last.warnings), "datatype": "Int"},
	]


def print_layout(filters: dict) -> Layout:
	return Layout.of(filters, period=as_of(None), landscape=True)
