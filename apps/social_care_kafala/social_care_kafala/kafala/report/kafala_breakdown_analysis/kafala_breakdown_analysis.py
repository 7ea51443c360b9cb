"""How many kafalas break down, when and why: rates, survival curves with numbers at risk, and causes, by group, at the places of the
reader. Names nobody; groups smaller than the settings say are not shown (R3-23)."""

import frappe
from frappe import _
from frappe.utils import cint, flt
from social_care.registry import small_numbers
from social_care.registry.levels import field_readable

from social_care_kafala.kafala.analysis import groups, survival
from social_care_kafala.kafala.analysis.spells import Spell, spells
from social_care_kafala.kafala.endings import words
from social_care_kafala.kafala.path.clock import settings

LASTING, CAUSES = "How Long Kafalas Last", "Causes of Breakdown"
STEP, MOST = 3, 60  # months between the points of a curve, and its end


def execute(filters: dict | None = None) -> tuple[list, list, str | None, dict | None, list]:
	given = validate_filters(filters)
	found = spells(given)
	if given.show == CAUSES:
		return cause_columns(found, given.by), cause_rows(found, given.by), note(), None, get_summary(found)
	curves = get_curves(found, given.by)
	rows = get_data(found, curves, given.by)
	return get_columns(given.by), rows, note(), get_chart(curves, given.by), get_summary(found)


def validate_filters(filters: dict | None) -> dict:
	"""Known words only; causes for their readers only."""
	given = frappe._dict(filters or {})
	given.by = given.by if given.by in groups.WAYS else groups.AGE
	given.show = given.show if given.show in (LASTING, CAUSES) else LASTING
	if given.show == CAUSES and not field_readable(words.DOCTYPE, "ending_cause"):
		frappe.throw(
			_("The causes of endings are not yours to read."),
			frappe.PermissionError,
			title=_("Causes of Breakdown"),
		)
	return given


def least() -> int:
	"""Children whom a shown group has at least."""
	return max(cint(settings().least_group), small_numbers.limit(), 1)


def note() -> str:
	return _("Groups and points with fewer than {0} children are not shown.").format(least())


def get_curves(found: list[Spell], by: str) -> dict[str, survival.Curve]:
	"""Estimates of all groups that are large enough. Months in the family are no group: they are what is measured."""
	way = groups.ALL if by == groups.MONTHS else by
	parts = groups.grouped(found, way)
	return {label: survival.curve(part) for label, part in parts.items() if len(part) >= least()}


def get_columns(by: str) -> list[dict]:
	columns = [
		column("group", _(by), 170),
		column("spells", _("Kafalas"), 90, "Int"),
		column("broke", _("Broke Down"), 90, "Int"),
	]
	if by == groups.MONTHS:
		return [*columns, column("rate", _("Of Those Who Came So Far (%)"), 150, "Float")]
	columns.append(column("rate", _("In a Hundred Years of Kafala"), 150, "Float"))
	for month in survival.POINTS:
		columns.append(column(f"at_{month}", _("Lasting {0} Months (%)").format(month), 150))
		columns.append(column(f"risk_{month}", _("Observed at {0} Months").format(month), 120, "Int"))
	return columns


def column(fieldname: str, label: str, width: int, fieldtype: str = "Data") -> dict:
	return {"fieldname": fieldname, "label": label, "width": width, "fieldtype": fieldtype}


def get_data(found: list[Spell], curves: dict[str, survival.Curve], by: str) -> list[dict]:
	if by == groups.MONTHS:
		return by_months(found)
	names = groups.shown(by, list(curves))
	return [curve_row(name, curve) for name, curve in zip(names, curves.values(), strict=True)]


def curve_row(name: str, curve: survival.Curve) -> dict:
	"""One group: counts, rate, and each point with its bounds of 95 %."""
	row = {"group": name, "spells": curve.spells, "broke": curve.broke, "rate": curve.rate}
	for point in curve.points(survival.POINTS, least()):
		row[f"at_{point.month}"] = f"{point.share:g} ({point.low:g}–{point.high:g})"
		row[f"risk_{point.month}"] = point.at_risk
	return row


def by_months(found: list[Spell]) -> list[dict]:
	"""For each part of the time together: kafalas that came so far, and those that broke down in it."""
	start, rows = 0.0, []
	bounds = [*(bound for bound, _label in groups.LENGTH_BANDS), float("inf")]
	names = groups.shown(groups.MONTHS, groups.ORDER[groups.MONTHS][: len(bounds)])
	for name, bound in zip(names, bounds, strict=True):
		reached = [spell for spell in found if spell.length >= start]
		broke = sum(spell.broke and spell.length < bound for spell in reached)
		if len(reached) >= least():
			rate = flt(100 * broke / len(reached), 1)
			rows.append({"group": name, "spells": len(reached), "broke": broke, "rate": rate})
		start = bound
	return rows


def cause_columns(found: list[Spell], by: str) -> list[dict]:
	parts = list(groups.grouped(broken(found), by))
	names = groups.shown(by, parts)
	counts = [] if by == groups.ALL else [column(f"g{n}", name, 110) for n, name in enumerate(names)]
	return [column("cause", _("Cause"), 260), *counts, column("total", _("Total"), 90)]


def broken(found: list[Spell]) -> list[Spell]:
	return [spell for spell in found if spell.broke]


def cause_rows(found: list[Spell], by: str) -> list[dict]:
	"""Breakdowns by cause and group; small numbers, and what would tell them, are hidden."""
	parts = groups.grouped(broken(found), by)
	by_cause = groups_of_causes(parts)
	fields = [f"g{n}" for n in range(len(parts))]
	rows = [
		{"cause": name, **dict(zip(fields, counts, strict=True)), "total": sum(counts)}
		for name, counts in by_cause
	]
	if not rows:
		return []
	total = {"cause": _("Total")} | {field: sum(row[field] for row in rows) for field in (*fields, "total")}
	return small_numbers.hidden([*rows, total], [*fields, "total"], least())


def groups_of_causes(parts: dict[str, list[Spell]]) -> list[tuple[str, list[int]]]:
	"""(cause, breakdowns of each group), the most frequent first."""
	causes = {spell.cause for part in parts.values() for spell in part}
	stored = frappe.get_all(
		"Kafala Ending Cause", fields=["name", "cause_name", "cause_name_en"]
	)  # a reference table
	arabic = frappe.local.lang == "ar"
	names = {row.name: row.cause_name if arabic else row.cause_name_en or row.cause_name for row in stored}
	counted = [
		(
			names.get(cause, _(groups.UNKNOWN)),
			[sum(s.cause == cause for s in part) for part in parts.values()],
		)
		for cause in sorted(causes)
	]
	return sorted(counted, key=lambda row: -sum(row[1]))


def get_chart(curves: dict[str, survival.Curve], by: str) -> dict | None:
	"""Curves of the largest six groups, as long as all of them have enough children observed."""
	if by == groups.MONTHS or not curves:
		return None
	largest = sorted(curves, key=lambda label: -curves[label].spells)[:6]
	drawn = {
		label: curves[label].points(tuple(range(0, MOST + 1, STEP)), least())
		for label in curves
		if label in largest
	}
	length = min(len(points) for points in drawn.values())
	if length < 2:
		return None
	names = groups.shown(by, list(drawn))
	datasets = [
		{"name": name, "values": [point.share for point in points[:length]]}
		for name, points in zip(names, drawn.values(), strict=True)
	]
	labels = [str(number * STEP) for number in range(length)]
	return {
		"type": "line",
		"data": {"labels": labels, "datasets": datasets},
		"lineOptions": {"hideDots": 1},
		"axisOptions": {"xIsSeries": 1},
		"title": _("Children Still with the Family, by Months (%)"),
	}


def get_summary(found: list[Spell]) -> list[dict]:
	"""Kafalas, breakdowns and the rate of all, where there are enough of them."""
	if len(found) < least():
		return []
	broke = len(broken(found))
	years = sum(spell.length for spell in found) / 12
	rate = flt(100 * broke / years, 2) if years else 0
	cards = (
		(_("Kafalas"), len(found), "Int"),
		(_("Broke Down"), broke, "Int"),
		(_("In a Hundred Years of Kafala"), rate, "Float"),
	)
	return [
		{"label": label, "value": value, "datatype": kind, "indicator": "Blue"}
		for label, value, kind in cards
	]
