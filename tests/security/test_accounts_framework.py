"""What patches 0032 to 0034 promise; a later Frappe 15 promises it, too."""

import frappe
import pytest
from frappe.integrations.doctype.ldap_settings.ldap_settings import LDAPSettings
from frappe.rate_limiter import rate_limit
from frappe.sessions import clear_sessions
from isolation.records import Stage

from security.people import account, logged_in


class Directory:
	"""Stands for an LDAP connection: remembers what was searched for and finds nobody."""

	def __init__(self) -> None:
		self.asked: list[str] = []
		self.entries: list = []

	def search(self, search_base: str, search_filter: str, attributes: list) -> bool:
		self.asked.append(search_filter)
		return False


@pytest.mark.parametrize("name", ["*", "a)(uid=*", "admin*", "x\\2a"])
def test_a_name_with_special_characters_finds_nobody(name: str, monkeypatch) -> None:
	directory = Directory()
	monkeypatch.setattr(LDAPSettings, "connect_to_ldap", lambda *_args, **_options: directory)
	monkeypatch.setattr(LDAPSettings, "get_ldap_attributes", lambda self: ["mail"])
	settings = frappe.get_doc({"doctype": "LDAP Settings", "enabled": 1, "ldap_search_string": "(uid={0})"})
	settings.ldap_email_field = "mail"
	for ask in (lambda: settings.authenticate(name, "x"), lambda: settings.reset_password(name, "x")):
		try:
			ask()
		except (frappe.ValidationError, AttributeError):
			frappe.clear_messages()
	assert len(directory.asked) == 2
	for asked in directory.asked:
		assert "*" not in asked and asked.count("(") == asked.count(")") == 1


def test_log_out_everywhere_leaves_one_session(stage: Stage, monkeypatch) -> None:
	user = account("everywhere", "Inspector", org_unit=stage.here.place.directorate)
	frappe.db.set_value("User", user, "simultaneous_sessions", 5)
	frappe.db.commit()
	browsers = [logged_in(user) for _number in range(4)]
	kept = browsers[-1].session.cookies["sid"]
	monkeypatch.setattr(frappe.local, "session", frappe._dict(user=user, sid=kept, data=frappe._dict()))
	monkeypatch.setattr(frappe.local, "request_ip", "10.1.2.3", raising=False)
	frappe.db.rollback()
	clear_sessions(user, keep_current=True, force=True)
	assert frappe.db.sql_list("select `sid` from `tabSessions` where `user` = %s", user) == [kept]


@rate_limit(limit=2, seconds=60)
def limited(word: str, cmd: str = "") -> str:
	"""A function with a limit, called by another one."""
	return word


def test_limits_of_the_framework_are_the_sites_own(monkeypatch) -> None:
	"""A refused call says so, its counter stands under the site's prefix, and arguments are those of the call."""
	name = frappe.generate_hash()
	monkeypatch.setattr(frappe.local, "request_ip", "10.1.2.3", raising=False)
	monkeypatch.setattr(frappe.local, "form_dict", frappe._dict(cmd=name, word="of the request"))
	assert [limited(word="mine"), limited(word="mine")] == ["mine"] * 2
	with pytest.raises(frappe.TooManyRequestsError):
		limited(word="mine")
	assert not frappe.cache.keys(f"rl:{name}*")
	assert frappe.cache.keys(frappe.cache.make_key(f"rl:{name}*"))
