"""Rows 9 and 10: what one may not write is not lost by one's saving, and a table is no way round its parent."""

import pytest

from isolation.browser import Browser
from isolation.records import Stage

SAVED = {
	"form": lambda b, d: b.call("frappe.desk.form.save.savedocs", doc=d, action="Save"),
	"client.save": lambda b, d: b.call("frappe.client.save", doc=d),
	"set_value": lambda b, d: b.call(
		"frappe.client.set_value",
		doctype="Child",
		name=d["name"],
		fieldname="room_group",
		value=d["room_group"],
	),
	"REST put": lambda b, d: b.put(f"/api/resource/Child/{d['name']}", {"room_group": d["room_group"]}),
}


@pytest.mark.parametrize("way", SAVED)
def test_a_save_keeps_what_the_user_may_not_write(stage: Stage, way: str) -> None:
	"""The data officer writes levels 0 and 1 only; the texts of the other levels are not lost by his saving."""
	import frappe

	browser = stage.browser(stage.here.place.officer)
	frappe.set_user("Administrator")
	frappe.db.set_value("Child", stage.here.child, "file_state", "Submitted by Institution")
	frappe.db.commit()
	doc = browser.get(f"/api/resource/Child/{stage.here.child}").json()["data"]
	answer = SAVED[way](browser, doc | {"room_group": f"{way} {frappe.generate_hash(length=4)}"})
	frappe.db.rollback()
	assert answer.status_code == 200, answer.text[:500]
	stored = frappe.db.get_value(
		"Child", stage.here.child, ["mother_full_name", "abuse_history", "chronic_conditions"]
	)
	assert all(stage.here.mark in text for text in stored)


def test_names_of_tables_are_no_way_round(stage: Stage, reader: Browser) -> None:
	"""Row 9: a table's rows follow the parent's scope and level, also when the table is asked for by itself."""
	for parent in ("Child", "", "Family"):
		for fields in (["*"], ["parent", "finding"], ["parent", "school_name"]):
			for table in ("Health Record", "Education Record", "Identity Paper", "Family Member"):
				answer = reader.call(
					"frappe.client.get_list", doctype=table, parent=parent, fields=fields, limit_page_length=0
				)
				assert f"{stage.here.mark} finding" not in answer.text
				assert stage.there.mark not in answer.text
				assert stage.there.child not in answer.text
