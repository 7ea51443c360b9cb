"""What the guards refuse, one line each in `logs/social_care.security.log` of the site."""

import hashlib
import logging

import frappe


def refused(what: str, **facts: str) -> None:
	"""Leave a line for those who watch; the account is told by a digest, and no argument of the request is kept."""
	logger = frappe.logger("social_care.security", allow_site=True)
	logger.setLevel(logging.WARNING)
	words = " ".join(f"{key}={str(value)[:140]!r}" for key, value in facts.items())
	logger.warning(f"refused {what} {words} account={account()}")


def account() -> str:
	"""The session user as an operator can find him again: `sha256(user)[:12]`."""
	return hashlib.sha256(frappe.session.user.encode()).hexdigest()[:12]
