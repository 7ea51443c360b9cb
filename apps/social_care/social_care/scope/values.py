"""Whether a row as it stands in memory lies within reach."""

import frappe
from frappe.model.document import Document

from social_care.scope.conditions import linked_rows
from social_care.scope.reach import RowScope, row_scope
from social_care.scope.rules import scope_rule


def values_in_scope(doc: Document, user: str, ptypes: tuple[str, ...], stored: bool) -> bool:
	"""Whether the row as it stands in memory would be one of the user's, by every rule that its values can answer.

	Where none can (a family that no child's file names yet) a stored row counts as it is stored, and a new one is
	allowed to whoever may make such rows at all: the controller writes where it was registered.
	"""
	rule = scope_rule(doc.doctype)
	if rule is None:
		return True
	parts = rule.get("any") or rule.get("all") or rule.get("either") or [rule]
	fits = [fit for part in parts if (fit := _values_fit(doc, part, user, ptypes)) is not None]
	if fits:
		return any(fits) if "either" in rule else all(fits)
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
	where = linked_rows(target, scope)
	found = frappe.db.sql(
		f"select `name` from `tab{target}`{where}{' and' if where else ' where'} `name` = %s", name
	)
	return bool(found)  # built by this module


def _institution_of(doc: Document, rule: dict) -> str | None:
	field = rule.get("institution")
	if field == "name":
		return None if doc.is_new() else doc.name
	return doc.get(field) if field else None
