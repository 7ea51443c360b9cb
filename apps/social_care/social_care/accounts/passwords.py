"""Passwords: how long, how strong, and none that everybody knows."""

import frappe
from frappe import _
from frappe.core.doctype.user import user as framework
from frappe.utils.password import check_password

from social_care import plurals
from social_care.accounts import attempts
from social_care.accounts.addresses import client_address
from social_care.accounts.hosts import is_local_request
from social_care.accounts.sessions import end_sessions
from social_care.accounts.standing import AccountError

LONGEST = 512
ARGUMENTS = {"pwd", "password", "new_password", "old_password", "confirm_password"}
DEFAULTS = ("admin", "administrator", "password", "frappe", "changeme", "123456")


class PasswordError(frappe.ValidationError):
	"""A password that is not taken."""


def check_lengths() -> None:
	"""Refuse a password nobody types before anything is computed of it."""
	for key in ARGUMENTS & set(frappe.local.form_dict):
		check_length(frappe.local.form_dict[key])


def check_length(password) -> None:
	if isinstance(password, str) and len(password) > LONGEST:
		sentence = _("A password has at most {0} characters.", context=plurals.form(LONGEST))
		frappe.throw(sentence.format(LONGEST), PasswordError, title=_("Password"))


def note_new_password(doc, method: str | None = None) -> None:
	"""User hook, before the framework computes anything: the length, and that there is a new one."""
	doc.flags.social_care_new_password = bool(doc.get("new_password")) and not doc.is_new()
	check_length(doc.get("new_password"))


@frappe.whitelist(allow_guest=True)
def strength(new_password: str) -> dict:
	"""What the form says beside a password; the password itself is not sent back. Guests: the form of a reset link."""
	check_length(new_password)
	result = framework.test_password_strength(new_password) or {}
	return {key: result[key] for key in ("score", "feedback") if key in result}


@frappe.whitelist(allow_guest=True, methods=["POST"])
def update_password(
	new_password: str, logout_all_sessions: int = 0, key: str | None = None, old_password: str | None = None
) -> str:
	"""Change a password by the old one or by the key of a reset link (a guest's); other sessions end."""
	check_length(new_password)
	attempts.refuse_waiting("" if key else frappe.session.user)
	if not (key or old_password) or (not key and frappe.session.user == "Guest"):
		raise frappe.PermissionError
	answer = framework.update_password(new_password, logout_all_sessions, key, old_password)
	if frappe.local.response.get("http_status_code") == 410:
		attempts.count(attempts.address_limit(), client_address())
		return answer
	end_sessions(frappe.session.user, keep=frappe.session.sid)
	return _through_second_factor(answer)


def _through_second_factor(answer: str) -> str:
	"""A new password is no second factor: whoever needs one logs in."""
	from frappe.twofactor import should_run_2fa

	if not should_run_2fa(frappe.session.user):
		return answer
	end_sessions(frappe.session.user)
	frappe.local.login_manager.clear_cookies()
	return "/login"


def refuse_known_password(user: str) -> None:
	"""Beyond this machine nobody logs in with a password that stands in a manual or in a demonstration."""
	if is_local_request():
		return
	known = (*DEFAULTS, frappe.conf.get("social_care_demo_password") or "")
	if any(password and _is_password(user, password) for password in known):
		frappe.throw(
			_(
				"This account still has a password that everybody knows. It can be used on the server itself only."
			),
			AccountError,
			title=_("Log-in"),
		)


def _is_password(user: str, password: str) -> bool:
	try:
		return bool(check_password(user, password, delete_tracker_cache=False))
	except frappe.AuthenticationError:
		return False
