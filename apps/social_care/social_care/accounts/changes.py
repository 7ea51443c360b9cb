"""Every change of a right leaves an Access Change: who gave what to whom. It names accounts, roles and tables only."""

import frappe
from frappe.core.page.permission_manager import permission_manager

from social_care.setup.framework_permissions import close_type

LEVELS = (
	"read",
	"write",
	"create",
	"delete",
	"submit",
	"cancel",
	"amend",
	"report",
	"export",
	"import",
	"share",
)


def note(kind: str, subject: str, before: str, after: str) -> None:
	"""Write one entry, unless nothing changed."""
	if before == after or frappe.flags.in_install or frappe.flags.in_migrate:
		return
	if not frappe.db.exists("DocType", "Access Change", cache=True):  # while the app is being removed
		return
	entry = {"doctype": "Access Change", "kind": kind, "subject": subject, "before": before, "after": after}
	frappe.get_doc(entry).insert(ignore_permissions=True)  # written for everybody whose change it is


def note_user(doc, method: str | None = None) -> None:
	"""User hook: roles, use and type."""
	before = doc.get_doc_before_save()
	note("Roles of Account", doc.name, _roles(before), _roles(doc))
	note("Account", doc.name, _use(before), _use(doc))


def _roles(doc) -> str:
	return ", ".join(sorted(row.role for row in doc.roles if row.role)) if doc else ""


def _use(doc) -> str:
	return f"{'enabled' if doc.enabled else 'disabled'}, {doc.user_type}" if doc else ""


def note_removed_user(doc, method: str | None = None) -> None:
	"""User hook."""
	note("Account", doc.name, *_change(doc, method, _use))


def note_user_permission(doc, method: str | None = None) -> None:
	"""User Permission hook: insert, change and removal."""
	note("User Permission", doc.user, *_change(doc, method, _permission))


def _permission(doc) -> str:
	return f"{doc.allow} {doc.for_value} ({doc.applicable_for or 'all'})" if doc else ""


def _change(doc, method: str | None, text) -> tuple[str, str]:
	"""The texts before and after a save, or a removal."""
	removed = method in ("on_trash", "after_delete")
	return (text(doc), "") if removed else (text(doc.get_doc_before_save()), text(doc))


def note_rule(doc, method: str | None = None) -> None:
	"""Custom DocPerm hook: insert, change and removal."""
	note("Permission Rule", doc.parent, *_change(doc, method, _rule))


def _rule(doc) -> str:
	given = ", ".join(level for level in LEVELS if doc.get(level)) if doc else ""
	return f"{doc.role} {doc.permlevel or 0}: {given}" if doc else ""


def note_doctype(doc, method: str | None = None) -> None:
	"""DocType hook: its standard rules."""
	note("Permission Rule", doc.name, *_change(doc, method, _rules))


def _rules(doc) -> str:
	return "; ".join(sorted(_rule(row) for row in doc.permissions)) if doc else ""


def note_role_profile(doc, method: str | None = None) -> None:
	"""Role Profile hook."""
	note("Role Profile", doc.name, *_change(doc, method, _roles))


def note_assignment(doc, method: str | None = None) -> None:
	"""Staff Assignment hook."""
	note("Staff Assignment", doc.user, *_change(doc, method, _assignment))


def _assignment(doc) -> str:
	place = (doc.institution or doc.org_unit) if doc else ""
	return f"{doc.role}, {doc.scope}, {place}, {doc.valid_from} … {doc.valid_to or ''}" if doc else ""


@frappe.whitelist(methods=["POST"])
def update_rule(
	doctype: str, role: str, permlevel: int, ptype: str, value: int | None = None, if_owner: int = 0
) -> str | None:
	"""The permission manager's change, which runs no document hook. A framework that knows `if_owner` gets it."""
	before = _stored_rules(doctype)
	rule = {"doctype": doctype, "role": role, "permlevel": permlevel, "if_owner": if_owner}
	answer = frappe.call(permission_manager.update, **rule, ptype=ptype, value=value)
	note("Permission Rule", doctype, before, _stored_rules(doctype))
	return answer


@frappe.whitelist(methods=["POST"])
def remove_rule(doctype: str, role: str, permlevel: int, if_owner: int = 0) -> None:
	"""The permission manager's removal, which runs no document hook."""
	before = _stored_rules(doctype)
	rule = {"doctype": doctype, "role": role, "permlevel": permlevel, "if_owner": if_owner}
	frappe.call(permission_manager.remove, **rule)
	note("Permission Rule", doctype, before, _stored_rules(doctype))


@frappe.whitelist(methods=["POST"])
def reset_rules(doctype: str) -> None:
	"""The permission manager's reset, which runs no document hook; what everybody held stays the staff's."""
	before = _stored_rules(doctype)
	permission_manager.reset(doctype)
	close_type(doctype)
	note("Permission Rule", doctype, before, _stored_rules(doctype))


@frappe.whitelist(methods=["POST"])
def clear_user_permissions(user: str, for_doctype: str) -> int:
	"""Removal of all User Permissions of one kind, which runs no document hook."""
	from frappe.core.doctype.user_permission import user_permission

	number = user_permission.clear_user_permissions(user, for_doctype)
	note("User Permission", user, f"{for_doctype}: {number}" if number else "", "")
	return number


def _stored_rules(doctype: str) -> str:
	kinds = ("Custom DocPerm", "DocPerm")
	for kind in kinds:
		if rows := frappe.get_all(kind, filters={"parent": doctype}, fields=["*"]):
			return "; ".join(sorted(_rule(row) for row in rows))
	return ""
