"""The key of a reset link: mailed, and nowhere else. And whom it opens an account to."""

import json
import re
import time

import frappe
import pytest
from isolation.browser import PASSWORD, URL
from isolation.records import Stage

from security.letters import Letterbox, letterbox
from security.people import account, log_in, logged_in, somewhere

RESET = "frappe.core.doctype.user.user.reset_password"
UPDATE = "frappe.core.doctype.user.user.update_password"
SECRETS = ("reset_password_key", "api_key", "api_secret", "last_reset_password_key_generated_on")
FRESH = "Zj8-quiet-Harbour-46"


@pytest.fixture
def clerk(stage: Stage) -> str:
	return account("forgetful", "Directorate Director", org_unit=stage.here.place.directorate)


def mailed_link(user: str, box: Letterbox, **headers: str) -> str:
	answer = somewhere().session.post(
		f"{URL}/api/method/{RESET}", data={"user": user}, headers=headers, timeout=60
	)
	assert answer.status_code == 200, answer.text[:300]
	deadline = time.monotonic() + 150  # names of hosts may be looked up on the way
	while not box.letters and time.monotonic() < deadline:
		time.sleep(0.2)
	return re.search(r"(https?://\S+update-password\?key=\w+)", box.letters[-1])[1]


def places_of(text: str) -> list[str]:
	"""Every column of the database that holds the text."""
	found = []
	query = """select table_name, column_name from information_schema.columns where table_schema = database()
		and data_type in ('varchar', 'text', 'mediumtext', 'longtext', 'char', 'tinytext')"""
	tables: dict[str, list[str]] = {}
	for table, column in frappe.db.sql(query):
		tables.setdefault(table, []).append(column)
	for table, columns in tables.items():
		where = " or ".join(f"`{column}` like %(text)s" for column in columns)
		if frappe.db.sql(f"select 1 from `{table}` where {where} limit 1", {"text": f"%{text}%"}):
			found.append(table)
	return found


def test_the_mailed_key_does_not_occur_in_the_database(clerk: str) -> None:
	with letterbox() as box:
		link = mailed_link(clerk, box)
	key = link.partition("key=")[2]
	time.sleep(1)  # the job empties the stored letter after it was sent
	frappe.db.rollback()
	assert len(frappe.db.get_value("User", clerk, "reset_password_key")) == 64
	assert places_of(key) == []
	letters = frappe.get_all("Email Queue Recipient", filters={"recipient": clerk}, pluck="parent")
	assert letters
	assert not any(frappe.get_all("Email Queue", filters={"name": ["in", letters]}, pluck="message"))
	browser = somewhere()
	answer = browser.call(UPDATE, new_password=FRESH, key=key)
	assert answer.status_code == 200, answer.text[:300]
	assert log_in(somewhere(), clerk, FRESH).status_code == 200
	assert somewhere().call(UPDATE, new_password=FRESH, key=key).status_code == 410


def test_the_stored_value_opens_nothing(clerk: str) -> None:
	frappe.get_doc("User", clerk).reset_password()
	frappe.db.commit()
	stored = frappe.db.get_value("User", clerk, "reset_password_key")
	assert somewhere().call(UPDATE, new_password=FRESH, key=stored).status_code == 410


def test_the_link_bears_the_configured_host(clerk: str) -> None:
	with letterbox() as box:
		link = mailed_link(clerk, box, Host="localhost", **{"X-Forwarded-Host": "evil.example"})
	assert link.startswith(frappe.conf.host_name)


def test_an_unknown_host_gets_no_letter_sent(clerk: str) -> None:
	headers = {"Host": "evil.example"}
	answer = somewhere().session.post(
		f"{URL}/api/method/{RESET}", data={"user": clerk}, headers=headers, timeout=60
	)
	assert answer.status_code == 400
	assert not frappe.db.get_value("User", clerk, "reset_password_key")


@pytest.mark.parametrize(
	"name", ["Administrator", "administrator", "ADMINISTRATOR", "Administrator ", "ádministrator"]
)
def test_no_spelling_of_the_administrator_gets_a_link(name: str) -> None:
	before = frappe.db.get_value("User", "Administrator", "reset_password_key")
	assert somewhere().call(RESET, user=name).status_code in (403, 429)
	frappe.db.rollback()
	assert frappe.db.get_value("User", "Administrator", "reset_password_key") == before


@pytest.mark.parametrize("column", SECRETS)
def test_secret_columns_are_neither_listed_nor_compared(clerk: str, column: str) -> None:
	browser = logged_in(clerk)
	given = {"doctype": "User", "limit_page_length": 5}
	listed = browser.call("frappe.client.get_list", fields=["name", column], **given)
	assert listed.status_code != 200 or column not in listed.text
	for filters in ({column: ["like", "a%"]}, [[column, "is", "set"]], [["User", column, "like", "%"]]):
		for method in ("frappe.client.get_list", "frappe.client.get_count", "frappe.desk.reportview.get"):
			answer = browser.call(method, filters=filters, fields=["name"], **given)
			assert answer.status_code in (403, 417), (method, answer.text[:200])
	answer = browser.get("/api/resource/User", filters=json.dumps([[column, "like", "a%"]]))
	assert answer.status_code in (403, 417)


def test_secret_columns_lie_above_the_users_level() -> None:
	meta = frappe.get_meta("User")
	assert all(meta.get_field(column).permlevel for column in SECRETS)


def test_a_password_is_changed_by_key_or_old_password_only(clerk: str) -> None:
	assert logged_in(clerk).call(UPDATE, new_password=FRESH).status_code == 403
	assert somewhere().call(UPDATE, new_password=FRESH, old_password=PASSWORD).status_code == 403
