"""Who holds which role where, today: the reading side of Staff Assignment."""

from collections.abc import Iterator
from dataclasses import dataclass

import frappe
from frappe.query_builder import DocType
from frappe.utils import getdate, nowdate

UNIT, INSTITUTION, CASES = "Unit and Below", "Institution", "Assigned Cases"


@dataclass(frozen=True)
class Grant:
	"""One Staff Assignment that is valid today.

	`lft`/`rgt` bound the subtree of its unit (None for an institution); `is_root` says that the unit has no
	parent, so that the grant covers the whole country.
	"""

	role: str
	scope: str
	institution: str | None
	org_unit: str | None
	lft: int | None
	rgt: int | None
	is_root: bool


def active_grants(user: str) -> tuple[Grant, ...]:
	"""Assignments of `user` valid today, read once per request and day (so one that ends yesterday is gone today)."""
	cache = request_cache("social_care_grants")
	key = (user, nowdate())
	if key not in cache:
		cache[key] = tuple(_read(user))
	return cache[key]


def forget_grants() -> None:
	"""Drop what this request has read of assignments (after one was changed)."""
	request_cache("social_care_grants").clear()


def request_cache(name: str) -> dict:
	"""A dictionary that lives as long as the request or job."""
	if getattr(frappe.local, name, None) is None:
		setattr(frappe.local, name, {})
	return getattr(frappe.local, name)


def _read(user: str) -> list[Grant]:
	assignment, unit = DocType("Staff Assignment"), DocType("Org Unit")
	today = getdate(nowdate())
	rows = (
		frappe.qb.from_(assignment)
		.left_join(unit)
		.on(unit.name == assignment.org_unit)
		.select(
			assignment.role,
			assignment.scope,
			assignment.institution,
			assignment.org_unit,
			unit.lft,
			unit.rgt,
			unit.parent_org_unit,
		)
		.where(assignment.user == user)
		.where(assignment.valid_from <= today)
		.where(assignment.valid_to.isnull() | (assignment.valid_to >= today))
		.orderby(assignment.name)
		.run(as_dict=True)
	)
	return [_grant(row) for row in rows]


def _grant(row: dict) -> Grant:
	by_institution = row.scope == INSTITUTION
	return Grant(
		role=row.role,
		scope=row.scope,
		institution=row.institution if by_institution else None,
		org_unit=None if by_institution else row.org_unit,
		lft=None if by_institution else row.lft,
		rgt=None if by_institution else row.rgt,
		is_root=not by_institution and bool(row.org_unit) and not row.parent_org_unit,
	)


def roles_at(user: str, org_unit: str | None, institution: str | None) -> set[str]:
	"""Roles that `user` holds over the given unit or institution today, found once a request."""
	cache = request_cache("social_care_grants")
	key = (user, nowdate(), org_unit, institution)
	if key not in cache:
		cache[key] = frozenset(_roles_at(user, org_unit, institution))
	return set(cache[key])


def _roles_at(user: str, org_unit: str | None, institution: str | None) -> Iterator[str]:
	from social_care.scope import RowScope

	for grant in active_grants(user):
		if grant.scope != CASES and RowScope(user, (grant,)).covers(org_unit, institution):
			yield grant.role
