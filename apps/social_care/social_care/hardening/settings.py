"""Settings of bench and site that this app does not run with."""

import frappe
from frappe import _
from frappe.utils.backups import get_or_generate_backup_encryption_key

# Server scripts are code that an administrator types into a form; developer mode writes forms into code.
UNSAFE = ("server_script_enabled", "developer_mode")
DEVELOPMENT = "social_care_development"


class UnsafeSettingError(frappe.ValidationError):
	"""The bench or the site is configured so that children's files are not safe."""

	http_status_code = 503


def refuse_unsafe_settings() -> None:
	"""Hooks `before_request` and `after_migrate`: stop with a sentence that says which setting to take away.

	A site that holds no real data may say `social_care_development: 1` in its site_config.json.
	"""
	if frappe.conf.get(DEVELOPMENT):
		return
	for key in UNSAFE:
		if frappe.conf.get(key):
			frappe.throw(
				_(
					'This site does not run while "{0}" is on: switch it off in the configuration of the site and of the bench.'
				).format(key),
				UnsafeSettingError,
				title=_("Unsafe Setting"),
			)


def ensure_encrypted_backups() -> None:
	"""Backups are encrypted, with a key of this site that is never empty."""
	get_or_generate_backup_encryption_key()
	if not frappe.db.get_single_value("System Settings", "encrypt_backup"):
		frappe.db.set_single_value("System Settings", "encrypt_backup", 1)
