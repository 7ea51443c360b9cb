"""Settings of bench and site that this app does not run with."""

import click
import frappe
from frappe import _
from frappe.utils.backups import get_or_generate_backup_encryption_key

from social_care.accounts.addresses import is_loopback

# Server scripts are code that an administrator types into a form; developer mode writes forms into code.
UNSAFE = ("server_script_enabled", "developer_mode")
DEVELOPMENT = "social_care_development"


class UnsafeSettingError(frappe.ValidationError):
	"""The bench or the site is configured so that children's files are not safe."""

	http_status_code = 503


def refuse_unsafe_settings() -> None:
	"""Hook `before_request`: nobody but the developer's own machine is answered while such a setting is on.

	A site that holds no real data may say `social_care_development: 1` in its site_config.json.
	"""
	if (found := unsafe_settings()) and not from_this_machine():
		frappe.throw(sentence(found[0]), UnsafeSettingError, title=_("Unsafe Setting"))


def warn_of_unsafe_settings() -> None:
	"""At installation and migration: say what the site will refuse to run with."""
	for key in unsafe_settings():
		click.secho(sentence(key), fg="red")


def unsafe_settings() -> list[str]:
	"""Unsafe settings that are on, unless the site is declared a developer's."""
	return [] if frappe.conf.get(DEVELOPMENT) else [key for key in UNSAFE if frappe.conf.get(key)]


def from_this_machine() -> bool:
	"""Whether a browser on this machine asks, and no proxy stands between."""
	forwarded = frappe.get_request_header("X-Forwarded-For") or frappe.get_request_header("X-Real-IP")
	return not forwarded and is_loopback(frappe.request.remote_addr or "")


def sentence(key: str) -> str:
	return _(
		'This site does not run while "{0}" is on: switch it off in the configuration of the site and of the bench.'
	).format(key)


def ensure_encrypted_backups() -> None:
	"""Backups are encrypted, with a key of this site that is never empty."""
	get_or_generate_backup_encryption_key()
	if not frappe.db.get_single_value("System Settings", "encrypt_backup"):
		frappe.db.set_single_value("System Settings", "encrypt_backup", 1)
