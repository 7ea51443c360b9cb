"""The work of the sector in one report: every indicator at the reader's highest place, beside the period before and its target."""

import frappe
from frappe import _
from frappe.utils import format_date, getdate, nowdate

from social_care.governance.indicators import dashboard, figures
from social_care.governance.indicators.figures import Point, Told
from social_care.prints.layout import Layout, as_of
from social_care.registry.small_numbers import HIDDEN


class SectorReportError(frappe.ValidationError):
	"""A day that is not over."""


def execute(filters: dict | None = None) -> tuple:
	"""A row an indicator, by set and code; how many targets are reached."""
	asked = validate_filters(filters or {})
	told = [one for one in figures.of_reader(asked.until) if _is_asked(one, asked)]
	return get_columns(), [_row(one) for one in told], None, None, get_summary(told)


def validate_filters(filters: dict) -> frappe._dict:
	asked = frappe._dict(filters)
	asked.until = str(getdate(asked.until or nowdate()))
	if asked.until > nowdate():
		frappe.throw(_("Choose a day that has come."), SectorReportError, title=_("Sector Report"))
	return asked


def _is_asked(one: Told, asked: dict) -> bool:
	of_set = asked.indicator_set in (None, "", one.indicator.indicator_set)
	return of_set and bool(asked.with_missing or one.indicator.state == "Measured")


def get_columns() -> list[dict]:
	widths = {
		"code": (_("Code"), 70),
		"name": (_("Indicator"), 280),
		"value": (_("Value"), 100),
		"before": (_("Period Before"), 110),
		"target": (_("Target"), 160),
		"judged": (_("Against the Target"), 130),
		"period": (_("Period"), 190),
		"as_of": (_("Counted At"), 150),
		"owner": (_("Responsible for the Indicator"), 200),
	}
	kinds = {"as_of": "Datetime"}
	return [
		{"fieldname": name, "label": label, "fieldtype": kinds.get(name, "Data"), "width": width}
		for name, (label, width) in widths.items()
	]


def _row(one: Told) -> dict:
	row, last = one.indicator, one.latest
	before = one.points[-2] if len(one.points) > 1 else None
	words = {dashboard.GOOD: _("Target Reached"), dashboard.BAD: _("Target Missed")}
	return {
		"code": row.name,
		"name": dashboard.label(row),
		"value": _said(one, last) if row.state == "Measured" else _("Not Yet Measurable"),
		"before": None if one.small else _said(one, before),
		"target": dashboard.target_of(row),
		"judged": words.get(dashboard.judge(one)),
		"period": f"{format_date(last.start)} – {format_date(last.end)}" if last else None,
		"as_of": last.as_of if last else None,
		"owner": row.owner_name,
	}


def _said(one: Told, point: Point | None) -> str | None:
	if one.small:
		return HIDDEN
	if not point or point.value is None:
		return None
	number = f"{point.value:,.0f}" if float(point.value).is_integer() else f"{point.value:,.1f}"
	return f"{number}%" if one.indicator.unit == "Percent" else number


def get_summary(told: list[Told]) -> list[dict]:
	judged = [dashboard.judge(one) for one in told]
	counted = (
		(_("Indicators Measured"), sum(one.indicator.state == "Measured" for one in told)),
		(_("Target Reached"), judged.count(dashboard.GOOD)),
		(_("Target Missed"), judged.count(dashboard.BAD)),
	)
	return [{"label": label, "value": value, "datatype": "Int"} for label, value in counted]


def print_layout(filters: dict) -> Layout:
	return Layout(period=as_of(filters.get("until")), landscape=True)
