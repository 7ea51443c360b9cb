"""Names without markup, a list of users that ends at one's own places, and an entry for every change of a right."""

import frappe
import pytest
from isolation.browser import Browser
from isolation.records import Stage

from security.people import account, log_in, logged_in, somewhere

MARKUP = "<img src=x onerror=alert(1)>"
DIRECTOR = "Directorate Director"


@pytest.fixture(scope="module")
def clerk(stage: Stage) -> str:
	return account("looking", DIRECTOR, org_unit=stage.here.place.directorate)


def names_in(answer) -> set[str]:
	assert answer.status_code == 200, answer.text[:300]
	return {row["name"] for row in answer.json()["message"]}


def listed(browser: Browser) -> set[str]:
	return names_in(browser.call("frappe.client.get_list", doctype="User", limit_page_length=0))


def test_a_clerk_lists_users_of_his_places_only(stage: Stage, clerk: str) -> None:
	here, there = stage.here.place, stage.there.place
	seen = listed(logged_in(clerk))
	assert {clerk, here.entry, here.officer, here.director} <= seen
	assert not seen & {there.entry, there.officer, there.director, there.chief, stage.country.head}


def test_an_entry_user_sees_his_institution(stage: Stage) -> None:
	here = stage.here.place
	seen = listed(stage.browser(here.entry))
	assert {here.entry, here.director} <= seen
	assert not seen & {here.chief, stage.there.place.entry}


def test_a_website_user_lists_nobody_else(citizen: Browser, guest: Browser) -> None:
	answer = citizen.call("frappe.client.get_list", doctype="User", limit_page_length=0)
	assert answer.status_code == 403 or names_in(answer) <= {citizen.user}
	assert guest.call("frappe.client.get_list", doctype="User").status_code == 403


@pytest.mark.parametrize("method", ["search_link", "search_widget", "user_query", "mentions", "count"])
def test_no_search_finds_users_elsewhere(stage: Stage, clerk: str, method: str) -> None:
	browser, there = logged_in(clerk), stage.there.place
	query = "frappe.core.doctype.user.user.user_query"
	asked = {
		"search_link": ("frappe.desk.search.search_link", {"doctype": "User", "txt": there.entry}),
		"search_widget": (
			"frappe.desk.search.search_widget",
			{"doctype": "User", "txt": there.entry, "query": query, "filters": {"ignore_user_type": 1}},
		),
		"user_query": (
			query,
			{
				"doctype": "User",
				"txt": there.entry,
				"searchfield": "name",
				"start": 0,
				"page_len": 20,
				"filters": {"ignore_user_type": 1},
			},
		),
		"mentions": ("frappe.desk.search.get_names_for_mentions", {"search_term": "entry"}),
		"count": ("frappe.client.get_count", {"doctype": "User", "filters": {"name": there.entry}}),
	}[method]
	answer = browser.call(asked[0], **asked[1])
	assert there.entry not in answer.text
	assert method != "count" or answer.json()["message"] == 0


def test_an_administrator_finds_everybody(stage: Stage) -> None:
	admin = account("finder", "Functional Administrator", org_unit="HQ")
	answer = logged_in(admin).call(
		"frappe.desk.search.search_link", doctype="User", txt=stage.there.place.entry
	)
	assert stage.there.place.entry in answer.text


def test_who_assigns_finds_a_new_account_by_its_whole_address(clerk: str) -> None:
	fresh = account("unplaced")
	browser = logged_in(clerk)
	asked = {"doctype": "User", "reference_doctype": "Staff Assignment"}
	asked |= {"query": "social_care.accounts.users.user_query"}
	assert fresh in browser.call("frappe.desk.search.search_link", txt=fresh, **asked).text
	assert fresh not in browser.call("frappe.desk.search.search_link", txt="unplaced", **asked).text


def test_markup_in_names_is_not_kept(clerk: str) -> None:
	doc = frappe.get_doc("User", clerk)
	doc.update({"first_name": f"Mona {MARKUP}", "last_name": "<b>Said</b>", "username": f"m{MARKUP}"}).save()
	frappe.db.commit()
	assert (doc.first_name, doc.last_name, doc.full_name) == ("Mona", "Said", "Mona Said")
	assert "<" not in (doc.username or "")


def test_markup_at_a_failed_log_in_is_kept_as_text() -> None:
	typed = f"{frappe.generate_hash(length=8)}{MARKUP}"
	assert log_in(somewhere(), typed, "wrong").status_code == 401
	frappe.db.rollback()
	rows = frappe.get_all(
		"Activity Log", filters={"user": ["like", f"{typed[:8]}%"]}, fields=["user", "full_name", "subject"]
	)
	assert rows
	assert not [value for row in rows for value in row.values() if "<" in (value or "")]


def entries(kind: str, subject: str) -> list:
	frappe.db.rollback()
	fields = ["name", "before", "after", "owner"]
	filters = {"kind": kind, "subject": subject}
	return frappe.get_all("Access Change", filters=filters, fields=fields, order_by="creation desc", limit=3)


def test_a_change_of_roles_and_assignments_leaves_an_entry(stage: Stage) -> None:
	admin = account("giver", "Functional Administrator", org_unit="HQ")
	fresh = account("given")
	values = {"user": fresh, "role": "Inspector", "scope": "Unit and Below", "valid_from": "2026-01-01"}
	values |= {"org_unit": stage.here.place.directorate}
	answer = logged_in(admin).post("/api/resource/Staff Assignment", values)
	assert answer.status_code == 200, answer.text[:300]
	written = entries("Staff Assignment", fresh)[0]
	assert "Inspector" in written.after and not written.before and written.owner == admin
	assert "Inspector" in entries("Roles of Account", fresh)[0].after
	frappe.delete_doc("Staff Assignment", answer.json()["data"]["name"], force=True)
	frappe.db.commit()
	written = entries("Staff Assignment", fresh)[0]
	assert "Inspector" in written.before and not written.after


def test_changes_of_rules_leave_an_entry(stage: Stage, clerk: str) -> None:
	page = "frappe.core.page.permission_manager.permission_manager"
	frappe.permissions.reset_perms("ToDo")
	frappe.db.commit()
	admin = Browser("Administrator", _administrator())
	rule = {"parent": "ToDo", "role": "Translator", "permlevel": 0}
	assert admin.call(f"{page}.add", **rule).status_code == 200
	assert "Translator" in entries("Permission Rule", "ToDo")[0].after
	change = {"doctype": "ToDo", "role": "Translator", "permlevel": 0, "ptype": "write", "value": 1}
	assert admin.call(f"{page}.update", **change).status_code == 200
	assert "write" in entries("Permission Rule", "ToDo")[0].after
	number = len(frappe.get_all("Access Change", filters={"subject": "ToDo"}))
	removed = {"doctype": "ToDo", "role": "Translator", "permlevel": 0}
	assert admin.call(f"{page}.remove", **removed).status_code == 200
	assert admin.call(f"{page}.reset", doctype="ToDo").status_code == 200
	frappe.db.rollback()
	assert len(frappe.get_all("Access Change", filters={"subject": "ToDo"})) >= number + 1
	assert not frappe.db.exists("Custom DocPerm", {"parent": "ToDo", "role": "All"})
	assert frappe.db.exists("Custom DocPerm", {"parent": "ToDo", "role": "Social Care User", "read": 1})
	given = {"doctype": "User Permission", "user": clerk, "allow": "Language", "for_value": "ar"}
	doc = frappe.get_doc(given).insert()
	frappe.db.commit()
	assert "Language ar" in entries("User Permission", clerk)[0].after
	doc.delete()
	frappe.db.commit()
	assert "Language ar" in entries("User Permission", clerk)[0].before


def _administrator() -> str:
	import os

	return os.environ["TEST_ADMIN_PASSWORD"]


def test_entries_stay_as_they_are(stage: Stage) -> None:
	account("changed.once", "Inspector", org_unit=stage.here.place.directorate)
	name = entries("Staff Assignment", "changed.once@test.invalid")[0].name
	admin = Browser("Administrator", _administrator())
	assert admin.put(f"/api/resource/Access Change/{name}", {"after": "nothing"}).status_code == 403
	assert admin.delete(f"/api/resource/Access Change/{name}").status_code == 403
	assert entries("Staff Assignment", "changed.once@test.invalid")[0].after != "nothing"


def test_a_text_message_tells_how_many_and_not_whom(monkeypatch) -> None:
	from social_care.accounts import messages

	sent: list[str] = []
	monkeypatch.setattr(
		messages.sms_settings, "send_via_gateway", lambda values: sent.extend(values["receiver_list"])
	)
	frappe.db.set_single_value("SMS Settings", "sms_gateway_url", "http://gateway.invalid")
	frappe.clear_messages()
	messages.send_sms(["01001234567", "01007654321"], "text")
	assert sent == ["01001234567", "01007654321"]
	shown = str(frappe.message_log)
	assert "0100" not in shown and "2" in shown.replace("٢", "2")
	frappe.clear_messages()
	frappe.db.rollback()
