"""The second factor of headquarters and administrators, as a setting."""

from collections.abc import Iterator

import frappe
import pyotp
import pytest
from frappe.twofactor import get_otpsecret_for_
from isolation.browser import PASSWORD, URL
from isolation.records import Stage

from security.letters import letterbox
from security.people import account, log_in, somewhere, who


@pytest.fixture(scope="module")
def second_factor(stage: Stage) -> Iterator[None]:
	"""Switched on in Social Care Settings for these tests."""
	switch(1)
	yield
	switch(0)


def switch(value: int) -> None:
	settings = frappe.get_doc("Social Care Settings")
	settings.second_factor = value
	settings.save()
	frappe.db.commit()
	frappe.clear_cache()


@pytest.fixture
def head(second_factor: None) -> str:
	return account("head.two", "Central Administration Head", org_unit="HQ")


@pytest.fixture
def clerk(second_factor: None, stage: Stage) -> str:
	return account("clerk.two", "Institution Entry User", institution=stage.here.place.institution)


def test_a_clerk_logs_in_with_a_password(clerk: str) -> None:
	browser = somewhere()
	assert log_in(browser, clerk).json()["message"] == "Logged In"
	assert who(browser).json()["message"] == clerk


def test_headquarters_need_the_code_as_well(head: str) -> None:
	browser = somewhere()
	with letterbox():
		first = log_in(browser, head)
	assert first.status_code == 200 and first.json().get("tmp_id")
	assert who(browser).status_code == 403
	assert frappe.db.count("Sessions", {"user": head}) == 0
	wrong = second(browser, first.json()["tmp_id"], "000000")
	assert wrong.status_code == 401
	frappe.db.rollback()
	right = second(browser, first.json()["tmp_id"], pyotp.TOTP(get_otpsecret_for_(head)).now())
	assert right.json()["message"] == "Logged In", right.text[:300]
	assert who(browser).json()["message"] == head


def second(browser, tmp_id: str, code: str):
	data = {"otp": code, "tmp_id": tmp_id}
	return browser.session.post(f"{URL}/api/method/login", data=data, timeout=60)


def test_neither_a_mailed_link_nor_a_reset_link_replaces_it(head: str) -> None:
	key = frappe.generate_hash()
	frappe.cache.set_value(f"one_time_login_key:{key}", head, expires_in_sec=600)
	path = f"{URL}/api/method/frappe.www.login.login_via_key"
	answer = somewhere().session.get(path, params={"key": key}, allow_redirects=False, timeout=60)
	assert answer.status_code in (401, 403, 404)
	link = frappe.get_doc("User", head).reset_password()
	frappe.db.commit()
	browser = somewhere()
	name = "frappe.core.doctype.user.user.update_password"
	answer = browser.call(name, new_password="Zj8-quiet-Harbour-47", key=link.partition("key=")[2])
	assert answer.json().get("message") == "/login", answer.text[:300]
	assert who(browser).status_code in (401, 403)
	assert frappe.db.count("Sessions", {"user": head}) == 0


def test_a_waiting_account_is_not_asked_for_a_code(head: str) -> None:
	for number in range(5):
		log_in(somewhere(), head, f"wrong {number}")
	answer = log_in(somewhere(), head, PASSWORD)
	assert answer.status_code == 429
	assert "tmp_id" not in answer.text and "verification" not in answer.text


def test_the_setting_writes_the_roles(second_factor: None) -> None:
	asked = set(frappe.get_all("Role", filters={"two_factor_auth": 1}, pluck="name"))
	assert {"System Manager", "Central Administration Head", "Functional Administrator"} <= asked
	assert not asked & {"All", "Institution Entry User", "Directorate Director"}
