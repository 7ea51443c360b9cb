"""Beneficiaries who are moved: taken into the programme of the campaign once, and out of the one they came from."""

import frappe
from frappe.utils import getdate

from social_care.cash_support.storing import insert, look_up

ENROLMENT = "Support Enrolment"
COLUMNS = ("full_name", "national_number", "birth_date", "person", "org_unit", "governorate", "batch")
THERE = """select `national_number` from `tabSupport Enrolment`
	where `programme` = %(programme)s and `national_number` in %(keys)s"""


def enrol(rows: list[frappe._dict], decision: frappe._dict) -> set[str]:
	"""Take the rows into the programme; names of those whose number is in it already, which stay where they are."""
	source, target = frappe.db.get_value(
		"Beneficiary Review Campaign", decision.campaign, ["source_programme", "target_programme"]
	)
	numbers = [row.national_number for row in rows if row.national_number]
	there = {number for (number,) in look_up(THERE, numbers, programme=target)} if numbers else set()
	fresh = [row for row in rows if not row.national_number or not _again(row.national_number, there)]
	insert(ENROLMENT, _columns(), [_record(row, decision, target) for row in fresh])
	_end_source(fresh, source, decision)
	return {row.name for row in rows} - {row.name for row in fresh}


def _columns() -> tuple[str, ...]:
	return (
		"name",
		"creation",
		"modified",
		"owner",
		"modified_by",
		"programme",
		"valid_from",
		"review",
		*COLUMNS,
	)


def _record(row: frappe._dict, decision: frappe._dict, target: str) -> tuple:
	at, user = decision.decided_on, decision.decided_by
	own = (f"{row.name}-M", at, at, user, user, target, getdate(at), row.name)
	return own + tuple(row[column] or None for column in COLUMNS)


def _end_source(rows: list[frappe._dict], source: str, decision: frappe._dict) -> None:
	numbers = [row.national_number for row in rows if row.national_number]
	if numbers:
		where = {"programme": source, "national_number": ["in", numbers], "valid_to": ["is", "not set"]}
		frappe.db.set_value(ENROLMENT, where, "valid_to", getdate(decision.decided_on))


def _again(number: str, seen: set[str]) -> bool:
	if number in seen:
		return True
	seen.add(number)
	return False
