"""Accounts of these tests, and browsers that come from an address of their own (all of 127.0.0.0/8 is this machine)."""

import itertools
import random
from collections.abc import Iterator
from contextlib import contextmanager

import frappe
import requests
from frappe.installer import update_site_config
from frappe.utils.password import update_password
from isolation.browser import PASSWORD, URL, Browser
from requests.adapters import HTTPAdapter
from social_care.accounts import attempts
from social_care.accounts.sessions import end_sessions
from social_care.organisation import staff_roles
from social_care.organisation.grants import forget_grants
from social_care.tests import factories

ADDRESSES = itertools.count(2)


class FromAddress(HTTPAdapter):
	"""Connections that begin at one address."""

	def __init__(self, address: str) -> None:
		self.address = address
		super().__init__()

	def init_poolmanager(self, *args, **kwargs) -> None:
		super().init_poolmanager(*args, source_address=(self.address, 0), **kwargs)


def new_address() -> str:
	"""An address that no other test of the run uses."""
	number = next(ADDRESSES)
	return f"127.{random.randrange(1, 250)}.{number // 250}.{number % 250 + 1}"


def somewhere(address: str = "") -> Browser:
	"""A guest at an address of his own."""
	browser = Browser()
	browser.session.mount("http://", FromAddress(address or new_address()))
	return browser


def logged_in(user: str, password: str = PASSWORD, address: str = "") -> Browser:
	"""A user at an address of his own."""
	browser = somewhere(address)
	answer = log_in(browser, user, password)
	assert answer.status_code == 200, answer.text[:300]
	return browser


def log_in(browser: Browser, user: str, password: str = PASSWORD, **headers: str) -> requests.Response:
	data = {"usr": user, "pwd": password}
	return browser.session.post(f"{URL}/api/method/login", data=data, headers=headers, timeout=60)


def who(browser: Browser, **headers: str) -> requests.Response:
	"""Ask the framework who it takes one for."""
	path = f"{URL}/api/method/frappe.auth.get_logged_user"
	return browser.session.get(path, headers=headers, timeout=60)


def account(prefix: str, role: str = "", **place: str) -> str:
	"""The account of that name, as if new: in use, with the tests' password, the assignment, and nothing else open."""
	frappe.set_user("Administrator")
	name = f"{prefix}@test.invalid"
	if not frappe.db.exists("User", name):
		_insert(prefix, name)
	if role and not frappe.db.exists("Staff Assignment", {"user": name, "role": role}):
		factories.assign(name, role, **place)
	values = {"enabled": 1, "restrict_ip": None, "api_key": None, "reset_password_key": None}
	frappe.db.set_value("User", name, values | {"simultaneous_sessions": 2})
	frappe.db.sql("update `tabStaff Assignment` set `valid_to` = null where `user` = %s", name)
	forget_grants()
	staff_roles.sync(name)
	end_sessions(name)
	update_password(name, PASSWORD)
	frappe.db.commit()
	for limit in (attempts.account_limit(), attempts.RESETS_OF_ACCOUNT):
		attempts.forget(limit, name)
	return name


def _insert(prefix: str, name: str) -> None:
	frappe.flags.in_import = True  # the framework lets so many accounts be made in an hour
	factories.user(prefix, name)
	frappe.db.set_value("Notification Settings", name, "enabled", 1)  # imported rows begin without it
	frappe.flags.in_import = False


def end_assignments(user: str) -> None:
	"""The last day of every assignment was yesterday; written as if by an earlier day's save, no hook runs."""
	yesterday = frappe.utils.add_days(frappe.utils.nowdate(), -1)
	frappe.db.sql(
		"update `tabStaff Assignment` set `valid_from` = %s, `valid_to` = %s where `user` = %s",
		(frappe.utils.add_days(yesterday, -9), yesterday, user),
	)
	frappe.db.commit()


@contextmanager
def site_config(**values) -> Iterator[None]:
	"""Other values in the site's configuration, as long as the test needs them."""
	before = {key: frappe.conf.get(key) for key in values}
	for key, value in values.items():
		update_site_config(key, value)
	try:
		yield
	finally:
		for key, value in before.items():
			update_site_config(key, "None" if value is None else value)
