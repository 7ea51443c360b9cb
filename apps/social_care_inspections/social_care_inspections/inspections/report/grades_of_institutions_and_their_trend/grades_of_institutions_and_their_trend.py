"""Institutions of the reader by the score of their latest approved visit, with the visit before it beside it."""

from itertools import groupby

import frappe
from frappe import _
from frappe.utils import flt

from social_care_inspections.inspections.visits import states

FIELDS = (
	"name",
	"institution",
	"institution_name",
	"institution_type",
	"visited_on",
	"score",
	"grade",
	"critical_failed",
)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict]:
	rows = get_data(frappe._dict(filters or {}))
	return get_columns(), rows, None, get_chart(rows)


def get_columns() -> list[dict]:
	text, score = {"fieldtype": "Data"}, {"fieldtype": "Float", "precision": 1, "width": 100}
	return [
		{"fieldname": "place", "label": _("Rank"), "fieldtype": "Int", "width": 70},
		{"fieldname": "institution_name", "label": _("Institution"), **text, "width": 240},
		{"fieldname": "kind", "label": _("Kind of Institution"), **text, "width": 180},
		{"fieldname": "grade_label", "label": _("Evaluation Grade"), **text, "width": 90},
		{"fieldname": "score", "label": _("Score (Percent)"), **score},
		{"fieldname": "visited_on", "label": _("Visited On"), "fieldtype": "Date", "width": 110},
		{"fieldname": "score_before", "label": _("Score Before"), **score},
		{"fieldname": "change", "label": _("Change"), **score},
		{"fieldname": "critical", "label": _("A Critical Standard Failed"), **text, "width": 120},
	]


def get_data(filters: dict) -> list[dict]:
	conditions = {"status": states.APPROVED, "grade": ["is", "set"]}
	if filters.institution_type:
		conditions["institution_type"] = filters.institution_type
	visits = frappe.get_list(
		states.DOCTYPE,
		filters=conditions,
		fields=list(FIELDS),
		order_by="institution asc, visited_on desc, name desc",
		limit_page_length=0,
	)
	kinds = dict(frappe.get_all("Institution Type", ["name", "type_name"], as_list=True))  # a reference table
	rows = [latest(list(found), kinds) for _code, found in groupby(visits, lambda row: row.institution)]
	rows.sort(key=lambda row: (-row.score, row.institution_name))
	for place, row in enumerate(rows, 1):
		row.place = place
	return (
		[row for row in rows if row.grade == filters.evaluation_grade] if filters.evaluation_grade else rows
	)


def latest(visits: list[dict], kinds: dict[str, str]) -> dict:
	"""The latest visit of an institution, and how its score has changed since the one before."""
	row, before = visits[0], visits[1] if len(visits) > 1 else None
	row.kind = kinds.get(row.institution_type)
	row.grade_label = _(row.grade)
	row.critical = _("Yes") if row.critical_failed else _("No")
	row.score_before = before.score if before else None
	row.change = flt(row.score - before.score, 2) if before else None
	return row


def get_chart(rows: list[dict]) -> dict:
	"""Institutions by grade."""
	grades = ("A", "B", "C", "D")
	return {
		"data": {
			"labels": [_(grade) for grade in grades],
			"datasets": [
				{
					"name": _("Institutions"),
					"values": [sum(row.grade == grade for row in rows) for grade in grades],
				}
			],
		},
		"type": "bar",
	}
