"""What a page repeats of the request, or carries into its own scripts, is a text there and nothing else."""

import frappe

from social_care.browser_safety.rich_text import clean

SIGNS = str.maketrans(
	{"<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;", "\\": "&#92;", "\r": " ", "\n": " "}
)


def disarm(context: frappe._dict) -> None:
	"""Before a template meets its data: the request's words, messages, and the data of the page's first script."""
	request = dict(frappe.form_dict)
	for key, value in request.items():
		if isinstance(value, str):
			frappe.form_dict[key] = escaped(value)
			if isinstance(context.get(key), str) and context[key] == value:
				context[key] = escaped(value)
	for told in (context, frappe.local.response.get("context") or {}):
		if isinstance(told.get("message"), str):
			told["message"] = clean(told["message"])
		if isinstance(told.get("primary_action"), str):
			told["primary_action"] = escaped(told["primary_action"])
	if isinstance(context.get("query"), str):
		context.query = escaped(context.query)
	context.boot = for_script(context.get("boot"))


def escaped(text: str) -> str:
	"""The text as it may stand in HTML, in an attribute or between the quotes of a script."""
	return text.translate(SIGNS)


def for_script(boot):
	"""Data inside a script of the page: no text in it can end the script."""
	if isinstance(boot, dict):
		boot = frappe.as_json(boot, indent=None, separators=(",", ":"))
	return boot.replace("<", "\\u003c") if isinstance(boot, str) else boot
