"""What the staff's desk does with a record in scope goes on working, and tells nobody outside."""

import json
import time

import frappe
import pytest
from isolation.browser import Browser
from isolation.records import Stage
from social_care.tests import factories


@pytest.fixture
def chief(stage: Stage) -> Browser:
	return stage.browser(stage.here.place.chief)


@pytest.fixture
def officer(stage: Stage) -> Browser:
	return stage.browser(stage.here.place.officer)


def test_a_task_is_given_seen_and_closed(stage: Stage, chief: Browser, officer: Browser) -> None:
	row = {"doctype": "Child", "name": stage.here.child}
	given = chief.message("frappe.desk.form.assign_to.add", **row, assign_to=[officer.user], description="x")
	assert officer.user in json.dumps(given)
	tasks = officer.message("frappe.client.get_list", doctype="ToDo", fields=["reference_name", "status"])
	assert {"reference_name": stage.here.child, "status": "Open"} in tasks
	assert chief.call("frappe.desk.form.assign_to.remove", **row, assign_to=officer.user).status_code == 200
	assert {"reference_name": stage.here.child, "status": "Open"} not in officer.message(
		"frappe.client.get_list", doctype="ToDo", fields=["reference_name", "status"]
	)


def test_nobody_outside_is_given_a_task(stage: Stage, chief: Browser) -> None:
	outside = stage.there.place.chief
	row = {"doctype": "Child", "name": stage.here.child}
	assert chief.call("frappe.desk.form.assign_to.add", **row, assign_to=[outside]).status_code != 200
	task = {
		"reference_type": "Child",
		"reference_name": stage.here.child,
		"allocated_to": outside,
		"description": "x",
	}
	assert chief.post("/api/resource/ToDo", task).status_code == 403
	frappe.db.rollback()
	assert not frappe.db.exists("ToDo", {"reference_name": stage.here.child, "allocated_to": outside})


def test_a_mention_reaches_only_who_may_see_the_record(
	stage: Stage, chief: Browser, officer: Browser
) -> None:
	outside = stage.browser(stage.there.place.chief)
	_seen_all(officer, outside)
	mentions = "".join(
		f'<span class="mention" data-id="{user}" data-value="x" data-denotation-char="@">x</span>'
		for user in (officer.user, outside.user)
	)
	comment = chief.message(
		"frappe.desk.form.utils.add_comment",
		reference_doctype="Child",
		reference_name=stage.here.child,
		content=f"<div>{mentions}</div>",
		comment_email=chief.user,
		comment_by="x",
	)
	try:
		_wait_for(lambda: _unseen(officer.user))
		assert not _unseen(outside.user)
		notices = outside.message(
			"frappe.desk.doctype.notification_log.notification_log.get_notification_logs"
		)
		assert stage.here.child not in json.dumps(notices)
		assert stage.here.mark not in json.dumps(notices)
	finally:
		frappe.db.delete("Comment", {"name": comment["name"]})
		frappe.db.delete("Notification Log", {"document_name": stage.here.child})
		frappe.db.commit()


def _seen_all(*browsers: Browser) -> None:
	for browser in browsers:
		browser.message(
			"frappe.desk.doctype.notification_settings.notification_settings.set_seen_value",
			value=1,
			user=browser.user,
		)


def _unseen(user: str) -> bool:
	frappe.db.rollback()
	return not frappe.db.get_value("Notification Settings", user, "seen")


def _wait_for(happened, seconds: float = 30) -> None:
	end = time.monotonic() + seconds
	while not happened():
		assert time.monotonic() < end, "the notice never came: is the worker running?"
		time.sleep(0.2)


def test_comments_likes_and_tags_on_ones_own(stage: Stage) -> None:
	"""The head of the institution writes the file; tags need the right to write."""
	entry = stage.browser(stage.here.place.entry)
	child = factories.unique("tag")
	name = _own_child(stage)
	row = {"doctype": "Child", "name": name}
	assert entry.call("frappe.desk.like.toggle_like", **row, add="Yes").status_code == 200
	assert (
		entry.call("frappe.desk.doctype.tag.tag.add_tag", tag=child, dt="Child", dn=name).status_code == 200
	)
	assert child in json.dumps(
		entry.message("frappe.desk.doctype.tag.tag.get_tags", doctype="Child", txt=child)
	)
	assert name in json.dumps(
		entry.message("frappe.desk.doctype.tag.tag.get_documents_for_tag", tag=f"#{child}")
	)
	other = stage.browser(stage.there.place.entry)
	assert child not in json.dumps(
		other.message("frappe.desk.doctype.tag.tag.get_tags", doctype="Child", txt=child)
	)
	assert child not in json.dumps(other.message("frappe.desk.doctype.tag.tag.get_tags_list_for_awesomebar"))
	assert name not in json.dumps(
		other.message("frappe.desk.doctype.tag.tag.get_documents_for_tag", tag=f"#{child}")
	)
	assert (
		entry.call("frappe.desk.doctype.tag.tag.remove_tag", tag=child, dt="Child", dn=name).status_code
		== 200
	)


def _own_child(stage: Stage) -> str:
	frappe.set_user(stage.here.place.entry)
	try:
		name = factories.child(stage.here.place.institution).name
	finally:
		frappe.set_user("Administrator")
	frappe.db.commit()
	return name


def test_nobody_comments_in_anothers_name(stage: Stage, chief: Browser) -> None:
	answer = chief.call(
		"frappe.desk.form.utils.add_comment",
		reference_doctype="Child",
		reference_name=stage.here.child,
		content="x",
		comment_email=stage.here.place.officer,
		comment_by="x",
	)
	assert answer.status_code == 403


OWN = {
	"Note": {"title": "zz own", "content": "x"},
	"ToDo": {"description": "x"},
	"Event": {"subject": "x", "event_type": "Private", "starts_on": "2030-01-01 10:00:00"},
	"List Filter": {"filter_name": "x", "reference_doctype": "Child", "filters": "[]", "for_user": ""},
	"Reminder": {"description": "x", "remind_at": "2090-01-01 10:00:00"},
	"Kanban Board": {"kanban_board_name": "zz own", "reference_doctype": "Child", "field_name": "file_state"},
}


@pytest.mark.parametrize("doctype", OWN)
def test_ones_own_rows_are_made_read_changed_and_removed(chief: Browser, doctype: str) -> None:
	values = dict(OWN[doctype])
	if doctype == "List Filter":
		values["for_user"] = chief.user
	if doctype == "Reminder":
		values["user"] = chief.user
	made = chief.post(f"/api/resource/{doctype}", values)
	assert made.status_code == 200, made.text[:400]
	path = f"/api/resource/{doctype}/{made.json()['data']['name']}"
	assert chief.get(path).status_code == 200
	assert chief.put(path, {"idx": 1}).status_code == 200
	assert chief.delete(path).status_code == (
		403 if doctype == "Event" else 202
	)  # events are cancelled, not removed
	frappe.db.delete(doctype, {"name": made.json()["data"]["name"]})
	frappe.db.commit()


def test_ones_own_settings(chief: Browser) -> None:
	path = f"/api/resource/Notification Settings/{chief.user}"
	assert chief.get(path).status_code == 200
	assert chief.put(path, {"enable_email_mention": 1}).status_code == 200


def test_following_is_off(chief: Browser, stage: Stage) -> None:
	frappe.db.set_value("User", chief.user, "document_follow_notify", 1)
	user = frappe.get_doc("User", chief.user)
	user.save()
	assert not user.document_follow_notify
	frappe.db.rollback()
	chief.call(
		"frappe.desk.form.document_follow.follow_document",
		doctype="Child",
		doc_name=stage.here.child,
		user=chief.user,
	)
	frappe.db.rollback()
	assert not frappe.db.exists("Document Follow", {"user": chief.user})


def test_only_the_progress_of_a_step_is_set() -> None:
	from social_care.framework_doors.endpoints import update_onboarding_step

	with pytest.raises(frappe.PermissionError):
		update_onboarding_step("x", "title", "<b>x</b>")
