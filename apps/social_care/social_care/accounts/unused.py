"""Doors that stand open in the framework though nobody uses them: closed until an administrator puts them to use."""

import frappe
from frappe import _

LDAP = "frappe.integrations.doctype.ldap_settings.ldap_settings."


def refuse_unused(name: str) -> None:
	"""404 for sign-up, social log-in, the OAuth provider and LDAP, where the site does not use them."""
	if name.startswith(("frappe.integrations.oauth2_logins.", "frappe.www.login.login_via_")):
		if name not in ("frappe.www.login.login_via_key", "frappe.www.login.login_via_token"):
			_need(frappe.db.exists("Social Login Key", {"enable_social_login": 1}))
	elif name.startswith("frappe.integrations.oauth2."):
		_need(frappe.db.exists("OAuth Client", {"name": ["is", "set"]}))
	elif name.startswith(LDAP):
		_need(frappe.db.get_single_value("LDAP Settings", "enabled"))
		if name == LDAP + "reset_password":
			frappe.only_for("System Manager")
	elif name == "frappe.core.doctype.user.user.sign_up":
		_need(not frappe.get_website_settings("disable_signup"))


def _need(used) -> None:
	if not used:
		frappe.throw(_("This function is switched off."), frappe.DoesNotExistError, title=_("Not Available"))
