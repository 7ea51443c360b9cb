"""Rows that hang on a child, in every type of the bench that can hang on something, seen from another office."""

from collections.abc import Iterator
from dataclasses import dataclass

import frappe
import pytest
from frappe.model.db_query import DatabaseQuery
from isolation.browser import Browser
from isolation.records import Stage, Victim
from social_care.framework_doors import references
from social_care.permissions import is_scoped
from social_care.tests import factories

from security.doors import administrator, stored


@dataclass
class Hanging:
	"""A row for each type, all of whose texts bear the mark."""

	mark: str
	rows: dict[str, str]
	links: dict[str, str]


def hanging_types() -> list[str]:
	"""Types without a scope rule that can hang on records, by themselves or by a table."""
	names = frappe.get_all("DocType", filters={"istable": 0, "issingle": 0, "is_virtual": 0}, pluck="name")
	return [
		name for name in sorted(names) if name != "File" and not is_scoped(name) and references.hangs(name)
	]


@pytest.fixture(scope="module")
def hanging(stage: Stage) -> Iterator[Hanging]:
	made = Hanging("zh" + frappe.generate_hash(length=10), {}, {})
	for doctype in hanging_types():
		made.rows[doctype] = _row(doctype, stage.here, made)
	frappe.db.commit()
	yield made
	frappe.db.rollback()
	for doctype, name in made.rows.items():
		frappe.db.delete(doctype, {"name": name})
	for name, table in made.links.items():
		frappe.db.delete(table, {"name": name})
	frappe.db.commit()


def _row(doctype: str, victim: Victim, made: Hanging) -> str:
	meta, values = frappe.get_meta(doctype), {}
	for df in meta.fields:
		if df.fieldtype in ("Data", "Small Text", "Text", "Long Text", "Code", "Text Editor", "HTML Editor"):
			values[df.fieldname] = made.mark
	for pair in references.pairs(doctype):
		values |= {pair.type_field: "Child", pair.name_field: victim.child}
	values.pop("label", None)  # the name of a workspace: a refusal repeats it
	name = stored(doctype, victim.place.chief, f"zn{frappe.generate_hash(length=10)}", values)
	if not references.pairs(doctype):
		for table, pairs in references.table_pairs(doctype).items():
			row = {"parent": name, "parenttype": doctype, "parentfield": "links", "idx": 1}
			for pair in pairs:
				row |= {pair.type_field: "Child", pair.name_field: victim.child}
			made.links[stored(table, victim.place.chief, frappe.generate_hash(length=10), row)] = table
	return name


@pytest.fixture(scope="module")
def administrator_there(stage: Stage) -> Browser:
	return administrator(stage, "system.there", stage.there.place.directorate)


@pytest.fixture(scope="module")
def administrator_here(stage: Stage) -> Browser:
	return administrator(stage, "system.here", stage.here.place.directorate)


def _seen(browser: Browser, hanging: Hanging) -> set[str]:
	"""Types of which the row is seen in a list, in a count or by its name."""
	return {
		doctype
		for doctype, name in hanging.rows.items()
		if any(_answers(browser, hanging.mark, doctype, name))
	}


def _answers(browser: Browser, mark: str, doctype: str, name: str) -> Iterator[bool]:
	listed = browser.call(
		"frappe.client.get_list", doctype=doctype, fields=["*"], filters={"name": name}, limit_page_length=5
	)
	yield mark in listed.text or f'"{name}"' in listed.text
	yield mark in browser.get(f"/api/resource/{doctype}/{name}").text
	yield mark in browser.call("frappe.desk.form.load.getdoc", doctype=doctype, name=name).text
	counted = browser.call("frappe.client.get_count", doctype=doctype, filters={"name": name})
	yield counted.status_code == 200 and counted.json().get("message") not in (0, None)


def test_the_schema_tells_what_hangs(hanging: Hanging) -> None:
	dynamic = frappe.get_all("DocField", filters={"fieldtype": "Dynamic Link"}, pluck="parent", distinct=True)
	plain = (
		"Version",
		"Notification Log",
		"Email Queue",
		"Deleted Document",
		"Error Log",
		"Access Log",
		"Milestone",
	)
	direct = [
		name for name in (*dynamic, *plain) if not frappe.get_meta(name).istable and not is_scoped(name)
	]
	assert not {name for name in direct if not references.pairs(name)}
	assert {"Contact", "Address", "Communication", "Event"} <= set(hanging.rows)
	assert len(hanging.rows) > 30


def test_not_even_an_administrator_of_another_office_sees_them(
	administrator_there: Browser, hanging: Hanging
) -> None:
	assert not _seen(administrator_there, hanging)


def test_the_head_of_another_office_sees_none(stage: Stage, hanging: Hanging) -> None:
	assert not _seen(stage.browser(stage.there.place.chief), hanging)


def test_in_scope_they_are_seen(administrator_here: Browser, hanging: Hanging) -> None:
	"""The same questions find most of the rows where the child is in scope: they were not asked in vain."""
	seen = _seen(administrator_here, hanging)
	assert len(seen) > len(hanging.rows) * 0.6, sorted(set(hanging.rows) - seen)
	assert {"Version", "Comment", "Communication", "Email Queue", "Deleted Document", "Contact"} - seen <= {
		"Deleted Document"
	}


def test_a_row_on_a_row_follows_too(
	administrator_there: Browser, administrator_here: Browser, hanging: Hanging
) -> None:
	"""A comment on a mail about a child."""
	mark = frappe.generate_hash(length=12)
	values = {
		"comment_type": "Comment",
		"content": mark,
		"reference_doctype": "Communication",
		"reference_name": hanging.rows["Communication"],
	}
	name = stored("Comment", "Administrator", mark, values)
	frappe.db.commit()
	try:
		for browser, expected in ((administrator_there, False), (administrator_here, True)):
			assert (
				mark in browser.get("/api/resource/Comment", fields=["content"], limit_page_length=0).text
			) is expected
			assert (
				mark in browser.get(f"/api/resource/Comment/{name}", x=1).text.replace(f"/{name}", "")
			) is expected
	finally:
		frappe.db.delete("Comment", {"name": name})
		frappe.db.commit()


def test_nothing_is_hung_on_what_is_closed(stage: Stage) -> None:
	browser = stage.browser(stage.there.place.chief)
	reference = {"reference_type": "Child", "reference_name": stage.here.child, "description": "x"}
	assert browser.post("/api/resource/ToDo", reference).status_code == 403
	own = browser.post("/api/resource/ToDo", {"description": "own"})
	assert own.status_code == 200, own.text[:300]
	name = own.json()["data"]["name"]
	assert browser.put(f"/api/resource/ToDo/{name}", reference).status_code == 403
	assert browser.delete(f"/api/resource/ToDo/{name}").status_code == 202


def test_a_foreign_row_cannot_pass_as_a_new_one(stage: Stage) -> None:
	"""A document sent by the browser says itself that it is new and whose it is."""
	note = factories.unique("Note")
	name = stored("Note", stage.here.place.chief, note, {"title": note, "content": "x", "public": 0})
	frappe.db.commit()
	browser = stage.browser(stage.there.place.chief)
	try:
		sent = {"doctype": "Note", "name": name, "owner": browser.user, "public": 1, "__islocal": 1}
		answer = browser.call("run_doc_method", docs=sent, method="get_title", args={})
		assert answer.status_code in (403, 417), answer.text[:300]
	finally:
		frappe.db.delete("Note", {"name": name})
		frappe.db.commit()


def test_conditions_of_the_framework_stand_in_brackets(stage: Stage) -> None:
	"""That of Dashboard holds an «or»: beside another condition it would open every dashboard without a module."""
	name = factories.unique("Dashboard")
	stored("Dashboard", "Administrator", name, {"dashboard_name": name})
	try:
		query = DatabaseQuery("Dashboard", user=stage.here.place.chief)
		where = query.get_permission_query_conditions()
		assert "is NULL" in where
		assert not frappe.db.sql(f"select name from `tabDashboard` where 1=0 and {where}")
	finally:
		frappe.db.rollback()
