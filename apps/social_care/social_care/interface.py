"""What letters and pages say of the system itself, and how a user wants to read numbers."""

import frappe
from frappe import _

DIGITS_KEY = "social_care_digits"
DIGITS = ("latin", "arabic")


def social_care_system_name() -> str:
	"""The name that the ministry gave the system in Website Settings or System Settings."""
	return (
		frappe.get_website_settings("app_name")
		or frappe.get_system_settings("app_name")
		or _("Social Care System")
	)


def chosen_digits() -> str | None:
	"""What the session user chose, else what the site's configuration says; None where neither says anything."""
	return frappe.defaults.get_user_default(DIGITS_KEY) or frappe.conf.get(DIGITS_KEY)


def digits() -> str:
	"""The digits of the session user's screens: "latin" (0 to 9) or "arabic" (Arabic-Indic); his own choice, else the
	site's configuration, else Social Care Settings. Prints have a setting of their own (`printing.config.digits`)."""
	chosen = chosen_digits() or frappe.get_cached_doc("Social Care Settings").get("screen_digits") or ""
	return DIGITS[1] if chosen.lower().startswith("arabic") else DIGITS[0]


def choose_digits(chosen: str) -> None:
	"""Keep the session user's choice. Raises ValidationError for anything that is no kind of digits."""
	if chosen not in DIGITS:
		frappe.throw(_("There are no such digits."), title=_("Digits"))
	frappe.defaults.set_user_default(DIGITS_KEY, chosen)
