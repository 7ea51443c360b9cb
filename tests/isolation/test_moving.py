"""Rows 21 and 22: what is seen follows the child and the assignment, from one minute to the next."""

import frappe
from frappe.utils import add_days, nowdate
from social_care.tests import factories

from isolation.browser import PASSWORD, Browser
from isolation.records import Stage


def sees(browser: Browser, doctype: str, name: str) -> bool:
	"""By form and by list alike."""
	form = browser.get(f"/api/resource/{doctype}/{name}")
	row = browser.get(f"/api/resource/{doctype}", filters=[["name", "=", name]])
	assert form.status_code in (200, 403), form.text[:300]
	assert bool(row.json()["data"]) == (form.status_code == 200)
	return form.status_code == 200


def test_a_transferred_child(stage: Stage) -> None:
	"""The old institution keeps its row of the history and loses the open file; the new one has both."""
	frappe.set_user("Administrator")
	child = factories.child(stage.here.place.institution, admission_date=add_days(nowdate(), -40))
	photo = factories.file(
		factories.image(), "moving.png", attached_to_doctype="Child", attached_to_name=child.name
	)
	frappe.db.commit()
	old, new = stage.browser(stage.here.place.entry), stage.browser(stage.there.place.entry)
	first = child.current_placement
	assert (sees(old, "Child", child.name), sees(new, "Child", child.name)) == (True, False)
	head = stage.browser(stage.country.head)
	moved = {
		"child": child.name,
		"setting": "Institution",
		"institution": stage.there.place.institution,
		"movement": "Transfer",
		"from_date": nowdate(),
	}
	answer = head.post("/api/resource/Placement", moved)
	assert answer.status_code == 200, answer.text[:500]
	second = answer.json()["data"]["name"]
	assert (sees(old, "Child", child.name), sees(new, "Child", child.name)) == (False, True)
	assert (sees(old, "Person", child.person), sees(new, "Person", child.person)) == (False, True)
	assert (sees(old, "Placement", first), sees(old, "Placement", second)) == (True, False)
	assert sees(new, "Placement", first) and sees(new, "Placement", second)
	assert (old.get(photo.file_url).status_code, new.get(photo.file_url).status_code) == (403, 200)


def test_the_history_row_tells_the_old_keeper_no_more_than_it_did(stage: Stage) -> None:
	"""The row's links do not lead on to columns of the file that went away."""
	frappe.set_user("Administrator")
	child = factories.child(stage.here.place.institution, hobbies="zq-after-the-move")
	factories.transfer(child.name, stage.there.place.institution)
	frappe.db.commit()
	old = stage.browser(stage.here.place.entry)
	for column in ("child.hobbies", "child.institution", "child.room_group", "person.full_name"):
		answer = old.call(
			"frappe.client.get_list",
			doctype="Placement",
			fields=["name", f"{column} as found"],
			filters={"child": child.name},
		)
		assert "zq-after-the-move" not in answer.text and stage.there.place.institution not in answer.text, (
			column
		)


def test_an_ended_assignment_closes_the_session_of_today(stage: Stage) -> None:
	"""No log-out, no job: the next request is asked anew."""
	from frappe.utils.password import update_password

	frappe.set_user("Administrator")
	user = factories.user("leaver").name
	for place in (stage.here.place, stage.there.place):
		factories.assign(user, "Directorate Data Officer", org_unit=place.directorate)
	update_password(user, PASSWORD)
	frappe.db.commit()
	browser = Browser(user)
	assert sees(browser, "Child", stage.here.child) and sees(browser, "Child", stage.there.child)
	frappe.db.set_value(
		"Staff Assignment",
		{"user": user, "org_unit": stage.here.place.directorate},
		"valid_to",
		add_days(nowdate(), -1),
	)
	frappe.db.commit()
	assert (sees(browser, "Child", stage.here.child), sees(browser, "Child", stage.there.child)) == (
		False,
		True,
	)
	assert browser.get(stage.here.photo).status_code == 403
