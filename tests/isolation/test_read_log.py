"""Row 25 of the list of failures: whatever shows something of a child's file leaves a row that nobody can take away."""

from datetime import datetime

import pytest
from social_care.reading.channels import KEPT

from isolation.reading import FILES, FORM, LISTS, SEARCHES
from isolation.records import Stage, Victim
from isolation.test_reading import question, seen

EVERY_WAY = FORM | LISTS | SEARCHES | FILES
# Answers that bear no names of records: rows of tables, and values that are counted or drawn.
COUNTED = {"tables of the form", "tables by REST", "statistics", "sidebar", "calendar", "chart"}
CHANNELS = {
	"form": "Form",
	"REST record": "REST",
	"client.get_value": "REST",
	"run for the printed page": "Print",
	"PDF": "Print",
	"several PDFs": "Print",
	"photograph": "File",
	"attachment": "File",
	"archive of files": "File",
	"export": "Export",
	"export of a selection": "Export",
	"REST list": "List",
	"report view": "List",
	"own picker": "Search",
	"link search": "Search",
}


@pytest.fixture(autouse=True)
def each_part_for_itself(stage: Stage) -> None:
	"""What was opened before is forgotten, so that each part counts and every way is seen."""
	import frappe

	frappe.cache.delete_keys(KEPT)


def rows_since(moment: datetime, user: str) -> list:
	import frappe

	frappe.db.rollback()
	filters = {"user": user, "read_at": [">=", moment]}
	return frappe.get_all("Read Log", filters, ["*"], order_by="name asc")


def names(row, victim: Victim) -> bool:
	"""Whether a row is about the child, alone or among others."""
	known = {victim.child, victim.person, victim.family, victim.placement}
	return (
		row.child == victim.child
		or row.record_name in known
		or bool(known & set((row.records or "").split()))
	)


@pytest.mark.parametrize("way", EVERY_WAY)
def test_what_shows_a_file_leaves_a_row(stage: Stage, way: str) -> None:
	from frappe.utils import now_datetime

	user, victim = stage.here.place.chief, stage.here
	browser, moment = stage.browser(user), now_datetime()
	answer = EVERY_WAY[way](browser, victim)
	shown = answer.status_code == 200 and (
		seen(answer.text, victim, question(answer))
		or answer.content[:4] in (b"%PDF", b"\x89PNG", b"PK\x03\x04")
	)
	rows = rows_since(moment, user)
	if not shown:
		assert not rows or answer.status_code == 200, [dict(row) for row in rows]
		return
	if way in COUNTED:
		assert any(row.rows_shown and row.record_type for row in rows), rows
		return
	about = [row for row in rows if names(row, victim)]
	assert about, (way, answer.text[:300], [dict(row) for row in rows])
	if way in CHANNELS:
		assert CHANNELS[way] in {row.channel for row in about}, [row.channel for row in about]
	assert all(row.levels and row.address and row.endpoint for row in about)


@pytest.mark.parametrize("way", EVERY_WAY)
def test_what_is_refused_leaves_none(stage: Stage, way: str) -> None:
	from frappe.utils import now_datetime

	user, moment = stage.there.place.chief, now_datetime()
	EVERY_WAY[way](stage.browser(user), stage.here)
	assert not [row for row in rows_since(moment, user) if names(row, stage.here)]


def test_the_log_holds_nothing_personal(stage: Stage) -> None:
	import frappe

	stage.browser(stage.here.place.chief).get(
		"/api/resource/Child", fields=["full_name"], limit_page_length=0
	)
	stage.browser(stage.here.place.chief).call(
		"frappe.client.get_list", doctype="Child", fields=["full_name", "national_number"], as_list=1
	)
	frappe.db.rollback()
	text = str(frappe.db.sql("select * from `tabRead Log`"))
	for victim in (stage.here, stage.there):
		assert victim.mark not in text
		assert victim.national_number not in text
