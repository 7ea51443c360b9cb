"""The side from which one page of a list is read, by how much of the table its reader reaches.

Row by row a page is full after about (page × rows of the table ÷ rows reached) rows; from the places every row reached is
read. The two are equal where the rows reached are the root of page × rows.
"""

import re
from math import isqrt

import frappe

from social_care.scope import conditions
from social_care.scope.counting import limiting_scope, parts_of
from social_care.scope.reach import RowScope
from social_care.scope.rules import lists_names
from social_care.scope.searching import EITHER, PLACES, ROWS

PAGE = 20  # rows of a list
ORDER = re.compile(r"^\W*(?:tab[^`]+`\.`)?(?P<field>\w+)")
WALKED = {"name", "modified", "creation"}  # the framework's own indexes that give an order


def side_of_page(doctype: str, order_by: str | None, start: int = 0) -> str:
	"""Where the session user's page of `doctype` begins that follows `start` rows. One small count, and that only for what
	alternatives open."""
	scope = limiting_scope(doctype)
	if not scope:
		return EITHER
	if not in_order(doctype, order_by):
		return PLACES
	most = isqrt((start + PAGE) * rows_of(doctype))
	return (
		ROWS
		if any(reaches_more(part, scope, most) for part in parts_of(doctype) if lists_names(part))
		else PLACES
	)


def in_order(doctype: str, order_by: str | None) -> bool:
	"""Whether an index gives the order of a page, so that reading ends when the page is full."""
	found = ORDER.match(order_by or "modified")
	if not found:
		return False
	field = frappe.get_meta(doctype).get_field(found["field"])
	return found["field"] in WALKED or bool(field and field.search_index)


def rows_of(doctype: str) -> int:
	"""About how many rows a table has, as the database knows without counting."""
	tables = (
		"select table_rows from information_schema.tables where table_schema = database() and table_name = %s"
	)
	return int((frappe.db.sql(tables, f"tab{doctype}") or [[0]])[0][0] or 0)


def reaches_more(rule: dict, scope: RowScope, most: int) -> bool:
	"""Whether more than `most` rows open something by a rule; counted no further."""
	names = conditions.opened_names(rule, scope)
	counted = f"select count(*) from (select 1 from ({names} limit {most + 1}) `opened`) `reached`"  # built by this package
	return bool(names) and frappe.db.sql(counted)[0][0] > most
