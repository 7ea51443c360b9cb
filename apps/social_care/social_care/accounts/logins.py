"""Log-ins: failures are counted, accounts that may not be used stay out by every way in."""

import frappe
from frappe import _
from frappe.utils import escape_html

from social_care.accounts import attempts
from social_care.accounts.addresses import client_address
from social_care.accounts.passwords import refuse_known_password
from social_care.accounts.standing import AccountError, require_usable, standing
from social_care.api.guards.request import command

WITH_SECOND_FACTOR = {"login", "frappe.integrations.doctype.ldap_settings.ldap_settings.login"}
ASKS_PASSWORD = "frappe.core.doctype.user.user.verify_password"
CHANGES_PASSWORD = "frappe.core.doctype.user.user.update_password"


def on_login(login_manager) -> None:
	"""Hook of every log-in (password, mail link, social, reset link), before there is a session."""
	if not frappe.request or login_manager.user == "Guest":
		return
	frappe.local.request_ip = client_address()
	_speak()
	attempts.refuse_waiting(login_manager.user)
	require_usable(standing(login_manager.user))
	refuse_known_password(login_manager.user)
	_require_second_factor(login_manager.user)
	attempts.succeeded(login_manager.user)


def _require_second_factor(user: str) -> None:
	from frappe.twofactor import should_run_2fa

	if command() not in (*WITH_SECOND_FACTOR, CHANGES_PASSWORD) and should_run_2fa(user):
		frappe.throw(_("Log in with your password and the second factor."), AccountError, title=_("Log-in"))


def check_login_answer() -> None:
	"""While the account or the address waits, a right password is answered neither by a question nor by a yes."""
	if command() == "login" and (frappe.session.user or "Guest") == "Guest":
		_speak()
		attempts.refuse_waiting(frappe.local.login_manager.user or "")
	elif command() == ASKS_PASSWORD:
		attempts.refuse_waiting(frappe.session.user)


def note_failure(doc, method: str | None = None) -> None:
	"""Activity Log hook: names are kept as text, and a failed log-in counts for account and address."""
	if doc.operation not in ("Login", "Logout"):
		return
	typed = doc.user
	for field in ("user", "full_name", "subject"):
		doc.set(field, _as_text(doc.get(field)))
	if frappe.request:
		frappe.local.request_ip = client_address()
		_speak()
		if doc.operation == "Login" and doc.status == "Failed":
			attempts.failed(typed)


def _speak() -> None:
	"""In the site's language: the framework has not chosen one yet, and the account's would tell that there is one."""
	frappe.local.lang = frappe.db.get_default("lang") or frappe.local.lang


def _as_text(value: str | None) -> str | None:
	return escape_html(value)[:140] if value and ("<" in value or ">" in value) else value
