"""Rows of the framework that belong to one person (setup/data/framework_personal.csv), and charts made for some roles."""

import frappe
from frappe.model.document import Document

from social_care.scope import NOTHING, escape
from social_care.setup.tables import table

FOR_ROLES = (
	"Dashboard Chart",
	"Custom HTML Block",
	"List Filter",
)  # their table `roles` names who may see them


def personal_condition(doctype: str, user: str, reading: bool = True) -> str:
	"""SQL: rows that are the user's, with those meant for all where he only reads; "" where rows are nobody's."""
	parts = [_for_roles(doctype, user)]
	rule = _rule(doctype)
	if rule and not _manages(rule, user):
		own = [f"`tab{doctype}`.`{field}` = {escape(user)}" for field in rule["users"].split()]
		if reading and rule["open"]:
			field, _equals, value = rule["open"].partition("=")
			own.append(f"ifnull(`tab{doctype}`.`{field}`, '') = {escape(value)}")
		parts.append(f"({' or '.join(own)})")
	return " and ".join(part for part in parts if part)


def personal_row_open(doc: Document, reading: bool, user: str) -> bool:
	"""The same for a document in memory."""
	rule = _rule(doc.doctype)
	if doc.doctype in FOR_ROLES and not _has_role(doc, user):
		return False
	if not rule or _manages(rule, user):
		return True
	if any(
		(doc.get(field) or (user if field == "owner" else None)) == user for field in rule["users"].split()
	):
		return True
	field, _equals, value = rule["open"].partition("=")
	stored = doc.get(field) if field else None
	return reading and bool(field) and ("" if stored is None else str(stored)) == value


def _rule(doctype: str) -> dict[str, str] | None:
	return next((row for row in table("framework_personal") if row["doctype"] == doctype), None)


def _manages(rule: dict[str, str], user: str) -> bool:
	return bool(rule["managers"]) and rule["managers"] in frappe.get_roles(user)


def _has_role(doc: Document, user: str) -> bool:
	wanted, held = {row.role for row in doc.get("roles") or []}, set(frappe.get_roles(user))
	return not wanted or bool(wanted & held) or "System Manager" in held


def _for_roles(doctype: str, user: str) -> str:
	held = frappe.get_roles(user)
	if doctype not in FOR_ROLES or "System Manager" in held:
		return ""
	rows = f"select `parent` from `tabHas Role` where `parenttype` = {escape(doctype)}"
	mine = f"{rows} and `role` in ({', '.join(map(escape, held))})" if held else NOTHING
	return f"(`tab{doctype}`.`name` not in ({rows}) or `tab{doctype}`.`name` in ({mine}))"
