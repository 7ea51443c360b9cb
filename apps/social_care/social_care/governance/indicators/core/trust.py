"""Whether data can be trusted: confirmed lately, entered where there are devices, read by whom."""

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, IfNull
from frappe.utils import add_days
from pypika.terms import ExistsCriterion, ValueWrapper

from social_care.governance.indicators import counting
from social_care.governance.indicators.cells import Cell, Measured
from social_care.governance.indicators.computations import Computation
from social_care.governance.indicators.counting import one_if
from social_care.governance.indicators.periods import Period

RECENT = 30  # days


def recently_confirmed(period: Period) -> list[Cell]:
	"""Operating institutions, and of them those that signed the confirmation of their data in the last 30 days."""
	at, signed = counting.located("Institution"), DocType("Institution Confirmation")
	rows = frappe.qb.from_(signed).select(signed.name).where(signed.institution == at.table.name)
	rows = rows.where((signed.status == "Signed") & (signed.signed_on >= add_days(period.until, -RECENT)))
	return counting.cells(at, one_if(ExistsCriterion(rows)), ValueWrapper(1), at.table.status == "Operating")


def without_computers(_period: Period) -> list[Cell]:
	"""Units and institutions whose newest survey found no working computer."""
	at, later = counting.located("Readiness Survey"), DocType("Readiness Survey").as_("later")
	newer = frappe.qb.from_(later).select(later.name).where(later.org_unit == at.table.org_unit)
	newer = newer.where(IfNull(later.institution, "") == IfNull(at.table.institution, ""))
	newer = newer.where(
		(later.surveyed_on > at.table.surveyed_on)
		| ((later.surveyed_on == at.table.surveyed_on) & (later.creation > at.table.creation))
	)
	where = (IfNull(at.table.working_computers, 0) == 0) & ExistsCriterion(newer).negate()
	return counting.cells(at, ValueWrapper(1), None, where)


def device_days(period: Period) -> list[Measured]:
	"""Days from a request of a device to its confirmed receipt, of what was received in the period."""
	at = counting.located("Device Request")
	days = counting.days_between(at.table.received_on, at.table.requested_on)
	where = at.table.received_on[period.start : period.until]
	return counting.measured(at, days, where, {"device_kind": IfNull(at.table.device_kind, "")})


def file_reads(period: Period) -> list[Cell]:
	"""Entries of the read log about files of children, by channel; a figure of the nation alone."""
	log = DocType("Read Log")
	rows = (
		frappe.qb.from_(log)
		.select(log.channel, Count("*"))
		.where(log.read_at[period.start : f"{period.until} 23:59:59"])
		.where((log.record_type == "Child") | (IfNull(log.child, "") != ""))
		.groupby(log.channel)
	).run()
	return [Cell(number) for _channel, number in rows] + [
		Cell(number, dimension="channel", key=channel or "") for channel, number in rows
	]


COMPUTATIONS = (
	Computation("recently_confirmed", recently_confirmed),
	Computation("places_without_computers", without_computers),
	Computation("device_days", device_days, past=True),
	Computation("file_reads", file_reads, past=True),
)


def computations() -> tuple[Computation, ...]:
	"""Hook `social_care_indicators`."""
	return COMPUTATIONS
