"""Role All stands for everybody who can log in, citizens too: what it may do with the framework's types becomes the staff's.

Frappe's own way of changing standard rights is used (Custom DocPerm), so an administrator sees and changes them in the
Role Permissions Manager. setup/data/framework_permissions.csv names the types that are treated otherwise.
"""

import frappe
from frappe.core.doctype.doctype.doctype import validate_permissions_for_doctype
from frappe.model.document import Document
from frappe.permissions import setup_custom_perms

from social_care.setup.roles import BASE_ROLE
from social_care.setup.tables import table

EVERYBODY, ADMINISTRATORS = "All", "System Manager"
STAFF = {"holders": "staff", "without": ""}


def close_framework_types() -> None:
	"""Give to the staff, or to nobody, what a type grants to everybody; running it again changes nothing."""
	for doctype in types_open_to_everybody():
		close_type(doctype)


def close_type(doctype: str) -> None:
	"""The same for one type, also after its rights were reset to the framework's."""
	rule = rule_of(doctype)
	if rule["holders"] != "everybody" and doctype in types_open_to_everybody():
		_close(doctype, rule)


def open_framework_types() -> None:
	"""What is left of it when the app goes: the staff's rows are everybody's again."""
	for doctype in frappe.get_all(
		"Custom DocPerm", filters={"role": BASE_ROLE}, pluck="parent", distinct=True
	):
		frappe.db.set_value("Custom DocPerm", {"parent": doctype, "role": BASE_ROLE}, "role", EVERYBODY)
		frappe.clear_cache(doctype=doctype)


def types_open_to_everybody() -> list[str]:
	"""Types with a right for role All, as rights stand today."""
	customised = set(frappe.get_all("Custom DocPerm", pluck="parent", distinct=True))
	standard = set(frappe.get_all("DocPerm", filters={"role": EVERYBODY}, pluck="parent", distinct=True))
	changed = set(
		frappe.get_all("Custom DocPerm", filters={"role": EVERYBODY}, pluck="parent", distinct=True)
	)
	return sorted((standard - customised) | changed)


def rule_of(doctype: str) -> dict[str, str]:
	"""Who holds the rights of everybody on a type, and which of them nobody gets."""
	return next((row for row in table("framework_permissions") if row["doctype"] == doctype), STAFF)


def _close(doctype: str, rule: dict[str, str]) -> None:
	setup_custom_perms(doctype)
	for name in frappe.get_all(
		"Custom DocPerm", filters={"parent": doctype, "role": EVERYBODY}, pluck="name"
	):
		row = frappe.get_doc("Custom DocPerm", name)
		if rule["holders"] == "staff":
			_give(row, BASE_ROLE, {"share", *rule["without"].split()})
		_give(row, ADMINISTRATORS, {"share"})
		frappe.delete_doc("Custom DocPerm", name, ignore_permissions=True, force=True)
	validate_permissions_for_doctype(doctype)


def _give(row: Document, role: str, without: set[str]) -> None:
	"""A row like this one for another role, unless that role has one already."""
	key = {"parent": row.parent, "role": role, "permlevel": row.permlevel}
	if role != ADMINISTRATORS:
		key["if_owner"] = row.if_owner
	if frappe.db.exists("Custom DocPerm", key):
		return
	copy = frappe.copy_doc(row)
	copy.role = role
	copy.update(dict.fromkeys(without, 0))
	copy.insert(ignore_permissions=True)
