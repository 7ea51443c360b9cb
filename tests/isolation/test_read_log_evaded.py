"""Ways around the Read Log that somebody who may read a file would try: whatever he sends, the row stands, or nothing is shown."""

from collections.abc import Callable, Iterator

import frappe
import pytest
from frappe.utils import now_datetime

from isolation.browser import Browser
from isolation.records import Stage, Victim
from isolation.test_read_log import names, rows_since

INVISIBLE = "\u200c"  # a non-joiner: the database passes over it where it compares names
PADDING = {"padding": [f"padding {number}" for number in range(700)]}
GETDOC = "frappe.desk.form.load.getdoc"
DECEPTIONS: dict[str, Callable[[Browser, Victim], object]] = {
	"a command under a file's path": lambda b, v: b.get(
		"/private/files/x", cmd=GETDOC, doctype="Child", name=v.child
	),
	"a command under another record's path": lambda b, v: b.get(
		"/api/resource/Governorate/x", cmd=GETDOC, doctype="Placement", name=v.placement
	),
	"names before the name": lambda b, v: b.call(GETDOC, **PADDING, doctype="Child", name=v.child),
	"names before the placement's name": lambda b, v: b.call(
		GETDOC, **PADDING, doctype="Placement", name=v.placement
	),
	"an invisible letter in a filter": lambda b, v: b.call(
		"frappe.client.get_value",
		doctype="Child",
		fieldname="full_name",
		filters=[["name", "=", _unlike(v.child)]],
	),
	"wide letters in a list of filters": lambda b, v: b.call(
		"frappe.client.get_value",
		doctype="Child",
		fieldname="full_name",
		filters=[["name", "=", v.child.replace("-", "\uff0d")]],
	),
}


# Refused by guards that compare letter by letter, or noted like any other.
UNLIKE: dict[str, Callable[[Browser, Victim], object]] = {
	"form": lambda b, v: b.call(GETDOC, doctype="Child", name=_unlike(v.child)),
	"REST": lambda b, v: b.get(f"/api/resource/Child/{_unlike(v.child)}"),
	"printed page": lambda b, v: b.get("/printview", doctype="Placement", name=_unlike(v.placement)),
	"long name": lambda b, v: b.call("frappe.client.get", doctype="Child", name=v.child + INVISIBLE * 200),
}


def _unlike(name: str) -> str:
	return f"{name[:4]}{INVISIBLE}{name[4:]}"


@pytest.mark.parametrize("way", DECEPTIONS)
def test_a_deceiving_request_leaves_its_row(stage: Stage, way: str) -> None:
	user, victim, moment = stage.here.place.chief, stage.here, now_datetime()
	answer = DECEPTIONS[way](stage.browser(user), victim)
	assert answer.status_code == 200, answer.text[:300]
	assert victim.child in answer.text or victim.mark in answer.text
	rows = [row for row in rows_since(moment, user) if names(row, victim)]
	assert {row.channel for row in rows} & {"Form", "REST", "Print"}, [dict(row) for row in rows]
	assert any(row.record_name in (victim.child, victim.placement) for row in rows)


@pytest.mark.parametrize("way", UNLIKE)
def test_another_spelling_of_a_name_opens_nothing_or_leaves_its_row(stage: Stage, way: str) -> None:
	user, victim, moment = stage.here.place.chief, stage.here, now_datetime()
	answer = UNLIKE[way](stage.browser(user), victim)
	if answer.status_code == 200 and victim.mark in answer.text:
		assert [row for row in rows_since(moment, user) if names(row, victim)]
	else:
		assert answer.status_code in (403, 404, 503) and victim.mark not in answer.text


def test_more_names_than_are_looked_up_are_not_answered(stage: Stage) -> None:
	many = [f"padding {number}" for number in range(10_500)]
	answer = stage.browser(stage.here.place.chief).post(
		f"/api/method/{GETDOC}", {"doctype": "Child", "name": stage.here.child, "padding": many}
	)
	assert stage.here.mark not in answer.text
	assert answer.status_code == 503 and answer.json()["exc_type"] == "ReadingNotNoted"


@pytest.fixture
def parts_count_once() -> Iterator[None]:
	"""The setting as it comes: parts of an opened file count once in some minutes."""
	frappe.db.set_single_value("Reading Control Settings", "parts_minutes", 5)
	frappe.db.commit()
	yield


@pytest.mark.parametrize("way", ["part", "attachment"])
def test_what_was_withheld_is_withheld_again(stage: Stage, way: str, parts_count_once: None) -> None:
	browser = Browser(stage.here.place.chief)  # a session that has opened nothing yet
	ask = {
		"part": lambda: browser.call(
			"frappe.desk.form.load.get_docinfo", doctype="Child", name=stage.here.child
		),
		"attachment": lambda: browser.get(stage.here.attachment),
	}[way]
	frappe.db.sql_ddl("rename table `tabRead Log` to `tabRead Log Away`")
	try:
		assert [ask().status_code for _try in range(2)] == [503, 503]
	finally:
		frappe.db.sql_ddl("rename table `tabRead Log Away` to `tabRead Log`")
	moment = now_datetime()
	assert ask().status_code == 200
	assert [row for row in rows_since(moment, stage.here.place.chief) if names(row, stage.here)]


def test_parts_count_once_for_some_minutes_at_most() -> None:
	settings = frappe.get_doc("Reading Control Settings")
	settings.parts_minutes = 16
	with pytest.raises(frappe.ValidationError):
		settings.save()
	frappe.db.rollback()


def test_a_print_that_a_mail_carries_is_noted(stage: Stage) -> None:
	from social_care.reading import notes

	frappe.set_user("Administrator")
	notes.take_printed()
	frappe.get_print("Child", stage.here.child)
	assert notes.take_printed() == [("Child", stage.here.child)]
