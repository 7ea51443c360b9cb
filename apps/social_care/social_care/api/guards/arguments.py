"""Calls that the framework takes for errors of the program, though it is the caller who erred.

A body that is no JSON and a call without an argument that the function needs end as «500». Both are said to the caller.
"""

import inspect
import json

import frappe
from frappe import _
from werkzeug.wrappers import Request, Response

from social_care.api.guards.policy import is_frameworks
from social_care.api.guards.request import command

JSON = "application/json"


class MissingArgumentError(frappe.ValidationError):
	"""A function was called without something that it needs."""


def check_arguments() -> None:
	"""`auth_hooks` entry: refuse a call of an app's function that leaves out what it cannot do without."""
	name = command()
	if "." not in name or "/" in name or is_frameworks(name):
		return
	missing = [key for key in needed(name) if key not in frappe.form_dict]
	if missing:
		frappe.throw(
			_("The call leaves out: {0}.").format(", ".join(missing)),
			MissingArgumentError,
			title=_("Interface"),
		)


def needed(name: str) -> list[str]:
	"""Arguments without a default of a whitelisted function; none of what is no such function."""
	try:
		function = frappe.get_attr(name)
	except Exception:  # the framework says what is wrong with the name
		return []
	if not callable(function) or function not in frappe.whitelisted:
		return []
	kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
	parameters = inspect.signature(function).parameters.values()
	return [one.name for one in parameters if one.default is one.empty and one.kind in kinds]


def say_malformed(response: Response | None, request: Request) -> None:
	"""`after_request` hook: a body that says it is JSON and is none is the caller's matter (400), not an error of ours."""
	if response is None or response.status_code != 500 or JSON not in (request.content_type or ""):
		return
	if not is_json(request.get_data(as_text=True)):
		response.status_code = 400
		response.mimetype = JSON
		message = {"message": _("What was sent is no JSON."), "indicator": "red"}
		told = {"exc_type": "ValidationError", "_server_messages": json.dumps([json.dumps(message)])}
		response.set_data(json.dumps(told))


def is_json(text: str) -> bool:
	try:
		json.loads(text or "{}")
	except ValueError:
		return False
	return True
