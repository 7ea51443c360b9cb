"""The Authorization header: right, or refused. A wrong one is never taken for nobody or for the cookie's user."""

import base64
import binascii
import hmac

import frappe
from frappe import _
from frappe.utils import now_datetime
from frappe.utils.password import get_decrypted_password

from social_care.accounts import attempts
from social_care.accounts.addresses import client_address
from social_care.accounts.standing import AccountError, require_usable, standing


def check_authorization() -> None:
	"""Refuse a request whose header names no account, or one that may not be used. The framework logs in afterwards."""
	header = frappe.get_request_header("Authorization")
	if not header:
		return
	attempts.refuse_waiting()
	user = _user_of(header)
	if not user:
		attempts.count(attempts.address_limit(), client_address())
		frappe.throw(_("The key of this request is not valid."), AccountError, title=_("Log-in"))
	require_usable(standing(user))


def _user_of(header: str) -> str | None:
	kind, _space, token = header.strip().partition(" ")
	source = frappe.get_request_header("Frappe-Authorization-Source")
	if not token.strip() or (source and source != "User"):
		return None
	if kind.lower() == "bearer":
		return _user_of_bearer(token.strip())
	pair = _decoded(token.strip()) if kind.lower() == "basic" else token.strip()
	return _user_of_key(pair) if kind.lower() in ("basic", "token") else None


def _decoded(token: str) -> str:
	try:
		return base64.b64decode(token, validate=True).decode()
	except (binascii.Error, ValueError):
		return ""


def _user_of_key(pair: str) -> str | None:
	"""The owner of a key, when the secret is his; compared in a time that tells nothing of it."""
	key, colon, secret = pair.partition(":")
	user = frappe.db.get_value("User", {"api_key": key}) if key and colon and secret else None
	stored = (get_decrypted_password("User", user, "api_secret", raise_exception=False) if user else "") or ""
	same = hmac.compare_digest(secret.encode(), (stored or frappe.generate_hash(length=15)).encode())
	return user if same and stored else None


def _user_of_bearer(token: str) -> str | None:
	row = frappe.db.get_value(
		"OAuth Bearer Token", token, ["name", "user", "status", "expiration_time"], as_dict=True
	)
	valid = row and hmac.compare_digest(row.name.encode(), token.encode()) and row.status == "Active"
	return row.user if valid and row.expiration_time and row.expiration_time > now_datetime() else None
