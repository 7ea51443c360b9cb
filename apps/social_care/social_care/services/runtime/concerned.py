"""Case files of other apps that requests are about: the hook `social_care_request_files`, {code of the service: path of a function}.

The function gets a request and gives (DocType, name) of the case file that it is about, or None where it is about none, where it could be
about several, or where the session user may not learn that the two belong together. The request keeps its own steps: nothing is made
of it, and the core knows neither the app nor its file.
"""

import frappe
from frappe.model.document import Document

HOOK = "social_care_request_files"


def path_of_service(service: str) -> str | None:
	"""The function of the first app that keeps files which requests of the service are about."""
	paths = frappe.get_hooks(HOOK, {}).get(service) or []
	return paths[0] if paths else None


def shown(doc: Document) -> dict | None:
	"""The file for the desk's form: {"doctype", "name", "concerned": 1}, for whoever may read it."""
	path = path_of_service(doc.service)
	found = frappe.get_attr(path)(doc) if path else None
	if not found or not frappe.has_permission(found[0], "read", found[1]):
		return None
	return {"doctype": found[0], "name": found[1], "concerned": 1}
