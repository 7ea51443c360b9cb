"""The rows that the holder of Staff Assignments reaches."""

from dataclasses import dataclass
from functools import cached_property

import frappe

from social_care.organisation.grants import CASES, Grant, active_grants, request_cache

NOTHING = "1=0"
READING = frozenset(("read", "select", "print"))
NAMED_UNITS = 500  # of a directorate there are less than that


def escape(value: str) -> str:
	return frappe.db.escape(value, percent=False)


@dataclass(frozen=True)
class RowScope:
	"""The rows that a set of grants reaches together."""

	user: str
	grants: tuple[Grant, ...]
	opened: bool = False  # what is asked for is to read, so files opened to the user beyond his places count

	@cached_property
	def everywhere(self) -> bool:
		return any(grant.is_root and grant.scope != CASES for grant in self.grants)

	def sql(self, table: str, rule: dict) -> str:
		"""Condition on `table` for a rule of columns; "" when nothing is restricted."""
		if self.everywhere:
			return ""
		parts = [part for grant in self.grants if (part := self._part(table, rule, grant))]
		return f"({' or '.join(dict.fromkeys(parts))})" if parts else NOTHING

	def _part(self, table: str, rule: dict, grant: Grant) -> str:
		if grant.institution:
			column = rule.get("institution")
			return f"`tab{table}`.`{column}` = {escape(grant.institution)}" if column else ""
		if grant.lft is None or not (rule.get("unit") or rule.get("institution")):
			return ""
		units = units_below(int(grant.lft), int(grant.rgt))
		if rule.get("unit"):
			within = f"`tab{table}`.`{rule['unit']}` in {units}"
		else:  # a row with an institution alone belongs to the institution's unit
			places = f"(select `name` from `tabInstitution` where `org_unit` in {units})"
			within = f"`tab{table}`.`{rule['institution']}` in {places}"
		if grant.scope != CASES:
			return within
		return (
			f"({within} and `tab{table}`.`{rule['cases']}` = {escape(self.user)})"
			if rule.get("cases")
			else ""
		)

	def covers(self, org_unit: str | None, institution: str | None, case_manager: str | None = None) -> bool:
		"""Whether a row with these values is inside. An institution counts with its own unit, whatever the row says."""
		if self.everywhere:
			return True
		units = {org_unit} - {None, ""}
		if institution:
			units.add(frappe.db.get_value("Institution", institution, "org_unit"))
		if units and all(self._covers_unit(unit, case_manager) for unit in units):
			return True
		return bool(institution) and any(grant.institution == institution for grant in self.grants)

	def _covers_unit(self, unit: str, case_manager: str | None) -> bool:
		lft, rgt = frappe.db.get_value("Org Unit", unit, ["lft", "rgt"]) or (None, None)
		return any(
			grant.lft is not None and lft is not None and grant.lft <= lft and rgt <= grant.rgt
			for grant in self.grants
			if grant.scope != CASES or case_manager == self.user
		)


def units_below(lft: int, rgt: int) -> str:
	"""The units of a subtree for `in`: by their names, read once a request, so that the database sees which rows are meant
	and reads a list by its order; a subtree that is too large for that as a query."""
	cache = request_cache("social_care_grants")
	key = ("units", lft, rgt)
	if key not in cache:
		cache[key] = frappe.db.sql(
			"select `name` from `tabOrg Unit` where `lft` >= %s and `rgt` <= %s order by `lft` limit %s",
			(lft, rgt, NAMED_UNITS + 1),
			pluck=True,
		)
	names = cache[key]
	if not names or len(names) > NAMED_UNITS:
		return f"(select `name` from `tabOrg Unit` where `lft` >= {lft} and `rgt` <= {rgt})"
	return f"({', '.join(escape(name) for name in names)})"


def row_scope(user: str, doctype: str, ptypes: tuple[str, ...], opened: bool = True) -> RowScope:
	"""Scope from those assignments whose role has one of `ptypes` on `doctype`: a right is worth only where it was given.

	`opened` lets files count that are open to the user beyond his places, where `ptypes` are rights to read.
	"""
	meta = frappe.get_meta(doctype)
	able = {
		row.role for row in meta.permissions if not row.permlevel and any(row.get(ptype) for ptype in ptypes)
	}
	grants = tuple(grant for grant in active_grants(user) if grant.role in able)
	return RowScope(user, grants, opened and READING.issuperset(ptypes))
