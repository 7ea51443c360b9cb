"""A functional administrator's right to Custom Field, within what governance/custom_fields.py leaves."""

import frappe
from frappe.permissions import setup_custom_perms

from social_care.governance.custom_fields import ROLE

RIGHTS = {"read": 1, "write": 1, "create": 1, "report": 1, "select": 1}
KEY = {"parent": "Custom Field", "role": ROLE, "permlevel": 0}


def ensure_custom_field_rights() -> None:
	"""Once a site: an administrator may take the right away again in the Role Permissions Manager."""
	if frappe.db.get_default("social_care_custom_fields") or frappe.db.exists("Custom DocPerm", KEY):
		return
	setup_custom_perms("Custom Field")
	frappe.get_doc({"doctype": "Custom DocPerm", **KEY, **RIGHTS}).insert(ignore_permissions=True)
	frappe.clear_cache(doctype="Custom Field")
	frappe.db.set_default("social_care_custom_fields", 1)


def remove_custom_field_rights() -> None:
	"""Before the app goes."""
	frappe.db.delete("Custom DocPerm", KEY)
	frappe.db.delete("DefaultValue", {"defkey": "social_care_custom_fields"})
