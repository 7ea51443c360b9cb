"""Visits, grades, violations and penalties by governorate for the public: no names, no single institution, no small numbers."""

import frappe
from frappe import _
from frappe.utils import date_diff, format_date, get_year_start, getdate, nowdate
from social_care.governance.indicators import public
from social_care.prints.layout import Layout
from social_care.registry import small_numbers

from social_care_inspections.inspections import risk
from social_care_inspections.inspections.figures import places, questions
from social_care_inspections.inspections.figures.questions import GRADES
from social_care_inspections.inspections.violations.states import IN_FORCE, PENALTY, RECORD
from social_care_inspections.inspections.visits import states

TITLE = "Inspection Figures for Publication"
COUNTED = ("institutions", "visits", "unannounced", "evaluated", *GRADES, "violations", "penalties")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str]:
	return get_columns(), get_data(validated(filters)), small_numbers.note(public.limit())


def validated(filters: dict | None) -> dict:
	"""From the beginning of the year until today where no time was chosen."""
	found = frappe._dict(filters or {})
	found.to_date = str(getdate(found.to_date or nowdate()))
	found.from_date = str(getdate(found.from_date or get_year_start(found.to_date)))
	if date_diff(found.to_date, found.from_date) < 0:
		frappe.throw(_("The period ends before it begins."), title=_(TITLE))
	return found


def labels() -> dict[str, str]:
	named = {
		"institutions": _("Institutions"),
		"visits": _("Visits Made"),
		"unannounced": _("Of Them Unannounced"),
		"evaluated": _("Approved Evaluations"),
		"violations": _("Violations Recorded"),
		"penalties": _("Penalties Decided"),
	}
	return named | {grade: _("Grade {0}").format(_(grade)) for grade in GRADES}


def get_columns() -> list[dict]:
	named = labels()
	first = {"fieldname": "name", "label": _("Governorate"), "fieldtype": "Data", "width": 160}
	numbers = [
		{"fieldname": key, "label": named[key], "fieldtype": "Data", "align": "center", "width": 120}
		for key in COUNTED
	]
	return [first, *numbers]


def get_data(filters: dict) -> list[dict]:
	"""A line for each governorate at the reader's places, and their total, without small numbers."""
	lines = counted(filters)
	if not lines:
		return []
	total = {key: sum(line[key] for line in lines) for key in COUNTED}
	lines.append({"name": _("Total"), "bold": 1, **total})
	by_grade = [[(place, key) for key in (*GRADES, "evaluated")] for place in range(len(lines))]
	shown = small_numbers.hidden(lines, list(COUNTED), public.limit(), by_grade)
	return [line | {key: str(line[key]) for key in COUNTED} for line in shown]


def counted(filters: dict) -> list[dict]:
	"""Numbers before anything is withheld; one query a DocType and question, whatever the number of rows."""
	homes = questions.homes()
	by_code = {row.governorate: dict.fromkeys(COUNTED, 0) for row in homes.values()}
	for row in homes.values():
		by_code[row.governorate]["institutions"] += row.status in risk.WORKING
	for key, (doctype, asked) in asked_for(filters).items():
		for code, number in places.summed(questions.by_institution(doctype, asked), homes).items():
			by_code[code][key] = number
	named = places.names()
	return [{"name": named[code], **by_code[code]} for code in named if code in by_code]


def asked_for(filters: dict) -> dict[str, tuple]:
	"""Columns that are counted by the institution of a row: (DocType, rows of the period)."""
	period = [filters.from_date, filters.to_date]
	made = {"status": ["in", list(states.MADE)], "visited_on": ["between", period]}
	approved = made | {"status": states.APPROVED}
	return {
		"visits": (states.DOCTYPE, made),
		"unannounced": (states.DOCTYPE, made | {"is_unannounced": 1}),
		"evaluated": (states.DOCTYPE, approved | {"grade": ["in", list(GRADES)]}),
		**{grade: (states.DOCTYPE, approved | {"grade": grade}) for grade in GRADES},
		"violations": (RECORD, {"found_on": ["between", period]}),
		"penalties": (PENALTY, {"status": ["in", list(IN_FORCE)], "decision_date": ["between", period]}),
	}


def print_layout(filters: dict) -> Layout:
	"""The period, and what the star in place of a number means."""
	filters = validated(filters)
	days = (format_date(filters.from_date), format_date(filters.to_date))
	note = small_numbers.note(public.limit())
	return Layout(period=_("From {0} to {1}").format(*days), landscape=True, notes=[note])
