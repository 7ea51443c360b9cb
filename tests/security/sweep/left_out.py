"""Hooks that are not there for one web process of the tests: the product has no switch for that."""

from collections.abc import Callable

import frappe

GUARDS = {"auth_hooks", "override_whitelisted_methods", "page_renderer"}
CHECKS_OF_A_SAVE = {"social_care.permissions.check_links", "social_care.files.sources.check_attachments"}
PROTECTION = GUARDS | {
	"before_request",
	"doc_events",
	"has_permission",
	"has_website_permission",
	"override_doctype_class",
	"permission_query_conditions",
}

LOOKED_AT = PROTECTION | {"after_request"}


def leave_out(unwanted: Callable[[str, str], bool]) -> None:
	"""Make the framework blind for the hooks of our apps that `unwanted(hook, function)` names."""
	every_hook = frappe.get_hooks

	def get_hooks(hook=None, default="_KEEP_DEFAULT_LIST", app_name=None):
		found = every_hook(hook, default, app_name)
		if hook:
			return _without(found, hook, unwanted) if hook in LOOKED_AT else found
		return frappe._dict({key: _without(value, key, unwanted) for key, value in found.items()})

	frappe.get_hooks = get_hooks


def _without(value, hook: str, unwanted: Callable[[str, str], bool]):
	if isinstance(value, dict):
		left = {key: _without(inner, hook, unwanted) for key, inner in value.items()}
		return {key: inner for key, inner in left.items() if inner or not value[key]}
	if isinstance(value, list):
		ours = (item for item in value if str(item).startswith("social_care"))
		dropped = {item for item in ours if unwanted(hook, item)}
		return [item for item in value if not (isinstance(item, str) and item in dropped)]
	return value
