"""Micro-projects by the day on which they were funded: how many of a cohort run, ended, or left poverty.

Who left poverty is said a year after funding, so the share is of projects that were funded a year ago or earlier. A
number that is 0 was not given.
"""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Date, Min, Sum
from frappe.utils import add_months, cint, flt, format_date, getdate, nowdate

from social_care.prints.layout import Layout
from social_care.registry.levels import read_levels
from social_care.services.requests_of_all import (
	Period,
	governorate_fact,
	of_governorate,
	of_reader,
	packs,
	services_read,
)

PROJECTS = "Micro Project Request"  # a record type keeps its name for ever
FUNDED, RUNNING, GRADUATED, ENDED = "funded", "running", "graduated", "ended"
COHORTS = {"Month": 7, "Year": 4}  # signs of a day that name it
TOTAL = {"bold": 1, "is_total": 1}
BEFORE, AFTER = "household_monthly_income", "income_after_year"
# The number of the form, and of it the sum and how often it was given.
MEANS = {"mean_before": (BEFORE, "before", "befores"), "mean_after": (AFTER, "after", "afters")}
SUMS = (
	"projects",
	"running",
	"graduated",
	"ended",
	"a_year_old",
	"left",
	"before",
	"befores",
	"after",
	"afters",
)


def execute(filters: dict | None = None) -> tuple:
	asked = frappe._dict(filters or {})
	rows = get_data(asked)
	return get_columns(asked), rows, None, get_chart(rows), None, 1


def get_columns(_filters: dict) -> list[dict]:
	columns = [_column("cohort", _("Funded In"), "Data")]
	columns.append(_column("projects", _("Projects Funded")))
	columns.append(_column("running", _("Projects Running")))
	columns.append(_column("graduated", _("Left Poverty")))
	columns.append(_column("ended", _("Projects Ended")))
	columns.append(_column("a_year_old", _("Funded a Year Ago or Earlier")))
	columns.append(_column("left", _("Of These above the Poverty Line")))
	columns.append(_column("share", _("Share above the Poverty Line"), "Percent"))
	labels = {"mean_before": _("Mean Income before"), "mean_after": _("Mean Income after a Year")}
	return [*columns, *(_column(mean, labels[mean], "Float") for mean in _means_read())]


def _column(name: str, label: str, kind: str = "Int") -> dict:
	return {"fieldname": name, "label": label, "fieldtype": kind, "width": 150}


def _means_read() -> list[str]:
	"""Means of numbers of the form whose level the reader reads."""
	meta, levels = frappe.get_meta(PROJECTS), read_levels(PROJECTS)
	return [mean for mean, (number, *_sums) in MEANS.items() if meta.get_field(number).permlevel in levels]


def get_data(filters: dict) -> list[dict]:
	"""Cohorts and their total; one query, and those of names and states."""
	service = _service()
	states = _states(service)
	groups: dict[str, dict] = {}
	length = COHORTS.get(filters.get("cohorts"), COHORTS["Month"])
	for row in of_governorate(_counted(states, Period.of(filters)), filters.get("governorate")):
		group = groups.setdefault(str(row.funded_on)[:length], dict.fromkeys(SUMS, 0))
		_add(group, row, states)
	means = _means_read()
	rows = [{"cohort": name} | _shares(groups[name], means) for name in sorted(groups)]
	total = {key: sum(flt(row[key]) for row in groups.values()) for key in SUMS}
	return [*rows, {"cohort": _("Total")} | _shares(total, means) | TOTAL] if rows else []


def _service() -> str:
	"""The service of the projects, for whoever sees requests of it. Raises PermissionError."""
	found = services_read({"request_type": PROJECTS})
	if not found:
		frappe.throw(
			_("You see no requests of this service."),
			frappe.PermissionError,
			title=_("Graduation of Micro-Projects"),
		)
	return found[0]["name"]


def _states(service: str) -> dict[str, set[str]]:
	"""Names under which all versions store the states that are counted, by their codes."""
	codes = (FUNDED, RUNNING, GRADUATED, ENDED)
	found: dict[str, set[str]] = {code: set() for code in codes}
	for pack in packs([service])[service]:
		for state in pack["workflow"]["states"]:
			if state["code"] in found:
				found[state["code"]].add(state["title"]["en"])
	return found


def _counted(states: dict[str, set[str]], period: Period) -> list[dict]:
	"""The reader's projects by day of funding, office and state: their number, and sums of what was found after a year."""
	table, entry = frappe.qb.DocType(PROJECTS), frappe.qb.DocType("Service Clock Entry")
	funding = (
		frappe.qb.from_(entry)
		.select(entry.parent, Min(entry.entered_on).as_("moment"))
		.where((entry.parenttype == PROJECTS) & entry.state.isin(sorted(states[FUNDED]) or [""]))
		.groupby(entry.parent)
	).as_("funding")
	day = Date(funding.moment)
	before, after = table[BEFORE], table[AFTER]
	query = (
		frappe.qb.from_(table)
		.join(funding)
		.on(funding.parent == table.name)
		.select(day.as_("funded_on"), table.org_unit, table.status, Count(table.name).as_("projects"))
		.select(
			Sum(table.left_poverty).as_("left"), Sum(before).as_("before"), Sum(before != 0).as_("befores")
		)
		.select(Sum(after).as_("after"), Sum(after != 0).as_("afters"))
		.where(period.holds(funding.moment))
		.groupby(day, table.org_unit, table.status)
	)
	return of_reader(query, PROJECTS).run(as_dict=True)


def _add(group: dict, row: dict, states: dict[str, set[str]]) -> None:
	group["projects"] += row.projects
	for code in (RUNNING, GRADUATED, ENDED):
		group[code] += row.projects if row.status in states[code] else 0
	if getdate(row.funded_on) <= getdate(add_months(nowdate(), -12)):
		group["a_year_old"] += row.projects
		group["left"] += cint(row.left)
	for key in ("before", "befores", "after", "afters"):
		group[key] += flt(row[key])


def _shares(group: dict, means: list[str]) -> dict[str, Any]:
	shown = {key: cint(group[key]) for key in SUMS[:6]}
	share = round(100 * flt(group["left"]) / flt(group["a_year_old"]), 1) if group["a_year_old"] else None
	return shown | {"share": share} | {mean: _mean(group, mean) for mean in means}


def _mean(group: dict, mean: str) -> float | None:
	_number, total, given = MEANS[mean]
	return round(flt(group[total]) / flt(group[given]), 2) if group[given] else None


def get_chart(rows: list[dict]) -> dict | None:
	"""Share above the poverty line by cohort."""
	shown = [row for row in rows[:-1] if row["share"] is not None]
	if not shown:
		return None
	values = [{"name": _("Share above the Poverty Line"), "values": [row["share"] for row in shown]}]
	return {"type": "line", "data": {"labels": [row["cohort"] for row in shown], "datasets": values}}


def print_layout(filters: dict) -> Layout:
	facts = governorate_fact(filters.get("governorate"))
	a_year_ago = format_date(add_months(nowdate(), -12))
	notes = [_("The share is of projects funded on {0} or earlier.").format(a_year_ago)]
	return Layout(period=Period.of(filters).spoken(), facts=facts, notes=notes)
