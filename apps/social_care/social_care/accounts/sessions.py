"""Sessions are looked up in the database with every request, and end when the right to them ends."""

import frappe
from frappe import _
from frappe.utils import nowdate

from social_care.accounts.standing import AccountError, Standing, require_usable, standing

FORMER = """select distinct s.`user` from `tabSessions` s
	where exists(select 1 from `tabStaff Assignment` a where a.`user` = s.`user`)
		and not exists(select 1 from `tabStaff Assignment` a where a.`user` = s.`user`
			and a.`valid_from` <= %(today)s and (a.`valid_to` is null or a.`valid_to` >= %(today)s))
		and not exists(select 1 from `tabHas Role` r where r.`parent` = s.`user` and r.`parenttype` = 'User'
			and r.`role` = 'System Manager')"""


def check_session() -> None:
	"""A cookie counts only with its row in the database and for an account that may be used.

	The cache may still know a session that has been logged out: a request that ran meanwhile wrote it back.
	"""
	user = frappe.session.user
	if not user or user == "Guest":
		return
	found = standing(user, frappe.session.sid)
	if not (found.open and found.usable):
		_turn_away(found)


def _turn_away(found: Standing) -> None:
	"""Pages go on as for a guest (and lead to the log-in page); everything else is refused."""
	arguments = frappe.local.form_dict
	frappe.local.login_manager.clear_cookies()
	frappe.set_user("Guest")
	frappe.local.form_dict = arguments
	if _is_page():
		return
	require_usable(found)
	frappe.throw(_("Your session has ended. Log in again."), AccountError, title=_("Log-in"))


def _is_page() -> bool:
	path = frappe.request.path
	return (
		frappe.request.method in ("GET", "HEAD")
		and not frappe.local.form_dict.get("cmd")
		and not path.startswith(("/api/", "/private/", "/backups"))
	)


def end_sessions(user: str, keep: str = "") -> None:
	"""End every session of a user, except one; nothing of them is left in the cache after the commit."""
	query = "select `sid` from `tabSessions` where `user` = %s and `sid` != %s"
	names = frappe.db.sql_list(query, (user, keep))
	if not names:
		return
	frappe.db.delete("Sessions", {"sid": ["in", names]})
	frappe.db.after_commit.add(lambda: _forget(names))


def _forget(names: list[str]) -> None:
	for name in names:
		frappe.cache.hdel("session", name)
		frappe.cache.hdel("last_db_session_update", name)


def end_after_assignment(doc, method: str | None = None) -> None:
	"""Staff Assignment hook: with the last valid assignment of somebody his sessions end."""
	before = doc.get_doc_before_save()
	for user in {doc.user, before.user if before else doc.user}:
		if standing(user).former:
			end_sessions(user)


def end_after_change(doc, method: str | None = None) -> None:
	"""User hook: disabling, another type of user and a new password end the sessions there are."""
	before = doc.get_doc_before_save()
	if doc.flags.social_care_new_password:
		own = doc.name == frappe.session.user
		end_sessions(doc.name, keep=frappe.session.sid if own else "")
	if before and before.enabled and not doc.enabled:
		close_doors(doc.name)
	if before and before.user_type != doc.user_type:
		end_sessions(doc.name)


def close_doors(user: str) -> None:
	"""What else opened the account: API keys and tokens, besides the sessions."""
	end_sessions(user)
	frappe.db.set_value("User", user, "api_key", None, update_modified=False)
	frappe.db.delete("__Auth", {"doctype": "User", "name": user, "fieldname": "api_secret"})
	frappe.db.delete("OAuth Bearer Token", {"user": user})


def end_after_rename(doc, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""User hook: nobody goes on under a name that is not his any more."""
	end_sessions(old)
	end_sessions(new)


def end_former() -> None:
	"""Daily: sessions of those whose last assignment ended."""
	frappe.enqueue(
		"social_care.accounts.sessions.end_former_now", job_id="social_care_end_former", deduplicate=True
	)


def end_former_now() -> None:
	"""End the sessions of everybody who has had assignments and has none today."""
	for user in frappe.db.sql_list(FORMER, {"today": nowdate()}):
		end_sessions(user)
