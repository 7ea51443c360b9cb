"""Buildings by kind of institution: how many were audited for accessibility, how many conform, what remedial works are open."""

from collections import Counter, defaultdict

import frappe
from frappe import _
from frappe.utils import flt

from social_care_inspections.inspections.actions import states as actions
from social_care_inspections.inspections.risk import WORKING
from social_care_inspections.inspections.visits import states
from social_care_inspections.inspections.visits.checklist import CONFORMING


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict]:
	rows = get_data(frappe._dict(filters or {}))
	return get_columns(), rows, None, get_chart(rows)


def get_columns() -> list[dict]:
	def number(fieldname: str, label: str, fieldtype: str = "Int") -> dict:
		return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": 130}

	return [
		{"fieldname": "kind", "label": _("Kind of Institution"), "fieldtype": "Data", "width": 260},
		number("buildings", _("Buildings")),
		number("audited", _("Buildings Audited")),
		number("conforming", _("Conforming")),
		number("percent", _("Percent Conforming"), "Percent"),
		number("works", _("Open Remedial Works")),
	]


def get_data(filters: dict) -> list[dict]:
	"""One row for each kind of working institutions of the reader's places."""
	conditions = {"status": ["in", WORKING]}
	for field in ("governorate", "institution_type"):
		if filters.get(field):
			conditions[field] = filters[field]
	homes = frappe.get_list(
		"Institution",
		filters=conditions,
		fields=["name", "institution_type"],
		order_by="institution_type asc, name asc",
		limit_page_length=0,
	)
	audits, works = latest_audits(), open_works()
	kinds = dict(frappe.get_all("Institution Type", ["name", "type_name"], as_list=True))  # a reference table
	by_kind = defaultdict(list)
	for home in homes:
		by_kind[home.institution_type].append(home.name)
	return [kind_row(kinds.get(kind), names, audits, works) for kind, names in by_kind.items()]


def latest_audits() -> dict[str, str]:
	"""Result of the latest approved audit of each institution that the reader sees."""
	rows = frappe.get_list(
		states.DOCTYPE,
		filters={"visit_kind": states.AUDIT, "status": states.APPROVED, "accessibility": ["is", "set"]},
		fields=["institution", "accessibility"],
		order_by="visited_on asc, name asc",
		limit_page_length=0,
	)
	return {row.institution: row.accessibility for row in rows}


def open_works() -> Counter:
	"""Open actions of running plans that come from audits, by institution."""
	plans = frappe.get_list(
		actions.PLAN,
		filters=[
			["status", "in", actions.STARTED],
			["institution_visit", "is", "set"],
		],
		fields=["name", "institution", "institution_visit", "open_count", "reported_count"],
		order_by="name asc",
		limit_page_length=0,
	)
	visits = {row.institution_visit for row in plans}
	audits = frappe.get_list(
		states.DOCTYPE,
		filters={"name": ["in", sorted(visits)], "visit_kind": states.AUDIT},
		pluck="name",
		order_by="name asc",
		limit_page_length=0,
	)
	found, audits = Counter(), set(audits)
	for row in plans:
		if row.institution_visit in audits:
			found[row.institution] += row.open_count + row.reported_count
	return found


def kind_row(kind: str | None, names: list[str], audits: dict[str, str], works: Counter) -> dict:
	audited = [name for name in names if name in audits]
	conforming = sum(audits[name] == CONFORMING for name in audited)
	return {
		"kind": kind,
		"buildings": len(names),
		"audited": len(audited),
		"conforming": conforming,
		"percent": flt(100 * conforming / len(audited), 1) if audited else None,
		"works": sum(works[name] for name in names),
	}


def get_chart(rows: list[dict]) -> dict:
	"""Conforming and other audited buildings by kind."""
	shown = [row for row in rows if row["audited"]]
	other = [row["audited"] - row["conforming"] for row in shown]
	return {
		"data": {
			"labels": [row["kind"] for row in shown],
			"datasets": [
				{"name": _("Conforming"), "values": [row["conforming"] for row in shown]},
				{"name": _("Not Conforming"), "values": other},
			],
		},
		"type": "bar",
		"barOptions": {"stacked": 1},
	}
