"""The dashboard of indicators, for the hook `social_care_dashboards`: value, course, target, time, meaning, and the rows behind."""

import frappe
from frappe import _
from frappe.utils import cint, flt, format_date, format_datetime

from social_care.governance.indicators import figures, keeping, official, periods
from social_care.governance.indicators.figures import Told
from social_care.registry.dashboards import rows as lists
from social_care.registry.small_numbers import HIDDEN

SETS = ("Formal Care", "Ministry", "Other")
GOOD, BAD = "good", "bad"


def dashboard() -> dict:
	"""{"headlines", "parts"}: what is measured by set, with what is not yet measurable below."""
	told = figures.of_reader()
	measured = [one for one in told if one.indicator.state == "Measured"]
	parts = [part for name in SETS if (part := _set(name, measured))]
	return {"headlines": _headlines(told, measured), "parts": [*parts, official.part(told), _missing(told)]}


def _headlines(told: list[Told], measured: list[Told]) -> list[dict]:
	judged = [judge(one) for one in measured]
	counted = {
		_("Indicators Measured"): len(measured),
		_("Target Reached"): judged.count(GOOD),
		_("Target Missed"): judged.count(BAD),
		_("Not Yet Measurable"): len(told) - len(measured),
	}
	return [{"label": label, "value": number, "open": None} for label, number in counted.items()]


def _set(name: str, measured: list[Told]) -> dict | None:
	rows = [_row(one) for one in measured if one.indicator.indicator_set == name]
	headings = [
		*(_("Indicator"), _("Value"), _("Course"), _("Target"), _("Rows behind It"), _("Period")),
		_("Counted At"),
	]
	return rows and {
		"kind": "table",
		"title": titles()[name],
		"headings": headings,
		"rows": rows,
		"empty": "",
		"wide": 1,
	}


def titles() -> dict[str, str]:
	return {
		"Formal Care": _("The Fifteen Indicators of Formal Care"),
		"Ministry": _("Indicators of the Ministry"),
		"Other": _("Other Indicators"),
	}


def _row(one: Told) -> list:
	row, last = one.indicator, one.latest
	name = {
		"record": [keeping.INDICATOR, row.name],
		"label": f"{row.name} · {label(row)}",
		"note": meaning(row),
	}
	if not last:
		return [name, None, None, target_of(row), None, None, None]
	return [
		name,
		HIDDEN if one.small else _value(one),
		None if one.small else _course(one),
		target_of(row),
		None if one.small else behind(one),
		format_date(last.end)
		if last.start == last.end
		else f"{format_date(last.start)} – {format_date(last.end)}",
		format_datetime(last.as_of, "dd/MM/yyyy HH:mm"),
	]


def label(row: dict) -> str:
	arabic = (frappe.local.lang or "ar").startswith("ar")
	return row.indicator_name if arabic else row.indicator_name_en or row.indicator_name


def meaning(row: dict) -> str:
	"""What it measures, with the unit where the number alone does not tell it."""
	if row.unit not in ("Days", "Minutes", "Score", "Ratio"):
		return row.meaning
	return _("{0} (unit: {1})").format(row.meaning, _(row.unit))


def _value(one: Told) -> dict | None:
	value = one.latest.value
	if value is None:
		return None
	return {
		"label": label(one.indicator),
		"value": value,
		"percent": one.indicator.unit == "Percent",
		"mark": judge(one),
		"open": None,
	}


def _course(one: Told) -> dict | None:
	points = [point for point in one.points if point.value is not None]
	if len(points) < 2:
		return None
	return {
		"spark": [point.value for point in points],
		"label": _("From {0} to {1}").format(format_date(points[0].end), format_date(points[-1].end)),
	}


def target_of(row: dict) -> str:
	return row.target_text or (str(flt(row.target)) if row.has_target else "")


def judge(one: Told) -> str | None:
	"""Whether the target is reached; None where there is none, or nothing is known."""
	row, last = one.indicator, one.latest
	if not cint(row.has_target) or one.small or not last or last.value is None or row.direction == "Neither":
		return None
	reached = last.value >= row.target if row.direction == "Higher" else last.value <= row.target
	return GOOD if reached else BAD


def behind(one: Told) -> dict | None:
	"""The rows counted above, for a reader who may open their list."""
	opened = rows_behind(one.indicator.name)
	return opened and {"label": _("Rows behind It"), "value": one.latest.numerator, "open": opened}


def rows_behind(code: str) -> dict | None:
	"""{"doctype", "filters"} of the list, limited by its own rights; None where there is none for this reader."""
	if not frappe.has_permission(keeping.INDICATOR, "read"):
		raise frappe.PermissionError
	doc = frappe.get_cached_doc(keeping.INDICATOR, code)
	how = keeping.computation_of(doc)
	if not how or not how.opens:
		return None
	doctype, filters = how.opens(periods.period_of(doc.frequency, frappe.utils.nowdate()))
	reached = lists.own_rows(doctype)
	return lists.opened(reached, filters) if reached else None


def _missing(told: list[Told]) -> dict:
	"""What cannot be measured yet, and why."""
	rows = [
		[
			{
				"record": [keeping.INDICATOR, one.indicator.name],
				"label": f"{one.indicator.name} · {label(one.indicator)}",
			},
			one.indicator.missing or _("The app that computes it is not on this site."),
		]
		for one in told
		if one.indicator.state != "Measured"
	]
	return {
		"kind": "table",
		"title": _("Not Yet Measurable"),
		"headings": [_("Indicator"), _("What Is Missing")],
		"rows": rows,
		"empty": _("Every indicator is measured."),
		"wide": 1,
	}
