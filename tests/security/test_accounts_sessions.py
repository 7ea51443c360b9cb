"""Accounts that may not be used any more stay out, by every door and from the next request on."""

import json

import frappe
import pytest
from frappe.utils.password import update_password
from isolation.browser import PASSWORD, URL, Browser
from isolation.records import Stage

from security.people import account, end_assignments, log_in, logged_in, somewhere, who

CHIEF = "Directorate Director"


@pytest.fixture
def clerk(stage: Stage) -> str:
	return account("clerk", CHIEF, org_unit=stage.here.place.directorate)


def is_out(browser: Browser) -> bool:
	"""Refused as unknown (401) or as a guest (403)."""
	return who(browser).status_code in (401, 403)


def said(answer) -> str:
	"""What the log-in page shows of an answer."""
	return " ".join(json.loads(text)["message"] for text in json.loads(answer.json()["_server_messages"]))


def disable(user: str) -> None:
	"""In the database only, so that nothing else ends the session."""
	frappe.db.set_value("User", user, "enabled", 0)
	frappe.db.commit()


def keys_of(user: str) -> str:
	doc = frappe.get_doc("User", user)
	doc.update({"api_key": frappe.generate_hash(length=15), "api_secret": frappe.generate_hash(length=15)})
	secret = doc.api_secret
	doc.save(ignore_permissions=True)
	frappe.db.commit()
	return f"{doc.api_key}:{secret}"


def bearer_of(user: str) -> str:
	token = frappe.generate_hash(length=30)
	later = frappe.utils.add_to_date(None, hours=1)
	row = {"doctype": "OAuth Bearer Token", "access_token": token, "user": user, "status": "Active"}
	row |= {"expiration_time": later, "expires_in": 3600, "scopes": "all", "name": token}
	frappe.get_doc(row).insert(ignore_permissions=True, ignore_links=True, ignore_mandatory=True)
	frappe.db.commit()
	return token


@pytest.mark.parametrize("change", [disable, end_assignments])
def test_an_open_session_ends_at_the_next_request(clerk: str, change) -> None:
	browser = logged_in(clerk)
	assert who(browser).json()["message"] == clerk
	change(clerk)
	assert who(browser).status_code == 401


@pytest.mark.parametrize("change", [disable, end_assignments])
def test_keys_open_nothing_any_more(clerk: str, change) -> None:
	header = f"token {keys_of(clerk)}"
	assert who(somewhere(), Authorization=header).json()["message"] == clerk
	change(clerk)
	assert who(somewhere(), Authorization=header).status_code == 401


@pytest.mark.parametrize("change", [disable, end_assignments])
def test_a_bearer_token_opens_nothing_any_more(clerk: str, change) -> None:
	header = f"Bearer {bearer_of(clerk)}"
	change(clerk)
	answer = who(somewhere(), Authorization=header)
	assert answer.status_code == 401
	assert clerk not in answer.text


@pytest.mark.parametrize("change", [disable, end_assignments])
def test_a_mailed_link_logs_nobody_in(clerk: str, change) -> None:
	key = frappe.generate_hash()
	frappe.cache.set_value(f"one_time_login_key:{key}", clerk, expires_in_sec=600)
	change(clerk)
	browser = somewhere()
	path = f"{URL}/api/method/frappe.www.login.login_via_key"
	answer = browser.session.get(path, params={"key": key}, allow_redirects=False, timeout=60)
	assert answer.status_code in (401, 403, 404)
	assert not frappe.db.exists("Sessions", {"user": clerk})


@pytest.mark.parametrize("change", [disable, end_assignments])
def test_the_realtime_server_is_told_of_nobody(clerk: str, change) -> None:
	browser = logged_in(clerk)
	change(clerk)
	assert browser.ask("frappe.realtime.get_user_info").status_code == 401


def test_a_log_in_after_the_last_day_is_answered_with_the_reason(clerk: str) -> None:
	end_assignments(clerk)
	answer = log_in(somewhere(), clerk)
	assert answer.status_code == 401
	assert frappe.db.count("Sessions", {"user": clerk}) == 0
	assert "تكليف" in said(answer)


def test_pages_lead_a_former_user_to_the_log_in_page(clerk: str) -> None:
	browser = logged_in(clerk)
	end_assignments(clerk)
	browser.session.headers["Accept"] = "text/html"
	answer = browser.get("/app")
	assert answer.status_code in (200, 403)
	assert "login" in answer.url or "login" in answer.text
	assert clerk not in answer.text


def test_the_end_of_the_last_assignment_ends_the_sessions(clerk: str) -> None:
	logged_in(clerk)
	yesterday = frappe.utils.add_days(frappe.utils.nowdate(), -1)
	name = frappe.db.get_value("Staff Assignment", {"user": clerk})
	doc = frappe.get_doc("Staff Assignment", name)
	doc.update({"valid_from": frappe.utils.add_days(yesterday, -3), "valid_to": yesterday}).save()
	frappe.db.commit()
	assert frappe.db.count("Sessions", {"user": clerk}) == 0


def test_the_daily_job_ends_sessions_of_former_users(clerk: str, stage: Stage) -> None:
	from social_care.accounts.sessions import end_former_now

	other = account("other", CHIEF, org_unit=stage.here.place.directorate)
	logged_in(clerk), logged_in(other)
	end_assignments(clerk)
	end_former_now()
	frappe.db.commit()
	assert frappe.db.count("Sessions", {"user": clerk}) == 0
	assert frappe.db.count("Sessions", {"user": other}) == 1


def test_disabling_takes_sessions_and_keys(clerk: str) -> None:
	keys_of(clerk)
	logged_in(clerk)
	frappe.get_doc("User", clerk).update({"enabled": 0}).save()
	frappe.db.commit()
	assert frappe.db.count("Sessions", {"user": clerk}) == 0
	assert not frappe.db.get_value("User", clerk, "api_key")


def test_a_rename_ends_sessions(clerk: str) -> None:
	browser = logged_in(clerk)
	renamed = frappe.rename_doc(
		"User", clerk, f"renamed.{frappe.generate_hash(length=6)}@test.invalid", force=True
	)
	frappe.db.commit()
	assert is_out(browser)
	frappe.rename_doc("User", renamed, clerk, force=True)
	frappe.db.commit()


def test_another_type_of_user_ends_sessions() -> None:
	citizen = account("typed")
	doc = frappe.get_doc("User", citizen)
	doc.update({"roles": []}).save()
	frappe.db.commit()
	browser = logged_in(citizen)
	assert who(browser).json()["message"] == citizen
	frappe.db.rollback()
	doc = frappe.get_doc("User", citizen)
	doc.append("roles", {"role": "Translator"})
	doc.save()
	frappe.db.commit()
	assert doc.user_type == "System User"
	assert is_out(browser)


def test_a_logged_out_session_does_not_come_back_from_the_cache(clerk: str) -> None:
	browser = logged_in(clerk)
	sid = browser.session.cookies["sid"]
	cached = frappe.cache.hget("session", sid)
	assert cached
	browser.call("logout")
	frappe.cache.hset("session", sid, cached)  # what a request does that ends after the log-out
	assert who(somewhere(), Cookie=f"sid={sid}").status_code == 401


def test_a_new_password_leaves_one_session(clerk: str) -> None:
	frappe.db.set_value("User", clerk, "simultaneous_sessions", 5)
	frappe.db.commit()
	others = [logged_in(clerk) for _number in range(3)]
	browser = logged_in(clerk)
	name = "frappe.core.doctype.user.user.update_password"
	fresh = "Zj8-quiet-Harbour-41"
	answer = browser.call(name, new_password=fresh, old_password=PASSWORD, logout_all_sessions=1)
	assert answer.status_code == 200, answer.text[:300]
	frappe.db.rollback()
	assert frappe.db.count("Sessions", {"user": clerk}) == 1
	assert all(is_out(other) for other in others)
	assert who(browser).json()["message"] == clerk


def test_a_password_set_by_an_administrator_ends_sessions() -> None:
	clerk = account("renewed")
	browser = logged_in(clerk)
	frappe.db.rollback()
	doc = frappe.get_doc("User", clerk)
	doc.new_password = "Zj8-quiet-Harbour-42"
	doc.save()
	frappe.db.commit()
	assert is_out(browser)
	update_password(clerk, PASSWORD)


def test_an_account_bound_to_addresses_is_bound_to_networks(clerk: str) -> None:
	frappe.db.set_value("User", clerk, "restrict_ip", "127.77.0.0/16, ,")
	frappe.db.commit()
	assert log_in(somewhere("127.77.3.4"), clerk).status_code == 200
	assert log_in(somewhere("127.7.7.7"), clerk).status_code == 401
	inside = logged_in(clerk, address="127.77.3.5")
	outside = somewhere("127.7.7.8")
	stolen = {"Cookie": f"sid={inside.session.cookies['sid']}", "X-Forwarded-For": "127.77.3.5"}
	assert who(outside, **stolen).status_code == 401
	assert who(inside).json()["message"] == clerk
