"""Endpoints are open to those who need them and to nobody else, by whatever name they are called."""

import frappe
import pytest
from isolation.browser import URL, Browser
from isolation.records import Stage

LOG = "social_care.security.log"
GUEST_MAY = ("ping", "frappe.ping", "frappe.translate.get_all_languages")
DESK = ("frappe.client.get_list", "frappe.desk.search.search_link", "frappe.desk.form.load.getdoctype")
SWITCHED_OFF = (
	"frappe.geo.utils.get_coords",
	"frappe.integrations.oauth2.get_token",
	"frappe.integrations.oauth2_logins.custom",
	"frappe.website.doctype.web_form.web_form.get_link_options",
	"frappe.www.login.send_login_link",
	"frappe.email.relink",
	"uploadfile",
)
ADMINISTRATION = (
	"frappe.core.doctype.deleted_document.deleted_document.restore",
	"frappe.core.doctype.user.user.generate_keys",
	"frappe.core.page.permission_manager.permission_manager.get_permissions",
	"frappe.utils.backups.get_backup_encryption_key",
)
# Other names under which the framework would find the same functions.
ALIASES = (
	"frappe.handler.uploadfile",
	"frappe.desk.form.assign_to.frappe.client.get_list",
	"frappe.client.frappe.get_all",
	"frappe.desk.search.frappe.get_list",
)


@pytest.fixture
def clerk(stage: Stage) -> Browser:
	"""An entry user of the other governorate."""
	return stage.browser(stage.there.place.entry)


def status(browser: Browser, name: str, /, **arguments) -> int:
	return browser.call(name, **arguments).status_code


@pytest.mark.parametrize("name", GUEST_MAY)
def test_a_guest_finds_what_the_log_in_page_needs(guest: Browser, name: str) -> None:
	assert status(guest, name) == 200


@pytest.mark.parametrize("name", [*DESK, *ADMINISTRATION])
def test_the_desk_is_closed_to_guest_and_citizen(guest: Browser, citizen: Browser, name: str) -> None:
	assert {status(guest, name, doctype="Child"), status(citizen, name, doctype="Child")} == {403}


def test_records_are_closed_to_guest_and_citizen(stage: Stage, guest: Browser, citizen: Browser) -> None:
	for browser in (guest, citizen):
		for path in ("/api/resource/Child", f"/api/resource/Child/{stage.here.child}", "/api/resource/ToDo"):
			assert browser.get(path).status_code == 403, path


@pytest.mark.parametrize("name", SWITCHED_OFF)
def test_what_nobody_uses_is_not_there(guest: Browser, clerk: Browser, name: str) -> None:
	assert {status(guest, name), status(clerk, name)} == {404}


@pytest.mark.parametrize("name", ADMINISTRATION)
def test_administration_is_closed_to_clerks(clerk: Browser, name: str) -> None:
	assert status(clerk, name) == 403


@pytest.mark.parametrize("name", ALIASES)
def test_another_name_of_a_function_is_no_way_round(clerk: Browser, name: str) -> None:
	assert status(clerk, name, doctype="User") in (403, 404)


def test_the_form_parameter_is_the_same_door(guest: Browser) -> None:
	answer = guest.session.post(f"{URL}/login", data={"cmd": "frappe.client.get_list", "doctype": "User"})
	assert answer.status_code == 403
	answer = guest.session.get(f"{URL}/api/method/ping", params={"cmd": "frappe.geo.utils.get_coords"})
	assert answer.status_code == 404


@pytest.mark.parametrize(
	"name", ["frappe.client.set_value", "frappe.desk.form.save.savedocs", "frappe.client.delete"]
)
def test_what_changes_something_is_no_link(clerk: Browser, name: str) -> None:
	assert clerk.ask(name, doctype="Child", name="none").status_code == 403


def test_a_method_named_in_an_argument_is_asked_for_too(clerk: Browser) -> None:
	method = "frappe.core.doctype.deleted_document.deleted_document.restore"
	assert status(clerk, "frappe.model.mapper.make_mapped_doc", method=method, source_name="x") == 403
	assert status(clerk, "frappe.desk.treeview.get_all_nodes", tree_method=method, doctype="Org Unit") == 403
	assert status(clerk, "frappe.desk.search.search_link", doctype="Role", txt="", query=method) == 403


def test_methods_of_the_frameworks_documents_are_closed(stage: Stage, clerk: Browser) -> None:
	user = stage.there.place.entry
	calls = (
		clerk.call("run_doc_method", dt="File", dn="Home", method="optimize_file"),
		clerk.call("run_doc_method", docs={"doctype": "User", "name": user}, method="rename"),
		clerk.get("/api/resource/Customize Form/Customize Form", run_method="fetch_to_customize"),
		clerk.post(f"/api/resource/User/{user}?run_method=rename", {"name": "someone@else.invalid"}),
	)
	assert {answer.status_code for answer in calls} <= {403, 404}
	frappe.db.rollback()
	assert frappe.db.exists("User", user)


@pytest.mark.parametrize(
	"page", ["list/Child", "Child", "search", "contact", "third_party_apps", "printview"]
)
def test_pages_that_nobody_needs_are_not_there(guest: Browser, citizen: Browser, page: str) -> None:
	for browser in (guest, citizen):
		answer = browser.session.get(f"{URL}/{page}", headers={"Accept": "text/html"})
		assert answer.status_code in (403, 404), (page, answer.status_code)
		assert "Traceback" not in answer.text


@pytest.mark.parametrize("page", ["login", "update-password", "app", ""])
def test_pages_of_the_way_in_are_there(guest: Browser, page: str) -> None:
	answer = guest.session.get(f"{URL}/{page}", headers={"Accept": "text/html"})
	assert answer.status_code in (200, 403)  # 403 is the desk's way to the log-in page
	assert "/login" in answer.text


def test_a_refusal_leaves_a_line_without_personal_data(stage: Stage, clerk: Browser) -> None:
	secret = f"{stage.here.mark} in an argument"
	assert status(clerk, ADMINISTRATION[0], name=secret) == 403
	with open(frappe.get_site_path("logs", LOG), encoding="utf-8") as file:
		lines = [line for line in file if ADMINISTRATION[0] in line]
	assert lines and "kind='staff'" in lines[-1]
	assert not [line for line in lines if stage.here.mark in line or clerk.user in line]
