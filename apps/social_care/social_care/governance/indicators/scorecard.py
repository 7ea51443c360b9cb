"""Kept values of some indicators, a directorate each, beside those of the nation. Nothing is counted here."""

from dataclasses import dataclass, field

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Max
from frappe.utils import cint

from social_care.governance.indicators import cells, dashboard, figures, keeping, suppression
from social_care.governance.indicators.counting import Written
from social_care.registry import figures as scope
from social_care.registry.quality.conditions import several

FIRST = "K10, D04, K11, D01, D02, F09, K22, K20, D03, K18"  # where the settings say nothing
BETTER, WORSE, SAME = "Better", "Weaker", "Same"


@dataclass
class Measure:
	"""An indicator of the scorecard in its latest period.

	`average`: of the nation; of a number, for each directorate. `values`: by directorate, None where nothing is known; those
	that the reader is not told are `hidden`.
	"""

	indicator: dict
	period: tuple[str, str] | None = None
	as_of: str = ""
	average: float | None = None
	values: dict[str, float | None] = field(default_factory=dict)
	hidden: set[str] = field(default_factory=set)


def codes() -> list[str]:
	return several(frappe.get_cached_doc("Social Care Settings").scorecard_indicators or FIRST)


def directorates() -> dict[str, str]:
	"""{unit: name} of the directorates at the session user's places, by name."""
	unit = DocType("Org Unit")
	query = frappe.qb.from_(unit).select(unit.name, unit.unit_name).where(unit.level == cells.DIRECTORATE)
	if where := scope.places("Org Unit"):
		query = query.where(Written(where))
	return dict(query.orderby(unit.unit_name).orderby(unit.name).run())


def measures(places: dict[str, str], until: str) -> list[Measure]:
	"""What the settings name and this site measures, as a day knew it, of `places`; three queries."""
	asked = codes()
	rows = frappe.get_all(  # what is measured, which everybody may read
		keeping.INDICATOR,
		filters={"name": ["in", asked or [""]], "disabled": 0, "state": "Measured"},
		fields=["*"],
		order_by="name asc",
	)
	found = {row.name: Measure(row) for row in sorted(rows, key=lambda row: asked.index(row.name))}
	number = frappe.db.count("Org Unit", {"level": cells.DIRECTORATE})
	below = cint(frappe.get_cached_doc("Social Care Settings").print_small_numbers_below)
	told = _values(list(found), list(places), until)
	for code, one in found.items():
		_fill(one, [row for row in told if row.indicator == code], number, below)
		nothing = 0 if one.indicator.unit == cells.NUMBER and one.period else None
		one.values = {place: one.values.get(place, nothing) for place in places}
	return list(found.values())


def _values(named: list[str], places: list[str], until: str) -> list[dict]:
	"""Values of the latest period of each indicator, of the nation and of the directorates.

	The nation's is read for every reader of a scorecard, beside his own: it tells of no place.
	"""
	value, indicator = DocType(keeping.VALUE), DocType(keeping.INDICATOR)
	later = DocType(keeping.VALUE).as_("later")
	latest = (
		frappe.qb.from_(later)
		.select(Max(later.period_end))
		.where((later.indicator == value.indicator) & (later.version == value.version))
		.where((later.place_level == cells.NATION) & (later.dimension == "") & (later.period_start <= until))
	)
	own = (value.place_level == cells.DIRECTORATE) & value.org_unit.isin(places or [""])
	return (
		frappe.qb.from_(value)
		.join(indicator)
		.on((indicator.name == value.indicator) & (indicator.version == value.version))
		.select(value.star)
		.where(value.indicator.isin(named or [""]) & (value.dimension == ""))
		.where((value.period_end == latest) & ((value.place_level == cells.NATION) | own))
		.orderby(value.name)
	).run(as_dict=True)


def _fill(one: Measure, rows: list[dict], directorates: int, below: int) -> None:
	"""A number becomes an average for each directorate; small numbers are kept from whoever does not read what they look at."""
	protected = [row for row in rows if not _is_told_whole(row)]
	for row in rows:
		known = row.value if row.has_value else None
		if row.place_level == cells.DIRECTORATE:
			one.values[row.org_unit] = known
			continue
		one.period, one.as_of = (str(row.period_start), str(row.period_end)), str(row.as_of)
		if row in protected and suppression.is_small(_counts(one, row), below):
			known = None
		shared = one.indicator.unit == cells.NUMBER and known is not None and directorates
		one.average = round(known / directorates, 2) if shared else known
	table = {row.org_unit: _counts(one, row) for row in protected if row.place_level == cells.DIRECTORATE}
	one.hidden = suppression.hidden(table, below)


def _is_told_whole(row: dict) -> bool:
	return row.level in figures.readable_levels() or frappe.session.user == "Administrator"


def _counts(one: Measure, row: dict) -> suppression.Counts:
	below = row.denominator if row.has_denominator else None
	return suppression.counts_of(one.indicator.unit, row.numerator, below)


def against(one: Measure, place: str) -> str:
	"""How a directorate stands beside the nation; "" where the indicator has no direction or one of them is not known."""
	value, direction = one.values.get(place), one.indicator.direction
	if value is None or one.average is None or direction == "Neither" or place in one.hidden:
		return ""
	if value == one.average:
		return SAME
	return BETTER if (value > one.average) == (direction == "Higher") else WORSE


def lists(told: list[Measure], places: dict[str, str]) -> dict[tuple[str, str], dict]:
	"""{(indicator, directorate): list} of the rows counted above, within the reader's own list and limited to the directorate.

	Records without a unit of their own are listed only for a reader of one directorate, whose list is limited by itself.
	"""
	units, found = units_of(places), {}
	alone = bool(scope.places("Org Unit")) and list(directorates()) == list(places) and len(places) == 1
	for one in told:
		behind = dashboard.rows_behind(one.indicator.name)
		if not behind:
			continue
		placed = frappe.get_meta(behind["doctype"]).has_field("org_unit")
		for place in set(places) - one.hidden if placed or alone else ():
			narrow = {"org_unit": ["in", units[place]]} if placed else {}
			found[(one.indicator.name, place)] = behind | {"filters": behind["filters"] | narrow}
	return found


def units_of(places: dict[str, str]) -> dict[str, list[str]]:
	"""Units at and below each directorate; one query."""
	unit, above = DocType("Org Unit"), DocType("Org Unit").as_("above")
	rows = (
		frappe.qb.from_(above)
		.join(unit)
		.on((unit.lft >= above.lft) & (unit.rgt <= above.rgt))
		.select(above.name, unit.name)
		.where(above.name.isin(list(places) or [""]))
		.orderby(unit.name)
	).run()
	found: dict[str, list[str]] = {place: [] for place in places}
	for place, name in rows:
		found[place].append(name)
	return found
