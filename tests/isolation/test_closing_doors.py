"""A closing with one child left is completed through no door: form, REST, workflow, import; with nobody left it is."""

import csv
import io
from collections.abc import Callable

import frappe
import pytest
from frappe.core.doctype.data_import.importer import Importer
from frappe.utils import add_days, nowdate
from social_care.tests import factories

from isolation.browser import Browser
from isolation.records import Stage

CLOSING = "Closing Case"


LEFT = {"files_receiver": "المديرية", "savings_receiver": "المديرية", "no_assets_reason": "مستأجر"}


def path() -> tuple[tuple[str, dict], ...]:
	"""States on the way to the children, with what each wants."""
	return (
		("Before the Legal Adviser", {}),
		("Opinion Given", {"legal_opinion": "يجوز"}),
		("Ordered", {"decision_number": "7", "decision_date": nowdate(), "decision_authority": "الوزيرة"}),
		("Interim Supervision", {"supervisor_name": "هدى", "supervision_from": nowdate()}),
		("Re-placement", {}),
	)


@pytest.fixture(scope="module")
def closing(stage: Stage) -> tuple[str, str]:
	"""(closing, its only child): handing over, with everything done but the child's new place."""
	frappe.set_user("Administrator")
	home = factories.institution(stage.here.place.district).name
	child = factories.child(home, admission_date=add_days(nowdate(), -90)).name
	memo = {"institution": home, "memo": "س", "reason": "Unlicensed", "expected_result": "Final Closing"}
	doc = frappe.get_doc({"doctype": CLOSING} | memo).insert()
	for status, values in path():
		doc.update({"status": status} | values)
		doc.save()
	frappe.db.set_value("Closing Placement", {"child": child}, "status", "Approved")
	doc.update({"status": "Handing Over"} | LEFT)
	for row in doc.steps:
		row.done = 1
	doc.save()
	frappe.db.commit()
	return doc.name, child


def stored(name: str, **values) -> str:
	"""The whole record as the form sends it."""
	frappe.db.rollback()
	return frappe.as_json(frappe.get_doc(CLOSING, name).as_dict() | values)


DONE = {"status": "Completed"}
DOORS: dict[str, Callable[[Browser, str], object]] = {
	"form": lambda b, n: b.call("frappe.desk.form.save.savedocs", doc=stored(n, **DONE), action="Save"),
	"REST put": lambda b, n: b.put(f"/api/resource/{CLOSING}/{n}", DONE),
	"client.set_value": lambda b, n: b.call(
		"frappe.client.set_value", doctype=CLOSING, name=n, fieldname=DONE
	),
	"client.save": lambda b, n: b.call("frappe.client.save", doc=stored(n, **DONE)),
	"workflow": lambda b, n: b.call(
		"frappe.model.workflow.apply_workflow", doc=stored(n), action="Complete the Closing"
	),
	"workflow of many": lambda b, n: b.call(
		"frappe.model.workflow.bulk_workflow_approval",
		docnames=[n],
		doctype=CLOSING,
		action="Complete the Closing",
	),
}


def state(name: str) -> str:
	frappe.db.rollback()
	return frappe.db.get_value(CLOSING, name, "status")


@pytest.mark.parametrize("door", DOORS)
def test_a_child_is_left(stage: Stage, closing: tuple[str, str], door: str) -> None:
	name, child = closing
	answer = DOORS[door](stage.browser(stage.country.head), name)
	assert state(name) == "Handing Over", door
	if door != "workflow of many":  # which tells of each in a list of its own
		assert answer.status_code == 417, answer.text[:500]
		assert child in answer.text


def test_by_import(stage: Stage, closing: tuple[str, str]) -> None:
	name, _child = closing
	frappe.set_user(stage.country.head)
	try:
		imported(name)
	finally:
		frappe.flags.in_import = False
		frappe.set_user("Administrator")
	assert state(name) == "Handing Over"


def imported(name: str) -> None:
	"""One row that would bring the closing to its end."""
	lines = io.StringIO()
	csv.writer(lines).writerows([["ID", "Status"], [name, "Completed"]])
	file = {"doctype": "File", "file_name": f"{frappe.generate_hash(length=8)}.csv", "is_private": 1}
	stored_file = frappe.get_doc(file | {"content": lines.getvalue()}).insert(ignore_permissions=True)
	job = frappe.new_doc("Data Import")
	job.update({"reference_doctype": CLOSING, "import_type": "Update Existing Records", "mute_emails": 1})
	job.import_file = stored_file.file_url
	job.insert(ignore_permissions=True)
	Importer(CLOSING, data_import=job).import_data()
	log = frappe.get_all("Data Import Log", {"data_import": job.name}, ["success", "messages"])
	assert log and not any(row.success for row in log), log


HOME_DOORS: dict[str, Callable[[Browser, str, str], object]] = {
	"REST put": lambda b, n, s: b.put(
		f"/api/resource/Institution/{n}", {"status": s, "status_reason": "قرار"}
	),
	"form": lambda b, n, s: b.call(
		"frappe.desk.form.save.savedocs",
		doc=frappe.as_json(
			frappe.get_doc("Institution", n).as_dict() | {"status": s, "status_reason": "قرار"}
		),
		action="Save",
	),
	"workflow": lambda b, n, s: b.call(
		"frappe.model.workflow.apply_workflow",
		doc=frappe.as_json(frappe.get_doc("Institution", n).as_dict()),
		action={"Operating": "Stop Closing", "Converted to Aftercare": "Convert to Aftercare"}[s],
	),
}


@pytest.mark.parametrize("state_wanted", ["Operating", "Converted to Aftercare"])
@pytest.mark.parametrize("door", HOME_DOORS)
def test_not_by_the_institution(stage: Stage, closing: tuple[str, str], door: str, state_wanted: str) -> None:
	frappe.db.rollback()
	home = frappe.db.get_value(CLOSING, closing[0], "institution")
	answer = HOME_DOORS[door](stage.browser(stage.country.head), home, state_wanted)
	assert answer.status_code == 417, answer.text[:500]
	assert closing[0] in answer.text
	frappe.db.rollback()
	assert frappe.db.get_value("Institution", home, "status") == "Closing"


def test_with_nobody_left(stage: Stage, closing: tuple[str, str]) -> None:
	name, child = closing
	frappe.set_user("Administrator")
	frappe.flags.in_import = False
	factories.transfer(child, stage.here.place.institution)
	frappe.db.commit()
	answer = DOORS["REST put"](stage.browser(stage.country.head), name)
	assert answer.status_code == 200, answer.text[:500]
	assert state(name) == "Completed"
