"""Indicators that an administrator defines without code: a type of records, conditions, an aggregate, a date."""

from functools import partial

import frappe
from frappe import _
from frappe.query_builder.functions import IfNull
from frappe.utils import cint
from pypika.terms import Term, ValueWrapper

from social_care.governance.indicators import counting
from social_care.governance.indicators.cells import Cell
from social_care.governance.indicators.computations import Computation
from social_care.governance.indicators.periods import Period
from social_care.registry.dashboards.rows import Filters
from social_care.registry.quality.conditions import filters_of, several
from social_care.scope import is_scoped

STATE, EVENTS, YEAR = "State on the Day", "Events of the Period", "Events of Twelve Months"
COUNT, SHARE, SUM, AVERAGE = "Count", "Share", "Sum", "Average"
NUMBERS = ("Int", "Float", "Currency", "Percent")
OF_CHILD = "child."


class IndicatorError(frappe.ValidationError):
	"""An indicator that cannot be computed as it is written."""


def refuse(sentence: str) -> None:
	frappe.throw(sentence, IndicatorError, title=_("Indicator"))


def computation(doc) -> Computation:
	"""How the indicator (document or row with its tables) is counted."""
	return Computation(
		name=doc.name,
		count=partial(count, doc),
		past=doc.counted != STATE,
		level=level_of(doc),
		opens=partial(opens, doc),
	)


def count(doc, period: Period) -> list[Cell]:
	at = counting.located(doc.record_type)
	own = filters_of(doc.record_type, rows_of(doc.conditions))
	where = counting.meets(doc.record_type, base_filters(doc, period))
	above, below = ValueWrapper(1), None
	if doc.aggregate == SHARE:
		above, below = counting.one_if(counting.meets(doc.record_type, own)), ValueWrapper(1)
	elif own:
		where &= counting.meets(doc.record_type, own)
	if doc.aggregate in (SUM, AVERAGE):
		above = IfNull(at.table[doc.value_field], 0)
		below = ValueWrapper(1) if doc.aggregate == AVERAGE else None
	return counting.cells(at, above, below, where, dimensions(doc, at, period))


def rows_of(table) -> list[dict]:
	return [{key: row.get(key) for key in ("field", "operator", "value")} for row in table or []]


def base_filters(doc, period: Period) -> Filters:
	"""Rows that are looked at: by the conditions of the base, and by the date."""
	filters = filters_of(doc.record_type, rows_of(doc.base_conditions))
	if doc.counted == EVENTS:
		filters[doc.date_field] = period.as_filter()
	elif doc.counted == YEAR:
		filters[doc.date_field] = period.year_as_filter()
	return filters


def opens(doc, period: Period) -> tuple[str, Filters]:
	"""The list of the rows counted above; of a field that stands in both, the condition of those counted above."""
	own = filters_of(doc.record_type, rows_of(doc.conditions))
	return doc.record_type, base_filters(doc, period) | own


def dimensions(doc, at: counting.Located, period: Period) -> dict[str, Term]:
	found = {}
	for name in several(doc.dimensions):
		table = at.child if name.startswith(OF_CHILD) else at.table
		field = name.removeprefix(OF_CHILD)
		is_band = field == counting.AGE_BAND
		found[field] = counting.age_band(table.birth_date, period) if is_band else IfNull(table[field], "")
	return found


PEOPLE = ("Child", "Person", "Family")


def is_personal(doctype: str) -> bool:
	"""Whether records of the type are about people. Levels of others say who keeps a field, and a figure tells of nobody."""
	links = frappe.get_meta(doctype).get_link_fields()
	return doctype in PEOPLE or any(df.options in PEOPLE for df in links)


def level_of(doc) -> int:
	"""The highest protection level among the fields that are looked at, of records about people."""
	if not is_personal(doc.record_type):
		return 0
	rows = [*rows_of(doc.base_conditions), *rows_of(doc.conditions)]
	names = {row["field"] for row in rows} | {doc.value_field, doc.date_field}
	return max((level_of_field(doc.record_type, name) for name in names if name), default=0)


def level_of_field(doctype: str, name: str) -> int:
	if name.startswith(OF_CHILD):
		doctype, name = "Child", name.removeprefix(OF_CHILD)
	df = frappe.get_meta(doctype).get_field(name)
	return cint(df.permlevel) if df and is_personal(doctype) else 0


def check_type(doctype: str | None) -> None:
	"""Records of a place are counted, no tables and no reference rows."""
	if not doctype or not frappe.db.exists("DocType", doctype):
		refuse(_("Choose the type of records that is counted."))
	meta = frappe.get_meta(doctype)
	if meta.istable or meta.issingle or not is_scoped(doctype):
		refuse(_("Records of this type belong to no place, so they are not counted: {0}.").format(_(doctype)))
	try:
		counting.located(doctype)
	except ValueError:
		refuse(_("Records of this type belong to no place, so they are not counted: {0}.").format(_(doctype)))


def check_date(doc) -> None:
	if doc.counted == STATE:
		return
	df = frappe.get_meta(doc.record_type).get_field(doc.date_field or "")
	if not df or df.fieldtype not in ("Date", "Datetime"):
		refuse(_("Events are counted by a date: choose a date field of the record."))


def check_value(doc) -> None:
	if doc.aggregate not in (SUM, AVERAGE):
		return
	df = frappe.get_meta(doc.record_type).get_field(doc.value_field or "")
	if not df or df.fieldtype not in NUMBERS:
		refuse(_("Sums and averages are taken of a number: choose a number field of the record."))


def check_dimensions(doc) -> None:
	for name in several(doc.dimensions):
		of_child = name.startswith(OF_CHILD)
		meta = frappe.get_meta("Child" if of_child else doc.record_type)
		field = name.removeprefix(OF_CHILD)
		known = meta.has_field("birth_date" if field == counting.AGE_BAND else field)
		if not known or (of_child and not frappe.get_meta(doc.record_type).has_field("child")):
			refuse(_("{0} is no field of the record.").format(name))
		df = meta.get_field(field)
		if df and df.fieldtype not in ("Select", "Link", "Check"):
			refuse(_("Figures are told by fields with a choice of values; {0} is none.").format(_(df.label)))
