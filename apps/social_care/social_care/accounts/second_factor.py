"""The second factor of headquarters and administrators, switched by Social Care Settings."""

import frappe
from frappe.twofactor import toggle_two_factor_auth

from social_care.setup.roles import roles_of_level


def roles() -> list[str]:
	"""Roles that log in with two factors."""
	return [*roles_of_level("national"), "System Manager"]


def switch(on: bool) -> None:
	"""Write the framework's own settings: an app for one-time codes, for these roles and no others."""
	values = {"enable_two_factor_auth": int(on)}
	if on:
		name = frappe.db.get_single_value("System Settings", "app_name")
		values |= {"two_factor_method": "OTP App", "otp_issuer_name": name or "Social Care"}
		values |= {"bypass_2fa_for_retricted_ip_users": 0}
		toggle_two_factor_auth(False, ["All"])
	toggle_two_factor_auth(on, [role for role in roles() if frappe.db.exists("Role", role)])
	for field, value in values.items():
		frappe.db.set_single_value("System Settings", field, value)
	frappe.cache.delete_value("system_settings")
	frappe.clear_document_cache("System Settings", "System Settings")
