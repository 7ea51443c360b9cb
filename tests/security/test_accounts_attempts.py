"""Guessing passwords: by account, by address, with forged headers; and asking for reset links."""

from pathlib import Path

import frappe
import pytest
from isolation.browser import PASSWORD
from isolation.records import Stage

from security.people import account, log_in, logged_in, new_address, site_config, somewhere

RESET = "frappe.core.doctype.user.user.reset_password"


@pytest.fixture
def clerk(stage: Stage) -> str:
	return account("guessed", "Directorate Director", org_unit=stage.here.place.directorate)


def fail(times: int, user: str, address: str = "", **headers: str) -> list[int]:
	return [
		log_in(somewhere(address or new_address()), user, f"wrong {n}", **headers).status_code
		for n in range(times)
	]


def test_an_account_waits_after_five_failures_wherever_they_come_from(clerk: str) -> None:
	assert fail(5, clerk) == [401] * 5
	right = log_in(somewhere(), clerk)
	wrong = log_in(somewhere(), clerk, "wrong")
	assert (right.status_code, wrong.status_code) == (429, 429)
	assert right.json().keys() == wrong.json().keys()
	assert frappe.db.count("Sessions", {"user": clerk}) == 0


def test_every_spelling_of_an_account_counts(clerk: str) -> None:
	spellings = [clerk, clerk.upper(), clerk.title(), f"{clerk} ", clerk.capitalize()]
	for spelling in spellings:
		fail(1, spelling)
	assert log_in(somewhere(), clerk).status_code == 429


def test_an_address_waits_after_five_failures_of_any_names(clerk: str) -> None:
	address = new_address()
	for number in range(5):
		fail(1, f"nobody{number}@nowhere.invalid", address)
	assert log_in(somewhere(address), clerk).status_code == 429
	assert log_in(somewhere(), clerk).status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP"])
def test_a_header_makes_no_new_address(clerk: str, header: str) -> None:
	address = new_address()
	for number in range(5):
		fail(1, f"nobody{number}@nowhere.invalid", address, **{header: f"10.0.0.{number}"})
	assert log_in(somewhere(address), clerk, **{header: "10.9.9.9"}).status_code == 429


def test_behind_a_configured_proxy_its_last_word_counts(clerk: str) -> None:
	proxy = new_address()
	with site_config(trusted_proxies=[proxy]):
		for number in range(5):
			forged = f"10.0.0.{number}, 10.7.7.7"
			fail(1, f"nobody{number}@nowhere.invalid", proxy, **{"X-Forwarded-For": forged})
		waiting = {"X-Forwarded-For": "10.0.0.99, 10.7.7.7"}
		assert log_in(somewhere(proxy), clerk, **waiting).status_code == 429
		assert log_in(somewhere(proxy), clerk, **{"X-Forwarded-For": "10.7.7.8"}).status_code == 200


def test_a_proxy_that_nobody_named_is_told_of() -> None:
	log = Path(frappe.get_site_path("logs", "social_care.security.log"))
	frappe.cache.delete(frappe.cache.make_key("social_care:unknown_proxy"))
	before = log.read_text().count("trusted_proxies is not set") if log.exists() else 0
	for _request in range(2):
		log_in(somewhere(), "nobody@nowhere.invalid", **{"X-Forwarded-For": "10.1.1.1"})
		somewhere().session.get(browser_url(), headers={"X-Forwarded-For": "10.1.1.1"}, timeout=60)
	assert log.read_text().count("trusted_proxies is not set") == before + 1


def test_an_unknown_name_waits_like_a_known_one(clerk: str) -> None:
	unknown = f"nobody.{frappe.generate_hash(length=8)}@test.invalid"
	assert fail(6, unknown) == fail(6, clerk)


def test_a_log_in_ends_the_count_of_the_account_only(clerk: str) -> None:
	address = new_address()
	fail(4, clerk, address)
	assert log_in(somewhere(address), clerk).status_code == 200
	assert fail(2, clerk, address) == [401, 429]


def test_wrong_keys_count_for_the_address(clerk: str) -> None:
	browser = somewhere()
	header = {"Authorization": "token abc:def"}
	codes = [
		browser.session.get(browser_url(), headers=header, timeout=60).status_code for _number in range(6)
	]
	assert codes == [401] * 5 + [429]


def browser_url() -> str:
	from isolation.browser import URL

	return f"{URL}/api/method/frappe.auth.get_logged_user"


def test_guessing_the_old_password_counts(clerk: str) -> None:
	browser = logged_in(clerk)
	name = "frappe.core.doctype.user.user.update_password"
	given = {"new_password": "Zj8-quiet-Harbour-43"}
	codes = [browser.call(name, old_password=f"wrong {n}", **given).status_code for n in range(5)]
	assert set(codes) == {401}
	verify = "frappe.core.doctype.user.user.verify_password"
	assert browser.call(verify, password=PASSWORD).status_code == 429
	browser = somewhere()
	assert log_in(browser, clerk, PASSWORD).status_code == 429


def test_reset_links_are_asked_for_by_post_and_five_times_an_hour(stage: Stage) -> None:
	unknown = f"nobody.{frappe.generate_hash(length=8)}@test.invalid"
	guest = somewhere()
	assert guest.ask(RESET, user=unknown).status_code == 403
	assert [guest.call(RESET, user=unknown).status_code for _n in range(6)] == [200] * 5 + [429]
	elsewhere = [somewhere().call(RESET, user=unknown.upper()).status_code for _n in range(2)]
	assert elsewhere == [429, 429]


def test_a_reset_answers_the_same_for_everybody(clerk: str) -> None:
	known = somewhere().call(RESET, user=clerk)
	unknown = somewhere().call(RESET, user=f"nobody.{frappe.generate_hash(length=8)}@test.invalid")
	assert (known.status_code, known.text) == (unknown.status_code, unknown.text)


def test_counters_name_nobody(clerk: str) -> None:
	fail(1, clerk)
	keys = [key.decode() for key in frappe.cache.keys("*social_care:failures*")]
	assert keys
	assert not [key for key in keys if "@" in key or "127." in key]
