"""Settings of the framework that protect accounts: written once a site, an administrator's choice afterwards."""

import frappe
from frappe.utils.password import get_encryption_key

MARK = "social_care_accounts_prepared"
SYSTEM = {
	"allow_consecutive_login_attempts": 10,  # behind our own limit, which counts unknown names and addresses, too
	"allow_login_after_fail": 300,
	"enable_password_policy": 1,
	"minimum_password_score": "3",
	"logout_on_password_reset": 1,
	"password_reset_limit": 5,
	"reset_password_link_expiry_duration": 1200,
	"session_expiry": "12:00",
	"login_with_email_link": 0,
	"allow_guests_to_upload_files": 0,
	"allow_error_traceback": 0,
}
SECRET_FIELDS = ("reset_password_key", "last_reset_password_key_generated_on", "api_key", "api_secret")


def ensure_accounts() -> None:
	"""Levels of secret fields with every migration; the settings once."""
	get_encryption_key()  # made once, before two processes make one each
	for field in SECRET_FIELDS:
		_ensure_level(field)
	if frappe.db.get_default(MARK):
		return
	for field, value in SYSTEM.items():
		if frappe.get_meta("System Settings").has_field(field):
			frappe.db.set_single_value("System Settings", field, value)
	frappe.db.set_default("session_expiry", SYSTEM["session_expiry"])
	frappe.cache.delete_value("system_settings")
	frappe.db.set_default(MARK, 1)


def _ensure_level(field: str) -> None:
	"""No list, filter or form below the administrators' level has the field."""
	df = frappe.get_meta("User").get_field(field)
	key = {"doc_type": "User", "field_name": field, "property": "permlevel"}
	if not df or df.permlevel or frappe.db.exists("Property Setter", key):
		return
	setter = {"doctype": "Property Setter", **key, "doctype_or_field": "DocField"}
	frappe.get_doc(setter | {"property_type": "Int", "value": "1"}).insert(ignore_permissions=True)


def remove() -> None:
	"""What is left outside our own tables."""
	for field in SECRET_FIELDS:
		frappe.db.delete(
			"Property Setter", {"doc_type": "User", "field_name": field, "property": "permlevel"}
		)
	frappe.db.delete("DefaultValue", {"defkey": MARK})
