"""Files that are open to a user beyond his places, now: emergency accesses of his own, and grants to the unit he works at.

The scope asks for them where it asks for the right to read, and nowhere else (`social_care.scope.conditions`). An access is
counted from `opens_at` to `closes_at` at every request, so it ends by itself; what is asked, refused or revoked opens nothing,
nor does the leave of a unit to which the file no longer belongs.
"""

from collections.abc import Iterable
from dataclasses import replace

import frappe
from frappe.query_builder.functions import Coalesce
from frappe.utils import now_datetime
from pypika.terms import Criterion

from social_care.organisation.grants import CASES, Grant, active_grants, request_cache
from social_care.reading.log import Reading

GRANT = "File Access Grant"
ASKED, OPEN, REFUSED, REVOKED = "Asked", "Open", "Refused", "Revoked"
EMERGENCY, BETWEEN_UNITS = "Emergency", "Between Units"


def files(user: str) -> dict[str, str]:
	"""{child: access} of what is open to the user at this moment; one query a request, none without an assignment."""
	cache = request_cache("social_care_grants")  # forgotten with the assignments
	key = ("opened", user)
	if key not in cache:
		cache[key] = _read(user) if active_grants(user) else {}
	return cache[key]


def _read(user: str) -> dict[str, str]:
	table, now = frappe.qb.DocType(GRANT), now_datetime()
	units, institutions = _places(user)
	mine = (table.kind == EMERGENCY) & (table.asked_by == user)
	ours = (table.kind == BETWEEN_UNITS) & (
		table.asking_unit.isin(units or [""])
		& (table.asking_institution.isnull() | (table.asking_institution == ""))
		| table.asking_institution.isin(institutions or [""])
	)
	child = frappe.qb.DocType("Child")
	rows = (
		frappe.qb.from_(table)
		.join(child)
		.on((child.name == table.child) & (child.org_unit == table.owner_unit))
		.select(table.child, table.name)
		.where(Coalesce(child.institution, "") == Coalesce(table.owner_institution, ""))
		.where(table.state == OPEN)
		.where((table.opens_at <= now) & (table.closes_at > now))
		.where(mine | ours)
		.where(_decided(table))
		.orderby(table.name)
		.run()
	)
	return dict(rows)


def _decided(table) -> Criterion:
	"""Somebody else decided; of emergencies only where the settings ask for it."""
	by_another = (Coalesce(table.decided_by, "") != "") & (table.decided_by != table.asked_by)
	if frappe.get_cached_doc("Reading Control Settings").emergency_approval:
		return by_another
	return by_another | (table.kind == EMERGENCY)


def asking_place(user: str) -> tuple[str, str | None]:
	"""Unit and institution of the narrowest assignment by which the user reads children's files."""
	grants = _reading(user)
	grant = min(
		grants, key=lambda one: (not one.institution, (one.rgt or 0) - (one.lft or 0), one.org_unit or "")
	)
	if not grant.institution:
		return grant.org_unit, None
	return frappe.db.get_value("Institution", grant.institution, "org_unit"), grant.institution


def _places(user: str) -> tuple[list[str], list[str]]:
	"""Units and institutions at which the user has an assignment that reads children's files."""
	grants = _reading(user)
	units = [grant.org_unit for grant in grants if grant.org_unit]
	return units, [grant.institution for grant in grants if grant.institution]


def _reading(user: str) -> list[Grant]:
	readers = {row.role for row in frappe.get_meta("Child").permissions if row.read and not row.permlevel}
	return [grant for grant in active_grants(user) if grant.role in readers and grant.scope != CASES]


def reads_files(user: str) -> bool:
	"""Whether one of the user's assignments reads children's files somewhere."""
	return bool(_reading(user))


def marked(readings: list[Reading]) -> list[Reading]:
	"""The readings with the access by which a file was read that the reader's own assignments do not open."""
	accesses = beyond(reading.child for reading in readings)
	return [replace(row, access=accesses.get(row.child, "")) for row in readings] if accesses else readings


def beyond(children: Iterable[str]) -> dict[str, str]:
	"""{child: access} of those files that the session user's own assignments do not open."""
	from social_care.scope import row_in_scope

	user, wanted = frappe.session.user, set(children)
	return {
		child: access
		for child, access in (files(user) if user != "Administrator" else {}).items()
		if child in wanted and not row_in_scope("Child", child, user, opened=False)
	}
