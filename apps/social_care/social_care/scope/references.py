"""Conditions on rows that hang on any record: files, tags, workflow actions."""

from collections.abc import Callable

import frappe

from social_care.scope.conditions import condition
from social_care.scope.reach import NOTHING, escape
from social_care.scope.rules import scope_rule


def reference_condition(
	doctype: str,
	type_field: str,
	name_field: str,
	user: str,
	condition_of: Callable[[str], str] | None = None,
	parenttype: str = "",
) -> str:
	"""SQL on a table of rows that hang on any record (files, tags, workflow actions): those of scoped records follow them.

	`condition_of` gives the condition of targets without a scope rule, `parenttype` limits the rows of a child table.
	"""
	kind, name = f"`tab{doctype}`.`{type_field}`", f"`tab{doctype}`.`{name_field}`"
	inner = {
		target: _target(target, user, condition_of)
		for target in _targets_in_use(doctype, type_field, parenttype)
	}
	closed = [target for target, where in inner.items() if where]
	if not closed:
		return ""
	parts = [f"ifnull({kind}, '') not in ({', '.join(escape(target) for target in closed)})"]
	parts += [
		f"({kind} = {escape(target)} and {name} in (select `name` from `tab{target}` where {inner[target]}))"
		for target in closed
		if inner[target] != NOTHING
	]
	return f"({' or '.join(parts)})"


def _targets_in_use(doctype: str, type_field: str, parenttype: str) -> list[str]:
	filters = {type_field: ["is", "set"]} | ({"parenttype": parenttype} if parenttype else {})
	used = frappe.get_all(doctype, filters=filters, pluck=type_field, distinct=True, order_by=None)
	return [name for name in used if frappe.db.exists("DocType", name, cache=True)]


def _target(doctype: str, user: str, condition_of: Callable[[str], str] | None) -> str:
	"""Condition on the rows of a target: "" where all may be seen."""
	if scope_rule(doctype) is None:
		return condition_of(doctype) if condition_of and not frappe.get_meta(doctype).issingle else ""
	if not frappe.has_permission(doctype, "read", user=user):
		return NOTHING
	return condition(doctype, user)
