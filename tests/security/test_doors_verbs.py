"""State is changed by POST only: a GET that changes something can be sent by a link or a picture of another site."""

import pytest
from isolation.records import Stage
from social_care.api.guards.policy import core_list, may_be_a_link

from security.doors import administrator
from security.sweep import endpoints

LINKED = (  # what an attacker would put behind a picture
	"logout",
	"frappe.handler.logout",
	"frappe.client.set_value",
	"frappe.client.bulk_update",
	"frappe.core.doctype.user.user.generate_keys",
	"frappe.core.doctype.user.user.update_password",
	"frappe.core.doctype.user.user.reset_password",
	"frappe.desk.form.save.savedocs",
	"frappe.desk.form.save.cancel",
	"frappe.desk.doctype.system_console.system_console.execute_code",
	"frappe.core.doctype.deleted_document.deleted_document.restore",
	"frappe.model.workflow.apply_workflow",
	"upload_file",
	"run_doc_method",
)


@pytest.mark.parametrize("function", LINKED)
def test_a_link_does_not_change_anything(stage: Stage, function: str) -> None:
	browser = stage.browser(stage.there.place.chief)
	answer = browser.ask(function, user=browser.user, doctype="Note", name="x", method="x")
	assert answer.status_code in (403, 404), answer.text[:300]
	assert browser.message("frappe.auth.get_logged_user") == browser.user


def test_the_old_way_of_naming_a_function_is_refused_too(stage: Stage) -> None:
	browser = stage.browser(stage.there.place.chief)
	assert browser.get("/", cmd="logout").status_code == 403
	assert browser.get("/api/resource/Governorate/01", run_method="rename").status_code == 403
	assert browser.message("frappe.auth.get_logged_user") == browser.user


def test_every_function_that_may_change_something_refuses_a_link(stage: Stage) -> None:
	"""Asked without arguments by the highest role: a refusal comes before the function is looked at."""
	browser = administrator(stage, "system.there", stage.there.place.directorate)
	endpoints.import_everything()
	names = sorted({one.path for one in endpoints.functions() if one.path.startswith("frappe.")})
	functions = [name for name in names if not may_be_a_link(name)]
	assert len(functions) > 200
	answers = {name: browser.ask(name).status_code for name in functions}
	assert not {name: code for name, code in answers.items() if code not in (403, 404)}


def test_the_desk_still_reads_by_links(stage: Stage) -> None:
	browser = stage.browser(stage.there.place.chief)
	asked = {
		"frappe.desk.form.load.getdoctype": {"doctype": "Governorate"},
		"frappe.desk.form.load.getdoc": {"doctype": "Governorate", "name": "01"},
		"frappe.desk.reportview.get_list": {"doctype": "Governorate", "fields": ["name"]},
		"frappe.client.get_value": {"doctype": "Governorate", "fieldname": "name", "filters": "01"},
		"frappe.auth.get_logged_user": {},
	}
	for name, arguments in asked.items():
		assert browser.ask(name, **arguments).status_code == 200, name


def test_what_a_link_may_call_only_reads() -> None:
	"""Names of functions that change something are not on the list of links, but for the links in mails."""
	verbs = (
		"save",
		"set_",
		"update",
		"delete",
		"remove",
		"add_",
		"insert",
		"submit",
		"cancel",
		"restore",
		"logout",
		"rename",
	)
	named = [name for name in core_list() if may_be_a_link(name)]
	assert len(named) > 20
	assert not [name for name in named if name.rpartition(".")[2].startswith(verbs)]
