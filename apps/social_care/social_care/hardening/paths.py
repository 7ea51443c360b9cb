"""Addresses that climb out of a folder, or that no page has, are answered with 404 before the framework looks for a file."""

import frappe
from werkzeug.exceptions import NotFound


def refuse_climbing() -> None:
	"""Hook `before_request`: no segment of the path is `..`, and none holds a character that no address needs."""
	path = frappe.request.path
	if climbs(path) or is_of_no_page(path):
		raise NotFound


def climbs(path: str) -> bool:
	"""Whether a decoded path could lead out of the folder that it is joined to."""
	return "\0" in path or ".." in path.replace("\\", "/").split("/")


def is_of_no_page(path: str) -> bool:
	"""Whether a page's path has an empty segment, over which the framework fails; names of records may hold one."""
	return "//" in path and not path.startswith("/api/")
