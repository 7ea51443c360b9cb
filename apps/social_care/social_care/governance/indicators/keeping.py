"""Values of indicators as they are kept: one row a place, period, dimension and version of the definition."""

import hashlib
from collections.abc import Iterator

import frappe
from frappe.utils import cint, now
from pypika.terms import Function

from social_care.governance.indicators import cells, declared, periods
from social_care.governance.indicators.cells import Figure, Tree
from social_care.governance.indicators.computations import Computation, named
from social_care.governance.indicators.periods import Period

INDICATOR, VALUE = "Indicator", "Indicator Value"
NAMED, BY_CONDITIONS, NOT_YET = "Named Computation", "Counted by Conditions", "Not Yet Measurable"
PAST_PERIODS = 12  # counted afterwards, where the settings say nothing
AT_ONCE = 1000
COLUMNS = (
	*("name", "creation", "modified", "owner", "modified_by", "indicator", "version", "period_start"),
	*("period_end", "place_level", "org_unit", "institution", "governorate", "dimension", "dimension_value"),
	*("numerator", "denominator", "has_denominator", "value", "has_value", "as_of", "level"),
)


def computation_of(doc) -> Computation | None:
	"""How an indicator is counted on this site; None where it is not measured, or the app that counts it is not here."""
	if doc.kind == BY_CONDITIONS:
		return declared.computation(doc)
	return named().get(doc.computation_name or "") if doc.kind == NAMED else None


def compute(code: str, tree: Tree | None = None) -> int:
	"""Count an indicator for the running period, and once for those that are over; the number of rows written."""
	doc = frappe.get_cached_doc(INDICATOR, code)
	how = computation_of(doc)
	if not how:
		return 0
	tree = tree or Tree()
	return sum(write(doc, how, period, tree) for period in due(doc, how))


def due(doc, how: Computation) -> Iterator[Period]:
	"""The running period; those over that can still be counted and were not since they ended."""
	running = periods.period_of(doc.frequency, frappe.utils.nowdate())
	yield running
	if not how.past:
		return
	number = cint(frappe.get_cached_doc("Social Care Settings").indicator_past_periods) or PAST_PERIODS
	over = periods.before(doc.frequency, running, number)
	counted = _counted_after(doc, over[-1].start) if over else set()
	yield from (period for period in over if str(period.end) not in counted)


def _counted_after(doc, first) -> set[str]:
	"""Last days of periods that were counted when they were over."""
	value = frappe.qb.DocType(VALUE)
	rows = (
		frappe.qb.from_(value)
		.select(value.period_end)
		.distinct()
		.where((value.indicator == doc.name) & (value.version == doc.version) & (value.period_end >= first))
		.where(value.place_level == cells.NATION)
		.where(Function("DATE", value.as_of) > value.period_end)
	)
	return {str(end) for (end,) in rows.run()}


def write(doc, how: Computation, period: Period, tree: Tree) -> int:
	"""The figures of one period in place of those that were kept of it."""
	found = cells.figures(how.count(period), doc.unit, tree)
	kept = {"indicator": doc.name, "version": doc.version, "period_end": period.end}
	frappe.db.delete(VALUE, kept)
	rows = list(_rows(doc, how, period, found))
	for first in range(0, len(rows), AT_ONCE):
		frappe.db.bulk_insert(VALUE, COLUMNS, rows[first : first + AT_ONCE])
	return len(rows)


def _rows(doc, how: Computation, period: Period, found: list[Figure]) -> Iterator[tuple]:
	moment = now()
	for one in found:
		where = (doc.name, doc.version, period.end, one.level, one.org_unit, one.institution or "")
		text = "|".join(map(str, (*where, one.dimension, one.key)))
		name = hashlib.sha256(text.encode()).hexdigest()[:20]
		level = max(how.level, _dimension_level(doc, one.dimension))
		yield (
			*(name, moment, moment, "Administrator", "Administrator", doc.name, doc.version, period.start),
			*(period.end, one.level, one.org_unit, one.institution, one.governorate, one.dimension),
			*(one.key[:140], one.numerator, one.denominator or 0, int(one.denominator is not None)),
			*(one.value or 0, int(one.value is not None), moment, level),
		)


def _dimension_level(doc, dimension: str) -> int:
	"""Who is told a figure by a field of the file has to read the field."""
	if not dimension or dimension == cells.CENTILE:
		return 0
	doctype = doc.record_type if doc.kind == BY_CONDITIONS else "Child"
	own = declared.level_of_field(doctype, dimension)
	return max(own, declared.level_of_field("Child", dimension))


def thin() -> None:
	"""Of daily and weekly values older than the settings say, the last one of each month is kept."""
	months = cint(frappe.get_cached_doc("Social Care Settings").indicator_daily_months)
	if not months:
		return
	often = frappe.get_all(INDICATOR, {"frequency": ["in", [periods.DAILY, periods.WEEKLY]]}, pluck="name")
	days = frappe.get_all(  # facts about the site; who is told what is decided when values are read
		VALUE,
		{
			"indicator": ["in", often or [""]],
			"place_level": cells.NATION,
			"dimension": "",
			"period_end": ["<", frappe.utils.add_months(frappe.utils.nowdate(), -months)],
		},
		["indicator", "version", "period_end"],
		order_by="period_end asc",
	)
	last = {(row.indicator, row.version, str(row.period_end)[:7]): row.period_end for row in days}
	for row in days:
		if row.period_end != last[(row.indicator, row.version, str(row.period_end)[:7])]:
			frappe.db.delete(VALUE, dict(row))
