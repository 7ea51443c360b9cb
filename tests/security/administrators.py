"""Accounts above the staff."""

import os

import frappe
from frappe.utils.password import update_password
from isolation.browser import PASSWORD, Browser

MANAGER = "system.manager@test.invalid"


def administrator() -> Browser:
	"""Administrator at a browser."""
	return Browser("Administrator", os.environ["TEST_ADMIN_PASSWORD"])


def system_manager() -> Browser:
	"""Somebody who runs the system and is nobody's case worker."""
	frappe.set_user("Administrator")
	if not frappe.db.exists("User", MANAGER):
		user = {"doctype": "User", "email": MANAGER, "first_name": "Manager", "send_welcome_email": 0}
		frappe.get_doc(user).insert().add_roles("System Manager")
	update_password(MANAGER, PASSWORD)
	frappe.db.commit()
	return Browser(MANAGER)
