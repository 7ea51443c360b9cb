"""How rows of a DocType belong to a place: named by a hook, or derived from the schema."""

import frappe
from frappe.model import table_fields

from social_care.organisation.grants import request_cache

SECOND = "second_unit"  # of a request: a unit that takes part in it, written by the controller
LINKED = (("child", "Child"), ("family", "Family"), ("person", "Person"))


def scope_rule(doctype: str) -> dict | None:
	"""The rule of a DocType, or None where scope has no say (not ours, or a reference table)."""
	cache = request_cache("social_care_rules")
	if doctype not in cache:
		cache[doctype] = _find_rule(doctype)
	return cache[doctype]


def _find_rule(doctype: str) -> dict | None:
	explicit = explicit_rules().get(doctype)
	if explicit:
		return explicit[0] if len(explicit) == 1 else {"any": explicit}
	if doctype in frappe.get_hooks("social_care_reference_doctypes"):
		return None
	return derived_rule(doctype)


def lists_names(rule: dict) -> bool:
	"""Whether rows are opened by others that name them."""
	return "linked_from" in rule or "linked_from_table" in rule


def explicit_rules() -> dict[str, list[dict]]:
	"""Rules named by hooks: {doctype: [rule, …]}; an extension's rule for the same DocType widens it."""
	return frappe.get_hooks("social_care_scope_rules", default={})


def derived_rule(doctype: str) -> dict | None:
	"""Rule from the DocType's own link fields; {} (nobody) for a table of ours that has none."""
	meta = frappe.get_meta(doctype)
	links = {(df.fieldname, df.options) for df in meta.get_link_fields()}
	own: dict = {
		key: field
		for key, field, target in (
			("unit", "org_unit", "Org Unit"),
			("institution", "institution", "Institution"),
		)
		if (field, target) in links
	}
	if own:
		own |= {"cases": "case_manager"} if ("case_manager", "User") in links else {}
		return {"either": [own, {"unit": SECOND}]} if (SECOND, "Org Unit") in links else own
	for field, target in LINKED:
		if (field, target) in links:
			return {"link": [field, target]}
	return {} if is_ours(meta) and not meta.issingle and not meta.istable else None


def is_ours(meta) -> bool:
	"""Whether the DocType belongs to the core or to an app that builds on it."""
	app = frappe.local.module_app.get(frappe.scrub(meta.module)) if meta.module else None
	return app == "social_care" or any("social_care" in name for name in _required_apps(app))


def _required_apps(app: str | None) -> list[str]:
	return frappe.get_hooks("required_apps", app_name=app) if app else []


def scoped_parents(table_doctype: str) -> list[str]:
	"""Scoped DocTypes that hold rows of a child table."""
	return sorted(parent for parent in parents_of(table_doctype) if scope_rule(parent) is not None)


def parents_of(table_doctype: str) -> set[str]:
	"""DocTypes that hold rows of a child table."""
	holds = {"fieldtype": ["in", table_fields], "options": table_doctype}
	parents = frappe.get_all("DocField", filters=holds, pluck="parent", distinct=True)
	return {*parents, *frappe.get_all("Custom Field", filters=holds, pluck="dt")}


def held_by_nobody(table_doctype: str) -> bool:
	"""Whether a table of ours has no parent yet (those of requests, before a service is published): it is closed."""
	return is_ours(frappe.get_meta(table_doctype)) and not parents_of(table_doctype)


def is_scoped(doctype: str | None) -> bool:
	"""Whether rows of the DocType are limited by scope."""
	if not doctype:
		return False
	if frappe.get_meta(doctype).istable:
		return bool(scoped_parents(doctype)) or held_by_nobody(doctype)
	return scope_rule(doctype) is not None
