"""Whether an account may be used at this moment: it is enabled, and whoever is staff has an assignment today."""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import nowdate

from social_care.accounts.addresses import client_address, inside, networks

QUERY = """select u.`enabled`, u.`user_type`, u.`restrict_ip`,
		exists(select 1 from `tabSessions` s where s.`sid` = %(sid)s and s.`user` = u.`name`) as `open`,
		exists(select 1 from `tabStaff Assignment` a where a.`user` = u.`name`) as `staff`,
		exists(select 1 from `tabStaff Assignment` a where a.`user` = u.`name` and a.`valid_from` <= %(today)s
			and (a.`valid_to` is null or a.`valid_to` >= %(today)s)) as `assigned`,
		exists(select 1 from `tabHas Role` r where r.`parent` = u.`name` and r.`parenttype` = 'User'
			and r.`role` = 'System Manager') as `manager`
	from `tabUser` u where u.`name` = %(user)s"""


class AccountError(frappe.AuthenticationError):
	"""An account that may not be used now."""


@dataclass(frozen=True)
class Standing:
	"""What one question to the database tells of an account and a session."""

	enabled: bool
	open: bool
	former: bool
	address_allowed: bool

	@property
	def usable(self) -> bool:
		return self.enabled and self.address_allowed and not self.former


def standing(user: str, sid: str = "") -> Standing:
	"""The account as the database has it now, whatever the cache says of its session."""
	rows = frappe.db.sql(QUERY, {"user": user, "sid": sid, "today": nowdate()}, as_dict=True)
	if not rows:
		return Standing(False, False, False, False)
	row = rows[0]
	former = bool(row.staff and not row.assigned and not row.manager) and user != "Administrator"
	return Standing(
		enabled=bool(row.enabled) or user == "Administrator",
		open=bool(row.open),
		former=former,
		address_allowed=_address_allowed(row.restrict_ip),
	)


def _address_allowed(listed: str | None) -> bool:
	"""Whether the request comes from one of the addresses that the account is bound to, if it is bound at all."""
	return not (listed or "").strip(" ,") or inside(client_address(), networks(listed))


def require_usable(found: Standing) -> None:
	"""Refuse an account that may not be used, with a sentence that says why."""
	if found.former:
		_refuse(_("Your assignment has ended or has not begun. Ask your directorate."))
	if not found.enabled:
		_refuse(_("This account is not in use."))
	if not found.address_allowed:
		_refuse(_("This account may not be used from here."))


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, AccountError, title=_("Log-in"))
