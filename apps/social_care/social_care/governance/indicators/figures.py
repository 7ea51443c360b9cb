"""The values of a reader: at the highest of his places, with their course, and whole only where he may know them whole."""

from collections import defaultdict
from dataclasses import dataclass, field

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, Max, Sum
from frappe.utils import add_months, cint, flt, nowdate
from pypika.terms import Criterion

from social_care.governance.indicators import cells, keeping, reading, suppression
from social_care.governance.indicators.counting import Written
from social_care.organisation.grants import CASES, active_grants
from social_care.registry import figures

MONTHS = 13  # of the course
LONGEST = 400  # periods, of daily values


@dataclass
class Point:
	"""One period of an indicator at the reader's place."""

	start: str
	end: str
	numerator: float
	denominator: float | None
	value: float | None
	as_of: str


@dataclass
class Told:
	"""An indicator as its reader sees it. `small`: a number that tells of few, which he is not told."""

	indicator: dict
	points: list[Point] = field(default_factory=list)
	small: bool = False

	@property
	def latest(self) -> Point | None:
		return self.points[-1] if self.points else None


def of_reader(until: str | None = None) -> list[Told]:
	"""All indicators in use, by code, with their values at the session user's highest place; four queries.

	With `until` as that day knew them: of periods that had begun.
	"""
	rows = frappe.get_all(  # what is measured, which everybody may read
		keeping.INDICATOR,
		filters={"disabled": 0},
		fields=["*"],
		order_by="name asc",
	)
	points = _with_noughts(_points(_highest(), str(until or nowdate())), rows, str(until or nowdate()))
	levels = readable_levels()
	below = cint(frappe.get_cached_doc("Social Care Settings").print_small_numbers_below)
	return [_told(row, points.get(row.name, []), levels, below) for row in rows]


def _with_noughts(points: dict[str, list[Point]], rows: list[dict], until: str) -> dict[str, list[Point]]:
	"""A number of which the country was counted and nothing lies at the reader's place is nought there, not unknown."""
	missing = [row.name for row in rows if row.unit == cells.NUMBER and row.name not in points]
	if not missing:
		return points
	value = DocType(keeping.VALUE)
	nation = _points((value.place_level == cells.NATION) & value.indicator.isin(missing), until)
	return points | {
		code: [Point(last.start, last.end, 0, None, 0, last.as_of)]
		for code, (*_earlier, last) in nation.items()
	}


def readable_levels() -> set[int]:
	"""Levels whose numbers the session user is told whole; none for whoever opens no files."""
	return reading.levels() if frappe.has_permission("Child", "read") else set()


def _told(row: dict, points: list[Point], levels: set[int], below: int) -> Told:
	if not points or cint(row.level) in levels or frappe.session.user == "Administrator":
		return Told(row, points)
	last = points[-1]
	small = suppression.is_small(suppression.counts_of(row.unit, last.numerator, last.denominator), below)
	kept = [] if small else [point for point in points if not _is_small(row.unit, point, below)]
	return Told(row, [last] if small else kept, small)


def _is_small(unit: str, point: Point, below: int) -> bool:
	return suppression.is_small(suppression.counts_of(unit, point.numerator, point.denominator), below)


def _highest() -> Criterion:
	"""Rows of the values that are the reader's own: of the nation, of his directorates, or of institutions at his places."""
	value = DocType(keeping.VALUE)
	user = frappe.session.user
	grants = [grant for grant in active_grants(user) if grant.scope != CASES]
	if user == "Administrator" or any(grant.is_root for grant in grants):
		return value.place_level == cells.NATION
	units = [grant.org_unit for grant in grants if grant.org_unit]
	directorates = frappe.get_all(
		"Org Unit", {"name": ["in", units or [""]], "level": cells.DIRECTORATE}, pluck="name", order_by=None
	)
	if directorates:
		return (value.place_level == cells.DIRECTORATE) & value.org_unit.isin(directorates)
	return (value.place_level == cells.INSTITUTION) & Written(figures.places(keeping.VALUE))


def _points(where: Criterion, until: str) -> dict[str, list[Point]]:
	"""Values without a dimension of the present versions, the earliest first; one query."""
	value, indicator = DocType(keeping.VALUE), DocType(keeping.INDICATOR)
	rows = (
		frappe.qb.from_(value)
		.join(indicator)
		.on((indicator.name == value.indicator) & (indicator.version == value.version))
		.select(value.indicator, indicator.unit, value.period_start, value.period_end)
		.select(Sum(value.numerator).as_("numerator"), Sum(value.denominator).as_("denominator"))
		.select(Max(value.has_denominator).as_("has_denominator"), Max(value.as_of).as_("as_of"))
		.select(
			Max(value.value).as_("value"), Max(value.has_value).as_("has_value"), Count("*").as_("places")
		)
		.where((value.dimension == "") & where)
		.where((value.period_end >= add_months(until, -MONTHS)) & (value.period_start <= until))
		.groupby(value.indicator, indicator.unit, value.period_start, value.period_end)
		.orderby(value.period_end)
	).run(as_dict=True)
	found = defaultdict(list)
	for row in rows:
		found[row.indicator].append(_point(row))
	return {code: points[-LONGEST:] for code, points in found.items()}


def _point(row: dict) -> Point:
	denominator = flt(row.denominator) if row.has_denominator else None
	if row.places == 1:
		value = flt(row.value) if row.has_value else None
	else:  # several places are one place of the reader; a median of several is not known
		value = None if row.unit == "Days" else cells.value_of(row.unit, flt(row.numerator), denominator)
	return Point(
		*(str(row.period_start), str(row.period_end), flt(row.numerator), denominator, value, str(row.as_of))
	)
