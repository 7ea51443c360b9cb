"""Questions to the database: which rows, what each adds, where they lie. Built with the framework's query builder."""

from dataclasses import dataclass

import frappe
from frappe.query_builder import Case, DocType
from frappe.query_builder.functions import Count, Sum
from frappe.utils import cint
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion, Function, LiteralValue, NullValue, Term

from social_care.governance.indicators.cells import Cell, Measured
from social_care.governance.indicators.periods import Period
from social_care.registry.dashboards.rows import Filters, sql

AGE_BAND = "age_band"


class Written(Criterion):
	"""A condition that the framework wrote from the filters of a list."""

	def __init__(self, text: str) -> None:
		super().__init__()
		self.text = text

	def nodes_(self):
		yield self

	def get_sql(self, **_kwargs) -> str:
		return f"({self.text.replace('%', '%%')})"


def meets(doctype: str, filters: Filters) -> Criterion:
	"""The rows that the list of the DocType shows with these filters."""
	return Written(sql(doctype, filters))


def one_if(condition: Criterion) -> Term:
	"""1 for a row that meets the condition, 0 for any other."""
	return Case().when(condition, 1).else_(0)


@dataclass(frozen=True)
class Located:
	"""A DocType's rows with the place to which they belong, as the row scope sees it."""

	query: QueryBuilder
	table: Table
	child: Table | None
	institution: Term
	org_unit: Term


def located(doctype: str) -> Located:
	"""A row's own unit and institution; else those of its child; else its institution's. Raises ValueError without any."""
	table, meta = DocType(doctype), frappe.get_meta(doctype)
	query, child = frappe.qb.from_(table), None
	if doctype != "Child" and meta.has_field("child"):
		child = DocType("Child")
		query = query.left_join(child).on(child.name == table.child)
	if doctype == "Institution":
		return Located(query, table, child, table.name, table.org_unit)
	if meta.has_field("org_unit"):
		own = table.institution if meta.has_field("institution") else NullValue()
		return Located(query, table, child, own, table.org_unit)
	if child is not None:
		return Located(query, table, child, child.institution, child.org_unit)
	if meta.has_field("institution"):
		home = DocType("Institution")
		query = query.left_join(home).on(home.name == table.institution)
		return Located(query, table, child, table.institution, home.org_unit)
	raise ValueError(f"{doctype} belongs to no place")


def cells(
	at: Located,
	numerator: Term,
	denominator: Term | None = None,
	where: Criterion | None = None,
	dimensions: dict[str, Term] | None = None,
) -> list[Cell]:
	"""Sums by place, and by place and key of each dimension; one query for each."""
	asked = {"": LiteralValue("''"), **(dimensions or {})}
	return [
		cell for name, term in asked.items() for cell in _cells(at, numerator, denominator, where, name, term)
	]


def _cells(at, numerator, denominator, where, name: str, term: Term) -> list[Cell]:
	query = at.query if where is None else at.query.where(where)
	below = NullValue() if denominator is None else Sum(denominator)
	rows = (
		query.select(at.institution.as_("institution"), at.org_unit.as_("org_unit"), term.as_("key"))
		.select(Sum(numerator).as_("above"), below.as_("below"))
		.groupby(at.institution, at.org_unit, term)
	).run(as_dict=True)
	return [
		Cell(row.above or 0, row.below, row.institution, row.org_unit, name, str(row.key or ""))
		for row in rows
	]


def measured(
	at: Located, amount: Term, where: Criterion, dimensions: dict[str, Term] | None = None
) -> list[Measured]:
	"""How many rows of each place measured each amount; rows without an amount are left out."""
	found = []
	for name, term in {"": LiteralValue("''"), **(dimensions or {})}.items():
		rows = (
			at.query.where(where & amount.isnotnull())
			.select(at.institution.as_("institution"), at.org_unit.as_("org_unit"), term.as_("key"))
			.select(amount.as_("amount"), Count("*").as_("number"))
			.groupby(at.institution, at.org_unit, term, amount)
		).run(as_dict=True)
		found += [
			Measured(row.amount, row.number, row.institution, row.org_unit, name, str(row.key or ""))
			for row in rows
		]
	return found


def together(above: list[Cell], below: list[Cell]) -> list[Cell]:
	"""A share whose two numbers come from different rows."""
	return [Cell(c.numerator, 0, c.institution, c.org_unit, c.dimension, c.key) for c in above] + [
		Cell(0, c.numerator, c.institution, c.org_unit, c.dimension, c.key) for c in below
	]


def days_between(later: Term, earlier: Term) -> Term:
	return Function("DATEDIFF", later, earlier)


def age_band(birth_date: Term, period: Period) -> Term:
	"""The band of Social Care Settings in which the age lies at the end of the period."""
	age = Function("TIMESTAMPDIFF", LiteralValue("YEAR"), birth_date, str(period.until))
	bands = Case()
	for band in frappe.get_cached_doc("Social Care Settings").age_bands:
		bands = bands.when((age >= cint(band.age_from)) & (age < cint(band.age_below)), band.band_label)
	return bands.else_("")
