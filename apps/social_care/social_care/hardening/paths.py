"""Addresses that climb out of a folder are answered with 404 before the framework looks for a file."""

import frappe
from werkzeug.exceptions import NotFound


def refuse_climbing() -> None:
	"""Hook `before_request`: no segment of the path is `..`, and none holds a character that no address needs."""
	if climbs(frappe.request.path):
		raise NotFound


def climbs(path: str) -> bool:
	"""Whether a decoded path could lead out of the folder that it is joined to."""
	return "\0" in path or ".." in path.replace("\\", "/").split("/")
