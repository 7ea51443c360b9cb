"""Password reset: a key goes out by mail, to existing and other accounts with the same answer."""

import frappe
from frappe import _

from social_care.accounts import attempts
from social_care.accounts.addresses import client_address
from social_care.accounts.standing import standing


# Guests: whoever forgot the password is one. Counted for the address and for the account.
@frappe.whitelist(allow_guest=True, methods=["POST"])
def reset_password(user: str) -> None:
	"""Ask for a reset link. The job that sends it knows no request, so the link bears the configured host."""
	if "System Manager" not in frappe.get_roles():  # who sends links to many is no guesser
		attempts.allow_or_refuse(attempts.RESETS_OF_ADDRESS, client_address())
	account = attempts.account_key(user)
	attempts.allow_or_refuse(attempts.RESETS_OF_ACCOUNT, account)
	if account.casefold() in ("administrator", "guest"):
		raise frappe.PermissionError
	if frappe.db.exists("User", account):
		job = "social_care.accounts.resets.send_link"
		frappe.enqueue(
			job, queue="short", user=account
		)  # nothing is written here, so there is no commit to wait for
	frappe.msgprint(
		_("If the account exists, a letter with instructions is on its way to its address."),
		title=_("Password"),
	)


def send_link(user: str) -> None:
	"""Send a reset link to an account that may be used, and keep no copy of the letter."""
	found = standing(user)
	if not found.enabled or found.former:
		return
	doc = frappe.get_doc("User", user)
	doc.validate_reset_password()
	before = _letters(doc.email)
	try:
		doc.reset_password(send_email=True)
	except Exception:  # reported without the values of variables, among which is the key
		doc.db_set("reset_password_key", None)
		frappe.log_error(title="A reset link could not be sent", message=frappe.get_traceback())
	forget_letters(_letters(doc.email) - before)


def _letters(email: str) -> set[str]:
	return set(frappe.get_all("Email Queue Recipient", filters={"recipient": email}, pluck="parent"))


def forget_letters(names: set[str]) -> None:
	"""Empty stored letters that hold a key; one that could not be sent is not tried again without it."""
	for name in sorted(names):
		frappe.db.set_value("Email Queue", name, "message", "", update_modified=False)
		if frappe.db.get_value("Email Queue", name, "status") != "Sent":
			frappe.db.set_value("Email Queue", name, "status", "Error", update_modified=False)
