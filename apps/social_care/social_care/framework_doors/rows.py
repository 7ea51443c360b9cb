"""Who sees and changes rows of the framework's tables: what hangs on a record follows it, what is personal is its owner's."""

import frappe
from frappe.model.document import Document

from social_care.framework_doors import references
from social_care.framework_doors.personal import personal_condition, personal_row_open
from social_care.scope import escape, reference_condition, row_in_scope, scope_rule

READING = ("read", "select", "report", "export", "print", "email")


def get_condition(doctype: str, user: str) -> str:
	"""SQL for lists of a DocType without a scope rule; "" where nothing is restricted."""
	parts = [hanging_condition(doctype, user), personal_condition(doctype, user), _tags_in_use(doctype, user)]
	return " and ".join(part for part in parts if part)


def may(doc: Document, ptype: str, user: str) -> bool:
	"""Decision on one row: as it is stored, and as it stands in memory."""
	if doc.meta.issingle or doc.meta.get("is_virtual"):
		return True
	reading = ptype in READING
	if not personal_row_open(doc, reading, user) or not all(
		may_see(*target, user) for target in references.targets(doc)
	):
		return False
	return not doc.name or _stored_open(doc.doctype, doc.name, reading, user)


def _stored_open(doctype: str, name: str, reading: bool, user: str) -> bool:
	parts = [hanging_condition(doctype, user), personal_condition(doctype, user, reading)]
	where = " and ".join(part for part in parts if part)
	if not where or not frappe.db.exists(doctype, name):
		return True
	query = f"select 1 from `tab{doctype}` where `tab{doctype}`.`name` = %s and {where} limit 1"  # built here
	return bool(frappe.db.sql(query, name))


def hanging_condition(doctype: str, user: str, onward: bool = True) -> str:
	"""SQL: none of the records that the row hangs on is outside the user's scope.

	A row may hang on another that hangs on a record (a comment on a mail); `onward` follows that one step.
	"""
	inner = (lambda target: _target_condition(target, user)) if onward else None
	parts = [reference_condition(doctype, *pair, user, inner) for pair in references.pairs(doctype)]
	for table, found in references.table_pairs(doctype).items():
		rows = [part for pair in found if (part := reference_condition(table, *pair, user, inner, doctype))]
		if rows:
			parts.append(
				f"`tab{doctype}`.`name` not in (select `parent` from `tab{table}` where `parenttype` ="
				f" {escape(doctype)} and not ({' and '.join(rows)}))"
			)
	return " and ".join(part for part in parts if part)


def _target_condition(doctype: str, user: str) -> str:
	return hanging_condition(doctype, user, onward=False) if references.hangs(doctype) else ""


def may_see(doctype: str, name: str, user: str) -> bool:
	"""Whether a record on which a row hangs is the user's to see; True where scope has no say."""
	if user == "Administrator" or not frappe.db.exists("DocType", doctype, cache=True):
		return True
	if frappe.get_meta(doctype).issingle:
		return True
	if scope_rule(doctype) is not None:
		return bool(frappe.has_permission(doctype, "read", user=user)) and row_in_scope(doctype, name, user)
	where = _target_condition(doctype, user)
	if not where or not frappe.db.exists(doctype, name):
		return True
	query = f"select 1 from `tab{doctype}` where `tab{doctype}`.`name` = %s and {where} limit 1"  # built here
	return bool(frappe.db.sql(query, name))


def _tags_in_use(doctype: str, user: str) -> str:
	"""Tags are free text: a user is offered his own and those on records that he sees."""
	if doctype != "Tag" or "System Manager" in frappe.get_roles(user):
		return ""
	inner = hanging_condition("Tag Link", user) or "1=1"
	return f"(`tabTag`.`owner` = {escape(user)} or `tabTag`.`name` in (select `tag` from `tabTag Link` where {inner}))"
