"""Which endpoints are open to whom: everything that is not on the list is closed to guests, citizens and staff.

The list is `setup/data/endpoints.csv`: a dotted method, a short command or a page (`/login`), the lowest kind of user
it is open to, whether a link (GET) may call it, and why. Other apps add their own by the hook `social_care_endpoints`;
a whitelisted function of an app other than the framework is open to staff without being listed.
"""

from collections.abc import Iterator
from functools import cache

import frappe
from frappe import _
from frappe.model.base_document import get_controller

from social_care.api.guards import log
from social_care.api.guards.request import (
	RECORD_PATHS,
	existing_doctype,
	parsed,
	record_path,
)
from social_care.setup.tables import table

GUEST, CITIZEN, STAFF, CONFIGURER, ADMINISTRATOR, NOBODY = KINDS = (
	"guest",
	"citizen",
	"staff",
	"configurer",
	"administrator",
	"nobody",
)
FRAMEWORK = "frappe."
SHORT_DOC_METHODS = {"run_doc_method", "runserverobj"}
NESTED = ("method", "tree_method", "query", "run_method", "get_events_method")
READING = ("GET", "HEAD")


def check(name: str, arguments: dict) -> None:
	"""Refuse an endpoint, and every method that its arguments name, which is not open to the session user.

	Raises PermissionError (403), or DoesNotExistError (404) for what is open to nobody.
	"""
	user = kind_of(frappe.session.user)
	for endpoint in (name, *nested_methods(name, arguments)):
		lowest = open_to(endpoint)
		if KINDS.index(user) < KINDS.index(lowest):
			refuse(endpoint, user, lowest)
	if frappe.request.method in READING and not may_be_a_link(name):
		refuse(name, user, user)


def kind_of(user: str) -> str:
	"""The kind of a user: guest, citizen (no desk), staff, configurer or administrator."""
	if user == "Guest":
		return GUEST
	roles = frappe.get_roles(user)
	if user == "Administrator" or "System Manager" in roles:
		return ADMINISTRATOR
	if "Functional Administrator" in roles:
		return CONFIGURER
	return STAFF if frappe.get_cached_value("User", user, "user_type") == "System User" else CITIZEN


def open_to(endpoint: str) -> str:
	"""The lowest kind of user that an endpoint is open to."""
	if row := listed(endpoint):
		return row["open_to"]
	if endpoint.startswith(RECORD_PATHS) or not is_frameworks(endpoint):
		return STAFF
	return ADMINISTRATOR


def may_be_a_link(endpoint: str) -> bool:
	"""Whether GET may call it: what is listed so, records, and functions of other apps (they say it themselves)."""
	if row := listed(endpoint):
		return bool(row["by_link"])
	return not is_frameworks(endpoint)


def is_frameworks(endpoint: str) -> bool:
	"""Whether a name is the framework's: its dotted path, or a short command."""
	return endpoint.startswith(FRAMEWORK) or not ("." in endpoint or "/" in endpoint)


def listed(endpoint: str) -> dict[str, str] | None:
	"""The row of the list; an app's own hook comes after the core's table, and cannot open what that closes."""
	return core_list().get(endpoint) or _apps_list().get(endpoint)


@cache
def core_list() -> dict[str, dict[str, str]]:
	"""The core's table by endpoint."""
	return {row["endpoint"]: row for row in table("endpoints")}


def _apps_list() -> dict[str, dict[str, str]]:
	"""What apps open by the hook `social_care_endpoints = {"guest": [...], "citizen": [...]}`."""
	opened = frappe.get_hooks("social_care_endpoints") or {}
	return {
		name: {"open_to": kind, "by_link": "x"}
		for kind in KINDS
		for name in opened.get(kind, [])
		if not name.startswith(FRAMEWORK)
	}


def nested_methods(name: str, arguments: dict) -> Iterator[str]:
	"""Methods that a call names in its arguments: of a document, of a tree, of a link search."""
	document = document_method(name, arguments)
	if document:
		yield document
	for key in NESTED:
		value = arguments.get(key)
		if isinstance(value, str) and "." in value:
			yield value


def document_method(name: str, arguments: dict) -> str:
	"""Dotted name of the framework's method which a document is asked to run; "" where it is not the framework's."""
	doctype, method = asked_of_document(name, arguments)
	if not method or not existing_doctype(doctype):
		return ""
	function = getattr(get_controller(doctype), method, None)
	path = f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', method)}"
	return path if path.startswith(FRAMEWORK) else ""


def asked_of_document(name: str, arguments: dict) -> tuple[str, str]:
	"""DocType and method of a call that runs a document's method."""
	if name.rpartition(".")[2] in SHORT_DOC_METHODS:
		docs = parsed(arguments.get("docs"))
		doctype = arguments.get("dt") or (docs.get("doctype") if isinstance(docs, dict) else "")
		return str(doctype or ""), str(arguments.get("method") or "")
	if name.startswith(RECORD_PATHS):
		doctype, _name, method = record_path(name)
		return doctype, method or str(arguments.get("run_method") or "")
	return "", ""


def refuse(endpoint: str, user: str, lowest: str) -> None:
	"""Say no, and leave a line in the log."""
	log.refused("endpoint", name=endpoint, kind=user, open_to=lowest, method=frappe.request.method)
	title = _("Not Available")
	if lowest == NOBODY:
		frappe.throw(_("This function is switched off."), frappe.DoesNotExistError, title=title)
	frappe.throw(_("This function is not open to you."), frappe.PermissionError, title=title)
