"""What every request passes before anything answers it (hooks `before_request` and `after_request`)."""

import frappe

from social_care.accounts import hosts, passwords, sessions, tokens
from social_care.accounts.addresses import client_address, warn_of_unknown_proxy
from social_care.accounts.logins import check_login_answer
from social_care.accounts.unused import refuse_unused
from social_care.api.guards.request import command


def guard_request() -> None:
	"""Host, address, account, redirects, lengths: in this order, the cheap ones first."""
	hosts.check_host()
	frappe.local.request_ip = client_address()
	warn_of_unknown_proxy()
	if frappe.request.method == "OPTIONS":
		return
	hosts.clean_redirects()
	passwords.check_lengths()
	check_login_answer()
	sessions.check_session()
	tokens.check_authorization()
	refuse_unused(command())


def secure_cookies(response=None, request=None) -> None:
	"""Cookies of a site under https travel under https only; that of the session is out of a script's reach."""
	manager = getattr(frappe.local, "cookie_manager", None)
	if not manager:
		return
	address = frappe.conf.host_name or frappe.conf.hostname or ""
	secure = address.startswith("https://") or bool(request and request.scheme == "https")
	for key, options in manager.cookies.items():
		options["secure"] = bool(options.get("secure")) or secure
		options["samesite"] = options.get("samesite") or "Lax"
		options["httponly"] = bool(options.get("httponly")) or key == "sid"
