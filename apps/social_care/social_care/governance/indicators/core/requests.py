"""Requests of all services: how many, in time, and what applicants think of them."""

from collections.abc import Iterator

import frappe
from frappe.query_builder.functions import IfNull
from pypika.terms import ValueWrapper

from social_care.governance.indicators import counting
from social_care.governance.indicators.cells import Cell
from social_care.governance.indicators.computations import Computation
from social_care.governance.indicators.counting import Located, one_if
from social_care.governance.indicators.periods import Period

END_OF_DAY = "23:59:59"


def of_services() -> Iterator[tuple[str, str, Located]]:
	"""(service, DocType, located rows) of every service whose requests have a table."""
	rows = frappe.get_all(  # the catalogue; figures are limited when they are read
		"Service",
		filters={"request_type": ["is", "set"]},
		fields=["name", "request_type"],
		order_by="name asc",
	)
	for row in rows:
		if frappe.db.exists("DocType", row.request_type) and frappe.db.table_exists(row.request_type):
			yield row.name, row.request_type, counting.located(row.request_type)


def _within(field, period: Period):
	return field[period.start : f"{period.until} {END_OF_DAY}"]


def transactions(period: Period) -> list[Cell]:
	"""Requests submitted in the period, by service and by channel."""
	found = []
	for service, _doctype, at in of_services():
		channel = {"channel": IfNull(at.table.channel, "")}
		cells = counting.cells(at, ValueWrapper(1), None, _within(at.table.submitted_on, period), channel)
		found += [*cells, *_as_dimension(cells, service)]
	return found


def _as_dimension(cells: list[Cell], service: str) -> list[Cell]:
	"""The same cells told by their service."""
	return [
		Cell(c.numerator, c.denominator, c.institution, c.org_unit, "service", service)
		for c in cells
		if not c.dimension
	]


def in_time(period: Period) -> list[Cell]:
	"""Requests that ended in the period without ever having been overdue, of all that ended."""
	found = []
	for service, _doctype, at in of_services():
		kept = one_if(IfNull(at.table.overdue, 0) == 0)
		cells = counting.cells(at, kept, ValueWrapper(1), _within(at.table.closed_on, period))
		found += [*cells, *_as_dimension(cells, service)]
	return found


def satisfaction(period: Period) -> list[Cell]:
	"""Stars of the requests that ended in the period and were rated."""
	found = []
	for service, _doctype, at in of_services():
		rated = _within(at.table.closed_on, period) & (IfNull(at.table.rating, 0) > 0)
		cells = counting.cells(at, at.table.rating, ValueWrapper(1), rated)
		found += [*cells, *_as_dimension(cells, service)]
	return found


COMPUTATIONS = (
	Computation("service_transactions", transactions, past=True),
	Computation("requests_in_time", in_time, past=True),
	Computation("satisfaction", satisfaction, past=True),
)


def computations() -> tuple[Computation, ...]:
	"""Hook `social_care_indicators`."""
	return COMPUTATIONS
