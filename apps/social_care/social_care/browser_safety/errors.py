"""No trace of the program reaches a browser, and none of its values a log."""

import json
import re

import frappe
from frappe import _
from werkzeug.wrappers import Response

TRACES = ("_exc_source", "_debug_messages")
MARKS = (b'"exc"', b'"exception"', b'"_exc_source"', b'"_debug_messages"', b"Traceback (most recent")
TRACE = re.compile(r"Traceback \(most recent call last\)")
NO_TRACE = '[""]'  # clients of the interface read the first one


def without_trace(response: Response) -> None:
	"""Take traces of the program out of a JSON answer; an administrator gets those that the site is set to give."""
	if response.mimetype != "application/json" or response.direct_passthrough:
		return
	failed, body = response.status_code >= 400, response.get_data()
	if not failed and not any(mark in body for mark in MARKS):
		return
	answer = json.loads(body)
	if not isinstance(answer, dict):
		return
	answer = answer if is_administrator() else cleaned(answer)
	if failed:
		complete(answer, response.status_code)
	response.set_data(json.dumps(answer, separators=(",", ":"), ensure_ascii=False))


def is_administrator() -> bool:
	"""Whether the session's user keeps the system."""
	session = getattr(frappe.local, "session", None)
	user = session and session.user
	return bool(user and user != "Guest" and "System Manager" in frappe.get_roles(user))


def cleaned(answer: dict) -> dict:
	"""The answer as a user may have it. Only what the framework itself adds to an answer is looked at."""
	kept = {key: value for key, value in answer.items() if key not in TRACES}
	if isinstance(kept.get("exc"), str) and TRACE.search(kept["exc"]):
		kept["exc"] = NO_TRACE
	if isinstance(kept.get("exception"), str):
		kept["exception"] = kept["exception"].partition(":")[0]
	if isinstance(kept.get("_server_messages"), str):
		kept["_server_messages"] = json.dumps(messages(kept["_server_messages"]))
	if isinstance(kept.get("errors"), list):
		kept["errors"] = [without_exception(error) for error in kept["errors"]]
	return kept


def messages(stored: str) -> list[str]:
	"""Messages without those that quote a trace."""
	return [message for message in json.loads(stored) if not TRACE.search(message)]


def without_exception(error):
	return {k: v for k, v in error.items() if k != "exception"} if isinstance(error, dict) else error


def complete(answer: dict, status: int) -> None:
	"""The desk takes an answer without `exc` for a success, and says nothing of an error without a message."""
	answer.setdefault("exc", NO_TRACE)
	if "exc_type" in answer:
		answer.setdefault("exception", answer["exc_type"])
	if status == 500 and not answer.get("_server_messages"):
		answer["_server_messages"] = json.dumps([json.dumps({"message": noted(), "indicator": "red"})])


def noted() -> str:
	"""What a user reads of an error that nobody expected."""
	return _("This could not be done. The error was noted for the administrators.")


def hide_traces(context: dict) -> None:
	"""Take traces out of what a page is about to show."""
	context.pop("error", None)
	for told in (context, frappe.local.response.get("context") or {}):
		if TRACE.search(str(told.get("message"))):
			told["message"] = noted()
