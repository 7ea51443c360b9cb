"""Rights that a function of the framework needs before it runs (setup/data/framework_calls.csv), hook `auth_hooks`.

A line names the function, the DocType it works on (or @argument, where the request names it), the arguments that name
rows, and the right needed on each of these rows; several lines for a function must all hold:

	read, write, create, …   the framework's right, without row names for the DocType
	self                     the arguments name the session user
	file                     the arguments are addresses of files that the session user may open
	role:NAME                the session user holds the role
	nobody                   the function is not used here

A function that is named as an argument of another one (link search, trees) is asked for as if it were called.
"""

from collections.abc import Iterator
from functools import cache

import frappe
from frappe import _

from social_care.api.guards.request import arguments_of, command, existing_doctype, parsed
from social_care.files.sources import check_source
from social_care.setup.tables import table

OF_A_DOCUMENT = (
	"run_doc_method",
	"runserverobj",
	"frappe.handler.run_doc_method",
	"frappe.handler.runserverobj",
)
NESTED = ("args", "arg", "docs")


def check_call() -> None:
	"""Refuse a request for a function whose needs the session user does not meet."""
	name = command()
	if not name or frappe.session.user == "Administrator":
		return
	arguments = _arguments()
	for called in _called(name, arguments):
		for rule in rules().get(called, ()):
			_check(rule, arguments)


@cache
def rules() -> dict[str, list[dict[str, str]]]:
	"""Lines of the table by function."""
	found: dict[str, list[dict[str, str]]] = {}
	for row in table("framework_calls"):
		found.setdefault(row["function"], []).append(row)
	return found


def _arguments() -> list[dict]:
	"""The arguments, and those that come as a dictionary within one."""
	given = dict(frappe.form_dict) | arguments_of()
	return [given, *(inner for key in NESTED if isinstance(inner := parsed(given.get(key)), dict))]


def _called(name: str, arguments: list[dict]) -> Iterator[str]:
	yield name
	given = arguments[0]
	method = (
		given.get("run_method")
		if name.startswith("/")
		else given.get("method")
		if name in OF_A_DOCUMENT
		else ""
	)
	if method:
		yield from (f"{doctype}.{method}" for doctype in _texts(arguments, "doctype|dt"))
	for inner in arguments:
		yield from (
			value for value in inner.values() if isinstance(value, str) and value != name and value in rules()
		)


def _texts(arguments: list[dict], keys: str) -> list[str]:
	"""Texts of the arguments of these names; a list gives each of its texts, a document its name."""
	found = []
	for key in keys.split("|") if keys else ():
		for inner in arguments:
			value = parsed(inner.get(key))
			for item in value if isinstance(value, list | tuple) else [value]:
				item = item.get("name") if isinstance(item, dict) else item
				found += [str(item)] if item not in (None, "") else []
	return found


def _check(rule: dict[str, str], arguments: list[dict]) -> None:
	right, names = rule["right"], _texts(arguments, rule["names"])
	kind, _colon, role = right.partition(":")
	if right == "self":
		allowed = all(name == frappe.session.user for name in names)
	elif right == "file":
		allowed = all(check_source(name) is None for name in names)
	elif kind == "role":
		allowed = role in frappe.get_roles()
	elif right == "nobody":
		allowed = False
	else:
		allowed = all(_permitted(doctype, right, names) for doctype in _doctypes(rule, arguments))
	if not allowed:
		_refuse()


def _doctypes(rule: dict[str, str], arguments: list[dict]) -> list[str]:
	given = rule["doctype"]
	return _texts(arguments, given[1:]) if given.startswith("@") else [given]


def _permitted(doctype: str, right: str, names: list[str]) -> bool:
	if not existing_doctype(doctype):
		return True  # the framework itself has nothing to answer
	return all(frappe.has_permission(doctype, right, doc=name) for name in names or [None])


def _refuse() -> None:
	frappe.throw(_("You may not do this with this record."), frappe.PermissionError, title=_("Not Permitted"))
