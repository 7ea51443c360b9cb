"""Hosts, redirects, headers, cookies, long passwords and doors that nobody uses."""

import time

import frappe
import pytest
from isolation.browser import PASSWORD, URL
from isolation.records import Stage

from security.people import account, log_in, logged_in, site_config, somewhere, who

SIGN_UP = "frappe.core.doctype.user.user.sign_up"
LDAP = "frappe.integrations.doctype.ldap_settings.ldap_settings"
REDIRECTS = (
	"https://evil.example",
	"//evil.example",
	"///evil.example",
	"/\\evil.example",
	"\\\\evil.example",
	"%2F%2Fevil.example",
	"%252F%252Fevil.example",
	"/%5Cevil.example",
	"https:evil.example",
	"javascript:alert(1)",
	" //evil.example",
	"/\t/evil.example",
	"http://localhost@evil.example/",
)


@pytest.fixture(scope="module")
def clerk(stage: Stage) -> str:
	return account("asking", "Directorate Director", org_unit=stage.here.place.directorate)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "test.localhost.evil.example"])
def test_an_unknown_host_is_refused(host: str) -> None:
	for path in ("/login", "/api/method/ping"):
		assert somewhere().session.get(URL + path, headers={"Host": host}, timeout=60).status_code == 400


def test_known_hosts_are_answered() -> None:
	for host in (frappe.local.site, "127.0.0.1:8000", "localhost"):
		answer = somewhere().session.get(f"{URL}/api/method/ping", headers={"Host": host}, timeout=60)
		assert answer.status_code == 200
	with site_config(allowed_hosts=["care.example"]):
		headers = {"Host": "care.example"}
		assert (
			somewhere().session.get(f"{URL}/api/method/ping", headers=headers, timeout=60).status_code == 200
		)


@pytest.mark.parametrize("target", REDIRECTS)
def test_nobody_is_sent_elsewhere_after_the_log_in(clerk: str, target: str) -> None:
	for browser in (somewhere(), _page_of(clerk)):
		answer = browser.session.get(
			f"{URL}/login", params={"redirect-to": target}, allow_redirects=False, timeout=60
		)
		assert answer.is_redirect
		assert "evil" not in answer.headers["Location"] and "alert" not in answer.headers["Location"]


def _page_of(user: str, known: dict = {}):  # noqa: B006 (one browser for the module)
	if user not in known:
		known[user] = logged_in(user)
	return known[user]


def test_paths_of_the_site_are_where_one_is_sent(clerk: str) -> None:
	for target in ("/app/child", f"{URL}/app", "/app/child?sex=Male"):
		answer = _page_of(clerk).session.get(
			f"{URL}/login", params={"redirect-to": target}, allow_redirects=False, timeout=60
		)
		assert answer.headers["Location"].endswith(target.removeprefix(URL))


@pytest.mark.parametrize(
	"header",
	[
		"token wrong:wrong",
		"token :",
		"token",
		"Basic !!!",
		"Basic d3Jvbmc6d3Jvbmc=",
		"Bearer nothing",
		"Digest abc",
		"Bearer a b",
	],
)
def test_a_wrong_authorization_header_is_refused(clerk: str, header: str) -> None:
	assert who(somewhere(), Authorization=header).status_code == 401
	assert who(logged_in(clerk), Authorization=header).status_code == 401


def test_keys_of_other_tables_open_nothing() -> None:
	headers = {"Authorization": "token a:b", "Frappe-Authorization-Source": "Social Login Key"}
	assert who(somewhere(), **headers).status_code == 401


def test_cookies_of_the_session(clerk: str) -> None:
	browser = somewhere()
	answer = log_in(browser, clerk)
	cookies = answer.raw.headers.getlist("Set-Cookie")
	session = next(cookie for cookie in cookies if cookie.startswith("sid="))
	assert "HttpOnly" in session and "SameSite=Lax" in session and "Secure" not in session
	with site_config(host_name="https://care.example"):
		cookies = log_in(somewhere(), clerk, PASSWORD).raw.headers.getlist("Set-Cookie")
	assert cookies and all("Secure" in cookie for cookie in cookies if "1970" not in cookie)


@pytest.mark.parametrize("length", [513, 5000, 2_000_000])
def test_a_long_password_is_refused_at_once(clerk: str, length: int) -> None:
	begun = time.monotonic()
	answer = log_in(somewhere(), clerk, "x" * length)
	assert answer.status_code in (401, 413, 417), answer.text[:300]
	assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
	("method", "argument"),
	[
		("frappe.core.doctype.user.user.update_password", "new_password"),
		("frappe.core.doctype.user.user.test_password_strength", "new_password"),
		("frappe.core.doctype.user.user.verify_password", "password"),
		("frappe.core.doctype.user.user.update_password", "old_password"),
	],
)
def test_long_passwords_are_refused_in_every_argument(clerk: str, method: str, argument: str) -> None:
	begun = time.monotonic()
	answer = _page_of(clerk).call(method, **{"new_password": "short", argument: "Aq9" * 200})
	assert answer.status_code == 417 and "512" in answer.text.replace("٥١٢", "512")
	assert time.monotonic() - begun < 3


def test_the_strength_of_a_password_does_not_send_it_back() -> None:
	method = "frappe.core.doctype.user.user.test_password_strength"
	answer = somewhere().call(method, new_password="Zq-tell-nobody-77")
	assert answer.status_code == 200
	assert "tell" not in answer.text and "feedback" in answer.json()["message"]


def test_a_common_password_is_not_taken(clerk: str) -> None:
	method = "frappe.core.doctype.user.user.update_password"
	for common in ("123456", "password1", "qwerty123", "Administrator"):
		answer = logged_in(clerk).call(method, new_password=common, old_password=PASSWORD)
		assert answer.status_code == 417


@pytest.mark.parametrize(
	"method",
	[
		SIGN_UP,
		"frappe.integrations.oauth2.authorize",
		"frappe.integrations.oauth2.get_token",
		"frappe.integrations.oauth2.introspect_token",
		"frappe.integrations.oauth2.revoke_token",
		"frappe.integrations.oauth2.openid_configuration",
		"frappe.integrations.oauth2_logins.login_via_google",
		"frappe.integrations.oauth2_logins.custom",
		"frappe.www.login.login_via_google",
		f"{LDAP}.login",
		f"{LDAP}.reset_password",
	],
)
def test_unused_doors_are_closed(clerk: str, method: str) -> None:
	given = {"email": "new@test.invalid", "full_name": "New", "redirect_to": "/", "user": clerk}
	given |= {"password": "Zj8-quiet-Harbour-44", "logout": "0", "usr": "a", "pwd": "b"}
	for browser in (somewhere(), _page_of(clerk)):
		assert browser.call(method, **given).status_code in (403, 404)
		assert browser.ask(method, **given).status_code in (403, 404)
		assert browser.get("/", cmd=method, **given).status_code in (403, 404)
	assert not frappe.db.exists("User", "new@test.invalid")


def test_only_administrators_set_passwords_in_a_directory(clerk: str) -> None:
	frappe.db.set_single_value("LDAP Settings", "enabled", 1)
	frappe.db.commit()
	try:
		given = {"user": "*", "password": "Zj8-quiet-Harbour-45", "logout": 0}
		assert _page_of(clerk).call(f"{LDAP}.reset_password", **given).status_code == 403
	finally:
		frappe.db.set_single_value("LDAP Settings", "enabled", 0)
		frappe.db.commit()


def test_known_passwords_work_on_this_machine_only(clerk: str) -> None:
	from frappe.utils.password import update_password

	update_password(clerk, "changeme")
	frappe.db.commit()
	try:
		assert log_in(somewhere(), clerk, "changeme").status_code == 200
		with site_config(allowed_hosts=["care.example"]):
			answer = log_in(somewhere(), clerk, "changeme", Host="care.example")
		assert answer.status_code == 401
		with site_config(host_name="https://care.example"):
			assert log_in(somewhere(), clerk, "changeme").status_code == 401
	finally:
		update_password(clerk, PASSWORD)
		frappe.db.commit()


def test_a_demonstration_says_so_before_anybody_logs_in() -> None:
	def page() -> str:
		return somewhere().session.get(f"{URL}/login", headers={"Accept": "text/html"}, timeout=60).text

	said = "نسخة تجريبية: بيانات خيالية وكلمات مرور معلنة"
	with site_config(social_care_demo=None):
		assert said not in page()
	with site_config(social_care_demo=True):
		assert said in page()
