"""How many rows a list has: no further than a number, as a list shows it, or all of them.

What alternatives open is counted alternative by alternative: each ends as soon as it has the number, where a condition over all of them
would first collect everything that the reader reaches.
"""

from collections.abc import Callable

import frappe
from frappe.desk.reportview import build_match_conditions

from social_care.scope.conditions import condition, reached_names
from social_care.scope.reach import RowScope, row_scope
from social_care.scope.rules import lists_names, scope_rule
from social_care.scope.searching import PLACES, asked_from, search_of, words_of

READING = ("read", "select")


def counted_up_to(doctype: str, filters: list | dict, query: Callable[[], str], most: int) -> int:
	"""Rows of `query`, which selects names of `doctype` for the session user by filters, counted no further than `most`."""
	selects = []
	for alternative in range(0) if words_of(doctype, filters) else alternatives(doctype):
		with asked_from(PLACES, doctype, alternative=alternative):
			selects.append(query())
		if len(selects) == 1 and _counted(selects, most) == most:
			return most
	if not selects:
		with asked_from(*search_of(doctype, filters)):
			selects = [query()]
	return _counted(selects, most)


def _counted(selects: list[str], most: int) -> int:
	limited = " union ".join(f"({select} limit {most})" for select in selects)
	counted = f"select count(*) from ({limited} limit {most}) `counted`"  # built by the framework
	return frappe.db.sql(counted)[0][0]


def alternatives(doctype: str) -> range:
	"""Ways by which the session user reaches rows that other rows name; none where he is not limited by them."""
	return range(len(parts_of(doctype))) if _scope_with_places(doctype) else range(0)


def reached(doctype: str) -> int | None:
	"""All rows that the session user reaches, counted by their names at his places; None where that does not tell."""
	scope = _scope_with_places(doctype) if frappe.has_permission(doctype, "read") else None
	names = reached_names(doctype, parts_of(doctype), scope) if scope else None
	if not names or not _nothing_besides(doctype):
		return None
	return frappe.db.sql(f"select count(distinct nullif(`name`, '')) from ({names}) `reached`")[0][
		0
	]  # built by this package


def _nothing_besides(doctype: str) -> bool:
	"""Whether the scope alone limits the session user's list: no other app, no share and no User Permission."""
	where = condition(doctype, frappe.session.user, side=PLACES)
	with asked_from(PLACES):
		limits = build_match_conditions(doctype)
	return str(limits).strip("()") == where.strip("()")


def parts_of(doctype: str) -> list[dict]:
	"""The alternatives of a DocType's rule, where other rows open some of its rows by naming them."""
	parts = (scope_rule(doctype) or {}).get("any", [])
	return parts if any(map(lists_names, parts)) else []


def limiting_scope(doctype: str) -> RowScope | None:
	"""The session user's scope, where such alternatives limit him."""
	if not parts_of(doctype) or frappe.session.user == "Administrator":
		return None
	scope = row_scope(frappe.session.user, doctype, READING)
	return None if scope.everywhere else scope


def _scope_with_places(doctype: str) -> RowScope | None:
	scope = limiting_scope(doctype)
	return scope if scope and scope.grants else None
