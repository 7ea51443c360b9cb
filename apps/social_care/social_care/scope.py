"""Row scope: which rows of a DocType the holder of Staff Assignments reaches.

A *rule* says how a row of a DocType belongs to a unit, an institution or another scoped row. Rules are derived
from the schema; the hook `social_care_scope_rules` names the exceptions and `social_care_reference_doctypes`
the tables that everybody may read:

	{"unit": "org_unit", "institution": "institution", "cases": "case_manager"}   columns of the row itself
	{"link": ["child", "Child"]}                      the row belongs to the row it links to
	{"linked_from": ["Child", "person"]}              the row belongs to the rows that link to it
	{"linked_from_table": ["Family Member", "person"]} the same, through a table's parent
	{"any": [rule, rule]}                             one of several
	{"all": [rule, rule]}                             every one of them
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import frappe
from frappe.model import table_fields
from frappe.model.document import Document

from social_care.organisation.grants import CASES, Grant, active_grants, request_cache

NOTHING = "1=0"
LINKED = (("child", "Child"), ("family", "Family"), ("person", "Person"))


def escape(value: str) -> str:
	return frappe.db.escape(value, percent=False)


@dataclass(frozen=True)
class RowScope:
	"""The rows that a set of grants reaches together."""

	user: str
	grants: tuple[Grant, ...]

	@cached_property
	def everywhere(self) -> bool:
		return any(grant.is_root and grant.scope != CASES for grant in self.grants)

	def sql(self, table: str, rule: dict) -> str:
		"""Condition on `table` for a rule of columns; "" when nothing is restricted."""
		if self.everywhere:
			return ""
		parts = [part for grant in self.grants if (part := self._part(table, rule, grant))]
		return f"({' or '.join(dict.fromkeys(parts))})" if parts else NOTHING

	def _part(self, table: str, rule: dict, grant: Grant) -> str:
		if grant.institution:
			column = rule.get("institution")
			return f"`tab{table}`.`{column}` = {escape(grant.institution)}" if column else ""
		if grant.lft is None or not (rule.get("unit") or rule.get("institution")):
			return ""
		units = f"(select `name` from `tabOrg Unit` where `lft` >= {int(grant.lft)} and `rgt` <= {int(grant.rgt)})"
		if rule.get("unit"):
			within = f"`tab{table}`.`{rule['unit']}` in {units}"
		else:  # a row with an institution alone belongs to the institution's unit
			places = f"(select `name` from `tabInstitution` where `org_unit` in {units})"
			within = f"`tab{table}`.`{rule['institution']}` in {places}"
		if grant.scope != CASES:
			return within
		return (
			f"({within} and `tab{table}`.`{rule['cases']}` = {escape(self.user)})"
			if rule.get("cases")
			else ""
		)

	def covers(self, org_unit: str | None, institution: str | None, case_manager: str | None = None) -> bool:
		"""Whether a row with these values is inside. An institution counts with its own unit, whatever the row says."""
		if self.everywhere:
			return True
		units = {org_unit} - {None, ""}
		if institution:
			units.add(frappe.db.get_value("Institution", institution, "org_unit"))
		if units and all(self._covers_unit(unit, case_manager) for unit in units):
			return True
		return bool(institution) and any(grant.institution == institution for grant in self.grants)

	def _covers_unit(self, unit: str, case_manager: str | None) -> bool:
		lft, rgt = frappe.db.get_value("Org Unit", unit, ["lft", "rgt"]) or (None, None)
		return any(
			grant.lft is not None and lft is not None and grant.lft <= lft and rgt <= grant.rgt
			for grant in self.grants
			if grant.scope != CASES or case_manager == self.user
		)


def row_scope(user: str, doctype: str, ptypes: tuple[str, ...]) -> RowScope:
	"""Scope from those assignments whose role has one of `ptypes` on `doctype`: a right is worth only where it was given."""
	meta = frappe.get_meta(doctype)
	able = {
		row.role for row in meta.permissions if not row.permlevel and any(row.get(ptype) for ptype in ptypes)
	}
	return RowScope(user, tuple(grant for grant in active_grants(user) if grant.role in able))


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
		return own | ({"cases": "case_manager"} if ("case_manager", "User") in links else {})
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


def condition(doctype: str, user: str, ptypes: tuple[str, ...] = ("read", "select")) -> str:
	"""SQL that limits `tab<doctype>` to the user's rows; "" where nothing is restricted."""
	if frappe.get_meta(doctype).istable:
		return _table_condition(doctype, user, ptypes)
	rule = scope_rule(doctype)
	return "" if rule is None else _rule_condition(doctype, rule, user, ptypes)


def _rule_condition(doctype: str, rule: dict, user: str, ptypes: tuple[str, ...]) -> str:
	if "any" in rule:
		parts = [_rule_condition(doctype, part, user, ptypes) for part in rule["any"]]
		return "" if "" in parts else f"({' or '.join(parts)})"
	if "all" in rule:
		parts = [where for part in rule["all"] if (where := _rule_condition(doctype, part, user, ptypes))]
		return f"({' and '.join(parts)})" if parts else ""
	scope = row_scope(user, doctype, ptypes)
	if not scope.grants or not rule:
		return NOTHING
	if scope.everywhere:
		return ""
	if "link" in rule:
		field, target = rule["link"]
		return f"`tab{doctype}`.`{field}` in (select `name` from `tab{target}`{_linked_rows(target, scope)})"
	if "linked_from" in rule:
		source, field = rule["linked_from"]
		return _within(doctype, "name", source, field, source, user)
	if "linked_from_table" in rule:
		table, field = rule["linked_from_table"]
		return _within(doctype, "name", table, field, table, user)
	return scope.sql(doctype, rule)


def _linked_rows(target: str, scope: RowScope) -> str:
	"""The linked rows that open a row: those the user may see, at the places where he holds the right to what hangs on them."""
	rule = scope_rule(target) or {}
	own = scope.sql(target, rule) if rule.get("unit") or rule.get("institution") else ""
	parts = [part for part in (condition(target, scope.user), own) if part]
	return f" where {' and '.join(parts)}" if parts else ""


def _within(doctype: str, column: str, source: str, source_column: str, scoped: str, user: str) -> str:
	inner = condition(scoped, user)
	where = f" where {inner}" if inner else ""
	return f"`tab{doctype}`.`{column}` in (select `{source_column}` from `tab{source}`{where})"


def _table_condition(doctype: str, user: str, ptypes: tuple[str, ...]) -> str:
	parts = [
		f"(`tab{doctype}`.`parenttype` = {escape(parent)} and `tab{doctype}`.`parent` in"
		f" (select `name` from `tab{parent}` where {inner}))"
		if (inner := condition(parent, user))
		else f"`tab{doctype}`.`parenttype` = {escape(parent)}"
		for parent in scoped_parents(doctype)
	]
	return f"({' or '.join(parts)})" if parts else ""


def scoped_parents(table_doctype: str) -> list[str]:
	"""Scoped DocTypes that hold rows of a child table."""
	holds = {"fieldtype": ["in", table_fields], "options": table_doctype}
	parents = frappe.get_all("DocField", filters=holds, pluck="parent", distinct=True)
	parents += frappe.get_all("Custom Field", filters=holds, pluck="dt")
	return sorted({parent for parent in parents if scope_rule(parent) is not None})


def row_in_scope(doctype: str, name: str, user: str, ptypes: tuple[str, ...] = ("read", "select")) -> bool:
	"""Whether the stored row is one of the user's."""
	where = condition(doctype, user, ptypes)
	if not where:
		return True
	query = f"select 1 from `tab{doctype}` where `tab{doctype}`.`name` = %s and {where} limit 1"  # built by this module
	return bool(frappe.db.sql(query, name))


def is_scoped(doctype: str | None) -> bool:
	"""Whether rows of the DocType are limited by scope."""
	if not doctype:
		return False
	if frappe.get_meta(doctype).istable:
		return bool(scoped_parents(doctype))
	return scope_rule(doctype) is not None


def row_visible(doctype: str, name: str) -> bool:
	"""Whether the session user may see that a row exists (used where the framework shows titles of links)."""
	user = frappe.session.user
	return user == "Administrator" or not is_scoped(doctype) or row_in_scope(doctype, name, user)


def values_in_scope(doc: Document, user: str, ptypes: tuple[str, ...], stored: bool) -> bool:
	"""Whether the row as it stands in memory would be one of the user's, by every rule that its values can answer.

	Where none can (a family that no child's file names yet) a stored row counts as it is stored, and a new one is
	allowed to whoever may make such rows at all: the controller writes where it was registered.
	"""
	rule = scope_rule(doc.doctype)
	if rule is None:
		return True
	parts = rule.get("any") or rule.get("all") or [rule]
	fits = [fit for part in parts if (fit := _values_fit(doc, part, user, ptypes)) is not None]
	if fits:
		return all(fits)
	by_reference = any("linked_from" in part for part in parts)
	return stored or (by_reference and bool(row_scope(user, doc.doctype, ptypes).grants))


def _values_fit(doc: Document, rule: dict, user: str, ptypes: tuple[str, ...]) -> bool | None:
	"""None where the values say nothing about the place of the row."""
	scope = row_scope(user, doc.doctype, ptypes)
	if scope.everywhere:
		return True
	if "link" in rule:
		field, target = rule["link"]
		return _linked_in_scope(target, doc.get(field), scope) if doc.get(field) else None
	unit, institution = doc.get(rule.get("unit", "")), _institution_of(doc, rule)
	if not unit and not institution:
		return None
	return scope.covers(unit, institution, doc.get(rule.get("cases", "")))


def _linked_in_scope(target: str, name: str, scope: RowScope) -> bool:
	where = _linked_rows(target, scope)
	found = frappe.db.sql(
		f"select `name` from `tab{target}`{where}{' and' if where else ' where'} `name` = %s", name
	)
	return bool(found)  # built by this module


def _institution_of(doc: Document, rule: dict) -> str | None:
	field = rule.get("institution")
	if field == "name":
		return None if doc.is_new() else doc.name
	return doc.get(field) if field else None


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
