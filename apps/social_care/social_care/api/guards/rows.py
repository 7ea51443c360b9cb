"""No endpoint works on a record outside the user's scope, whatever its arguments are called."""

import re
from collections.abc import Iterator
from typing import NoReturn

import frappe
from frappe import _
from frappe.utils import create_batch

from social_care.api.guards.request import command, existing_doctype, is_doctype_key, parsed
from social_care.permissions import is_scoped
from social_care.scope import condition, row_in_scope

# Endpoints that answer such a name with «nothing» instead of an error, because the desk asks them by itself.
ANSWERED_ELSEWHERE = {
	"frappe.desk.search.get_link_title",
	"frappe.desk.search.search_link",
	"frappe.desk.search.search_widget",
	"frappe.desk.link_preview.get_preview_data",
	"frappe.client.validate_link",
	"frappe.client.validate_link_and_fetch",
}
LIST_ARGUMENTS = {
	"filters",
	"or_filters",
	"fields",
	"order_by",
	"group_by",
	"doc",
	"docs",
	"current_filters",
	"user_settings",
}
NAMES_AT_ONCE = 2000
MAX_DEPTH = 8
# Arguments that name the one record a request is about, and how the desk calls records that are not saved yet.
TYPES = ("doctype", "dt", "doc")
NAMING = ("name", "docname", "dn", "path_name")
UNSAVED = re.compile(r"new|new-.*|New .*", re.DOTALL)


def check(arguments: dict) -> None:
	"""Refuse when an argument is the name of a row that exists, is scoped and is not the user's."""
	check_named(arguments)
	doctypes, names = split(arguments)
	for doctype in sorted(doctypes):
		if names and is_scoped(doctype) and not frappe.get_meta(doctype).istable and outside(doctype, names):
			refuse()


def check_named(arguments: dict) -> None:
	"""Refuse the name of a scoped row that is not the user's, be it another's or nobody's: both get the same answer."""
	doctype = next((arguments[key] for key in TYPES if existing_doctype(arguments.get(key))), "")
	if not doctype or not is_scoped(doctype):
		return
	by_filters = bool(frappe.request) and command() == "frappe.client.get" and not arguments.get("name")
	if by_filters and arguments.get("filters"):
		frappe.form_dict.name = arguments["name"] = _first_of_own(doctype, arguments)
	for name in _named(arguments):
		if not UNSAVED.fullmatch(name) and not row_in_scope(doctype, name, frappe.session.user):
			refuse()


def _named(arguments: dict) -> set[str]:
	"""Names of the records that a request is about; conditions in the place of a name are refused."""
	found = set()
	for key in NAMING:
		value = parsed(arguments.get(key))
		if isinstance(value, dict):
			refuse()
		found |= {str(name) for name in (value if isinstance(value, list) else [value]) if name}
	return found


def _first_of_own(doctype: str, arguments: dict) -> str:
	filters, parent = parsed(arguments["filters"]), arguments.get("parent")
	found = frappe.get_list(doctype, filters=filters, pluck="name", limit=1, parent_doctype=parent)
	return found[0] if found else refuse()


def refuse() -> NoReturn:
	"""The one answer about rows that are not the user's."""
	frappe.throw(
		_("You have no access to this record."), frappe.PermissionError, title=_("Outside Your Scope")
	)


def split(arguments: dict) -> tuple[set[str], list[str]]:
	"""DocTypes that the arguments name, and every other text that may be the name of a record."""
	doctypes, names = set(), set()
	for key, value in _texts(arguments):
		if is_doctype_key(key) and existing_doctype(value):
			doctypes.add(value)
		elif len(value) <= 140:
			names.add(value)
	return doctypes, sorted(names)


def _texts(arguments: dict, depth: int = 0) -> Iterator[tuple[str, str]]:
	for key, value in arguments.items():
		if depth == 0 and key in LIST_ARGUMENTS:
			continue
		yield from _flat(key, parsed(value), depth)


def _flat(key: str, value, depth: int) -> Iterator[tuple[str, str]]:
	if isinstance(value, str):
		yield key, value
	elif isinstance(value, dict) and depth < MAX_DEPTH:
		yield from _texts(value, depth + 1)
	elif isinstance(value, list | tuple):
		for item in value:
			yield from _flat(key, item, depth)


def outside(doctype: str, names: list[str]) -> bool:
	"""Whether one of the names is a row of the DocType that the session user does not reach."""
	where = condition(doctype, frappe.session.user)
	if not where:
		return False
	query = f"select 1 from `tab{doctype}` where `name` in %(names)s and not ({where}) limit 1"  # where: built by social_care.scope
	return any(frappe.db.sql(query, {"names": part}) for part in create_batch(names, NAMES_AT_ONCE))


def outside_anywhere(names: list[str]) -> bool:
	"""Whether one of the names is a row outside the session user's scope, of any DocType with a scope."""
	return any(outside(doctype, names) for doctype in scoped_doctypes())


def scoped_doctypes() -> list[str]:
	"""DocTypes with rows of their own that scope protects."""
	ours = frappe.get_all("Module Def", filters={"app_name": ["!=", "frappe"]}, pluck="name")
	kinds = {"istable": 0, "issingle": 0, "is_virtual": 0}
	names = frappe.get_all(
		"DocType", filters=kinds, or_filters={"module": ["in", ours], "custom": 1}, pluck="name"
	)
	return [name for name in names if is_scoped(name)]
