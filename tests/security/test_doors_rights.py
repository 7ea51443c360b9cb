"""What role All, which every citizen has, may do with the framework's own types."""

import frappe
import pytest
from frappe.permissions import get_role_permissions
from isolation.browser import Browser
from isolation.records import Stage
from social_care.setup.framework_permissions import (
	BASE_ROLE,
	EVERYBODY,
	close_framework_types,
	open_framework_types,
	rule_of,
	types_open_to_everybody,
)


def once_open() -> list[str]:
	"""Types that the framework opens to everybody, except those that have to be."""
	names = frappe.get_all(
		"DocPerm", filters={"role": EVERYBODY, "permlevel": 0}, pluck="parent", distinct=True
	)
	return [name for name in sorted(names) if rule_of(name)["holders"] != "everybody"]


def test_only_named_types_are_open_to_everybody() -> None:
	assert not [name for name in types_open_to_everybody() if rule_of(name)["holders"] != "everybody"]
	assert len(once_open()) >= 20 or not frappe.db.exists("DocPerm", {"role": EVERYBODY, "parent": "ToDo"})


def test_a_citizen_reads_none_of_the_types(citizen: Browser) -> None:
	"""Refused over HTTP by the list of endpoints, and by the rights where something else asks."""
	answers = {name: citizen.get(f"/api/resource/{name}").status_code for name in once_open()}
	assert not {name: code for name, code in answers.items() if code != 403}
	rights = {name: get_role_permissions(frappe.get_meta(name), user=citizen.user) for name in once_open()}
	assert not {name for name, held in rights.items() if held["read"] or held["select"] or held["create"]}


def test_a_citizen_makes_none_of_them(citizen: Browser) -> None:
	made = {
		name: citizen.post(f"/api/resource/{name}", {"description": "x", "title": "x"})
		for name in once_open()
	}
	assert not {name: answer.text[:200] for name, answer in made.items() if answer.status_code == 200}


def test_the_staff_keeps_what_its_desk_needs(stage: Stage) -> None:
	browser = stage.browser(stage.here.place.entry)
	wanted = [name for name in once_open() if rule_of(name)["holders"] == "staff"]
	wanted = [
		name
		for name in wanted
		if frappe.db.exists("Custom DocPerm", {"parent": name, "role": BASE_ROLE, "permlevel": 0, "read": 1})
	]
	answers = {name: browser.get(f"/api/resource/{name}").status_code for name in wanted}
	assert len(answers) >= 15
	assert not {name: code for name, code in answers.items() if code != 200}


def test_closing_twice_changes_nothing() -> None:
	def rows() -> list:
		return frappe.get_all("Custom DocPerm", fields=["*"], order_by="name")

	before = rows()
	close_framework_types()
	assert rows() == before


def test_the_rights_are_everybodys_again_when_the_app_goes() -> None:
	assert frappe.db.exists("Custom DocPerm", {"parent": "ToDo", "role": BASE_ROLE})
	try:
		open_framework_types()
		assert frappe.db.exists("Custom DocPerm", {"parent": "ToDo", "role": EVERYBODY})
		assert not frappe.db.exists("Custom DocPerm", {"role": BASE_ROLE})
	finally:
		frappe.db.rollback()
		frappe.clear_cache()


@pytest.mark.parametrize("app", ["social_care", "social_care_inspections", "social_care_kafala"])
def test_our_own_types_give_everybody_nothing(app: str) -> None:
	modules = [name for name, owner in frappe.local.module_app.items() if owner == app]
	ours = [
		row.name
		for row in frappe.get_all("DocType", fields=["name", "module"])
		if frappe.scrub(row.module) in modules
	]
	assert not frappe.get_all("DocPerm", filters={"role": EVERYBODY, "parent": ["in", [*ours, ""]]})
