"""Every function that the framework and the apps offer over HTTP is called with another directorate's child.

The calls are made from the functions' own signatures, so that an endpoint added tomorrow is tried, too.
"""

import importlib
import inspect
import json
import pkgutil
from collections.abc import Iterator

import frappe
import pytest

from isolation.browser import Browser
from isolation.records import Stage, Victim

# These end the session, change the password, or wait for another machine.
NOT_CALLED = (
	"logout",
	"web_logout",
	"login",
	"generate_keys",
	"reset_password",
	"update_password",
	"sign_up",
	"send_login_link",
	"google",
	"dropbox",
	"s3_backup",
	"paypal",
	"oauth",
	"ldap",
	"webhook",
	"get_backup",
	"download_backups",
	"restart",
	"setup_wizard",
	"telemetry",
	"test_runner",
	"email_account",
	"push",
	"recorder",
	"marketplace",
	"system_console",
)
DOCTYPES = (
	"doctype",
	"dt",
	"reference_doctype",
	"ref_doctype",
	"parent_doctype",
	"document_type",
	"parenttype",
	"linked_doctype",
)
NAMES = (
	"name",
	"docname",
	"dn",
	"reference_name",
	"ref_name",
	"doc_name",
	"document_name",
	"docnames",
	"names",
	"parent",
	"child",
	"value",
)


def endpoints() -> Iterator[tuple[str, object]]:
	"""Dotted name and function of every whitelisted function."""
	for app in ("frappe", *(app for app in frappe.get_installed_apps() if app.startswith("social_care"))):
		package = importlib.import_module(app)
		for module in pkgutil.walk_packages(package.__path__, f"{app}."):
			if not any(
				part in module.name
				for part in (".tests", "test_", ".patches", "commands", ".demo", "parallel")
			):
				_import(module.name)
	for function in sorted(frappe.whitelisted, key=lambda one: (one.__module__, one.__qualname__)):
		name = f"{function.__module__}.{function.__name__}"
		if (
			"<" not in function.__qualname__
			and "." not in function.__qualname__
			and not any(part in name.lower() for part in NOT_CALLED)
		):
			yield name, function


def _import(name: str) -> None:
	try:
		importlib.import_module(name)
	except (
		Exception
	):  # a module for another operating system or a missing optional library offers nothing here
		return


def arguments(function, victim: Victim) -> Iterator[dict]:
	"""Ways to name the child to a function, by the names of its parameters."""
	parameters = [name for name in inspect.signature(function).parameters if name not in ("args", "kwargs")]
	rows = [("Child", victim.child)]
	if parameters:
		rows.append(("Person", victim.person))
	if any("file" in parameter or "attach" in parameter or "url" in parameter for parameter in parameters):
		rows.append(("File", victim.names[3]))
	for doctype, name in rows:
		yield {parameter: _value(parameter, doctype, name, victim) for parameter in parameters}


def _value(parameter: str, doctype: str, name: str, victim: Victim):
	if parameter in DOCTYPES or parameter.endswith("doctype"):
		return doctype
	if parameter in ("doc", "document", "docs", "args"):
		return json.dumps({"doctype": doctype, "name": name, "document_type": doctype, "docname": name})
	if parameter in ("docnames", "names", "items", "files", "attachments"):
		return json.dumps([name])
	if parameter in ("txt", "text", "search_term", "search_text"):
		return victim.mark
	if parameter in ("fields", "fieldname", "field", "fieldnames"):
		return "full_name" if doctype != "File" else "file_url"
	if parameter in ("filters", "current_filters"):
		return json.dumps([[doctype, "name", "=", name]])
	if parameter in ("start", "page_len", "limit", "page_length", "limit_page_length", "limit_start"):
		return "0" if "start" in parameter else "100"
	if "url" in parameter:
		return victim.photo
	return name


@pytest.fixture(scope="module")
def calls(stage: Stage) -> list[tuple[str, dict, tuple[str, ...]]]:
	made = [
		(name, values, tuple(frappe.allowed_http_methods_for_whitelisted_func.get(function, ("GET",))))
		for name, function in endpoints()
		for values in arguments(function, stage.here)
	]
	assert len(made) > 600, "the framework's endpoints were not found"
	return made


@pytest.mark.parametrize("role", ["chief"])
def test_none_answers_about_another_directorates_child(stage: Stage, calls: list, role: str) -> None:
	browser = stage.browser(getattr(stage.there.place, role))
	before = _state(stage.here)
	leaks = [name for name, values, methods in calls if _leaks(browser, stage.here, name, values, methods)]
	assert not leaks
	assert browser.message("frappe.auth.get_logged_user") == browser.user
	assert _state(stage.here) == before


def _leaks(browser: Browser, victim: Victim, name: str, values: dict, methods: tuple[str, ...]) -> bool:
	answer = browser.ask(name, **values) if "GET" in methods else browser.call(name, **values)
	asked = json.dumps(values, ensure_ascii=False)
	secrets = (
		f"{victim.mark} ",
		victim.national_number,
		*([victim.child] if victim.child not in asked else []),
	)
	return any(secret in answer.text for secret in secrets) or _picture(victim) in answer.content


def _picture(victim: Victim) -> bytes:
	return frappe.get_doc("File", victim.names[3]).get_content()


def _state(victim: Victim) -> tuple:
	frappe.db.rollback()
	return tuple(
		str(frappe.get_all(doctype, filters={"name": name}, fields=["*"]))
		for doctype, name in (
			("Child", victim.child),
			("Person", victim.person),
			("Family", victim.family),
			("Placement", victim.placement),
		)
	)
