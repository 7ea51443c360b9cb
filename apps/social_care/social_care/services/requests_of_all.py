"""What reports over the requests of services share: which rows the reader counts, whose they are, of which days."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.model.db_query import DatabaseQuery
from frappe.utils import add_days, add_months, format_date, getdate, nowdate
from pypika.queries import QueryBuilder
from pypika.terms import Criterion, PseudoColumn, Term

from social_care.services import versions

MOST_UNITS = 100  # of one row, so that its list can still be asked for by their names


class PeriodError(frappe.ValidationError):
	"""A period that ends before it begins."""


@dataclass(frozen=True)
class Period:
	"""Days from the first to the last, both counted."""

	first: date
	last: date

	@classmethod
	def of(cls, filters: dict) -> "Period":
		"""The days of the filters; the last twelve months where none are given. Raises PeriodError."""
		last = getdate(filters.get("to_date") or nowdate())
		first = getdate(filters.get("from_date") or add_months(last, -12))
		if first > last:
			frappe.throw(_("The period ends before it begins."), PeriodError, title=_("Period"))
		return cls(first, last)

	def holds(self, moment: Term) -> Criterion:
		"""Whether a moment lies in the period."""
		return (moment >= self.first) & (moment < add_days(self.last, 1))

	def as_filter(self) -> list:
		"""The same days as a filter of a list."""
		return ["between", [str(self.first), str(self.last)]]

	def spoken(self) -> str:
		return _("From {0} to {1}").format(format_date(self.first), format_date(self.last))


def services_read(conditions: dict[str, Any]) -> list[dict]:
	"""Published services of the catalogue whose requests the reader sees: {"name", "service_name", "request_type"}."""
	rows = frappe.get_list(
		"Service",
		filters={"request_type": ["is", "set"], "published_version": [">", 0], **conditions},
		fields=["name", "service_name", "request_type"],
		order_by="name asc",
		limit_page_length=0,
	)
	return [row for row in rows if frappe.has_permission(row.request_type, "read")]


def of_reader(query: QueryBuilder, doctype: str) -> QueryBuilder:
	"""The query over the reader's list alone, by the framework's own conditions of the list."""
	own = DatabaseQuery(doctype).build_match_conditions(as_condition=True)
	return query.where(PseudoColumn(f"({own.replace('%', '%%')})")) if own else query


def packs(services: list[str]) -> dict[str, list[dict]]:
	"""Every version that requests may have begun under, the oldest first; one query for all services."""
	rows = frappe.get_all(  # definitions of services hold nobody's data
		"Service Pack",
		filters={"service": ["in", services], "status": ["in", ["Published", "Superseded", "Withdrawn"]]},
		fields=["service", "version"],
		order_by="service asc, version asc",
	)
	found: dict[str, list[dict]] = {service: [] for service in services}
	for row in rows:
		found[row.service].append(versions.at(row.service, row.version))
	return found


def units(names: set[str]) -> dict[str, dict]:
	"""{unit: {"unit_name", "governorate", "governorate_name"}} of units whose requests the reader has counted."""
	governorates = dict(
		frappe.get_all("Governorate", fields=["name", "governorate_name"], as_list=True, order_by=None)
	)
	rows = frappe.get_all(  # names of the offices that stand on the reader's own requests
		"Org Unit",
		filters={"name": ["in", sorted(names)]},
		fields=["name", "unit_name", "governorate"],
		order_by=None,
	)
	return {row.name: row | {"governorate_name": governorates.get(row.governorate, "")} for row in rows}


def of_governorate(rows: list[dict], governorate: str | None) -> list[dict]:
	"""Those of the counted rows whose `org_unit` lies there; all of them where no governorate is named."""
	if not governorate:
		return rows
	named = units({row.org_unit for row in rows if row.org_unit})
	return [row for row in rows if named.get(row.org_unit, {}).get("governorate") == governorate]


def governorate_fact(governorate: str | None) -> list[list[str]]:
	"""The line of a print that says to which governorate it is limited; none where it is not."""
	if not governorate:
		return []
	return [[_("Governorate"), frappe.db.get_value("Governorate", governorate, "governorate_name")]]


def open_list(doctype: str, filters: dict[str, Any], offices: set[str]) -> dict | None:
	"""The list behind a number of the reader's requests; None where it has too many offices to be asked for."""
	if not offices or None in offices or len(offices) > MOST_UNITS:
		return None
	return {"doctype": doctype, "filters": {"org_unit": ["in", sorted(offices)], **filters}}
