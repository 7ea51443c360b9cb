"""The scorecard of a directorate beside the average of the nation; without a choice, all directorates of the reader side by side."""

import frappe
from frappe import _
from frappe.utils import format_date, getdate, nowdate

from social_care.governance import brief
from social_care.governance.indicators import dashboard, scorecard
from social_care.governance.indicators.figures import Point, Told
from social_care.governance.indicators.scorecard import Measure
from social_care.prints.layout import Layout, as_of
from social_care.prints.report import DAY
from social_care.registry import small_numbers
from social_care.registry.small_numbers import HIDDEN

PRINTED_FILTERS = {"directorate": ("Directorate", "Org Unit"), "until": ("As Known On", DAY)}


class ScorecardError(frappe.ValidationError):
	"""A day that is not over."""


def execute(filters: dict | None = None) -> tuple:
	"""A row an indicator of one directorate, or a row a directorate and the nation's average below them."""
	asked = validate_filters(filters or {})
	if not asked.places:
		return [], [], _("The scorecard is one of directorates, and there is none among your places.")
	told = scorecard.measures(asked.places, asked.until)
	lists = scorecard.lists(told, asked.places) if asked.until == nowdate() else {}
	side_by_side = len(asked.places) > 1
	columns = columns_of_all(told) if side_by_side else columns_of_one()
	rows = rows_of_all(told, asked.places, lists) if side_by_side else rows_of_one(told, asked.places, lists)
	return columns, rows, note(told)


def validate_filters(filters: dict) -> frappe._dict:
	"""The day, and the directorates that are shown. Raises PermissionError for a directorate of somebody else."""
	asked = frappe._dict(filters)
	asked.until = str(getdate(asked.until or nowdate()))
	if asked.until > nowdate():
		frappe.throw(_("Choose a day that has come."), ScorecardError, title=_("Directorate Scorecard"))
	own = scorecard.directorates()
	if asked.directorate and asked.directorate not in own:
		frappe.throw(
			_("This directorate is not among your places."),
			frappe.PermissionError,
			title=_("Directorate Scorecard"),
		)
	asked.places = {asked.directorate: own[asked.directorate]} if asked.directorate else own
	return asked


def note(told: list[Measure]) -> str | None:
	"""What the average is of, and what a star stands for."""
	said = _(
		"The average is that of the whole Republic; of numbers, the Republic's number for each directorate."
	)
	if not any(one.hidden for one in told):
		return said
	below = frappe.get_cached_doc("Social Care Settings").print_small_numbers_below
	return f"{said} {small_numbers.note(below)}"


def columns_of_one() -> list[dict]:
	widths = {
		"measure": (_("Indicator"), 300),
		"value": (_("Directorate's Value"), 120),
		"average": (_("Average of the Republic"), 120),
		"against": (_("Against the Average"), 110),
		"target": (_("Target"), 130),
		"judged": (_("Against the Target"), 120),
		"period": (_("Period"), 190),
		"as_of": (_("Counted At"), 150),
	}
	kinds = {"as_of": {"fieldtype": "Datetime"}, "value": {"align": "right"}, "average": {"align": "right"}}
	return [
		{"fieldname": name, "label": label, "fieldtype": "Data", "width": width} | kinds.get(name, {})
		for name, (label, width) in widths.items()
	]


def rows_of_one(told: list[Measure], places: dict[str, str], lists: dict) -> list[dict]:
	(place,) = places
	return [_row(one, place, lists) for one in told if one.period]


def _row(one: Measure, place: str, lists: dict) -> dict:
	start, end = one.period
	opened = lists.get((one.indicator.name, place))
	return {
		"measure": _name(one),
		"value": said(one, place),
		"average": _number(one, one.average),
		"against": _(scorecard.against(one, place)),
		"target": dashboard.target_of(one.indicator),
		"judged": _judged(one, place),
		"period": format_date(start) if start == end else f"{format_date(start)} – {format_date(end)}",
		"as_of": one.as_of,
		"opens": {"value": opened} if opened else {},
	}


def _judged(one: Measure, place: str) -> str:
	"""As the page of indicators judges it."""
	point = Point(*one.period, 0, None, one.values.get(place), one.as_of)
	words = {dashboard.GOOD: _("Target Reached"), dashboard.BAD: _("Target Missed")}
	return words.get(dashboard.judge(Told(one.indicator, [point], place in one.hidden)), "")


def _name(one: Measure) -> str:
	unit = f" ({_(one.indicator.unit)})" if one.indicator.unit in ("Days", "Minutes", "Score") else ""
	return f"{dashboard.label(one.indicator)}{unit}"


def _number(one: Measure, value: float | None) -> str:
	return brief.number(value, one.indicator.unit) or "—"


def said(one: Measure, place: str) -> str:
	return HIDDEN if place in one.hidden else _number(one, one.values.get(place))


def columns_of_all(told: list[Measure]) -> list[dict]:
	first = {"fieldname": "title", "label": _("Directorate"), "fieldtype": "Data", "width": 220}
	return [first] + [
		{
			"fieldname": one.indicator.name.lower(),
			"label": _name(one),
			"fieldtype": "Data",
			"width": 130,
			"align": "right",
		}
		for one in told
	]


def rows_of_all(told: list[Measure], places: dict[str, str], lists: dict) -> list[dict]:
	rows = [
		{
			"title": title,
			**{one.indicator.name.lower(): said(one, place) for one in told},
			"opens": {
				one.indicator.name.lower(): lists[(one.indicator.name, place)]
				for one in told
				if (one.indicator.name, place) in lists
			},
		}
		for place, title in places.items()
	]
	average = {one.indicator.name.lower(): _number(one, one.average) for one in told}
	return [*rows, {"title": _("Average of the Republic"), **average, "bold": 1, "is_total": 1}]


def print_layout(filters: dict) -> Layout:
	asked = validate_filters(filters)
	told = scorecard.measures(asked.places, asked.until)
	unit = next(iter(asked.places)) if len(asked.places) == 1 else None
	return Layout(
		period=as_of(asked.until),
		unit=unit,
		landscape=True,
		compact=True,
		facts=[[_("Directorate"), asked.places[unit]]] if unit else [],
		notes=[note(told) or ""],
	)
