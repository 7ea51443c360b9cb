"""A functional administrator adds a field: it is in form, list, report and interface at its level, and is never more than a field."""

import json
from collections.abc import Iterator

import frappe
import pytest
from frappe.utils.password import update_password
from social_care.tests import factories, places

from isolation.browser import PASSWORD, Browser
from isolation.records import Stage

ROWS = "/api/resource/Custom Field"
VALUE = "زوسكمرقم"
FIELD = {"dt": "Child", "label": "رقم البطاقة التموينية", "fieldtype": "Data", "insert_after": "nickname"}
REFUSED = (403, 404, 409, 417)


@pytest.fixture(scope="module")
def administrator(stage: Stage) -> Iterator[Browser]:
	"""A functional administrator; the fields that he made go with the module."""
	frappe.set_user("Administrator")
	user = places._staff("fields.here", "Functional Administrator", org_unit=places.HEADQUARTERS)
	update_password(user, PASSWORD)
	frappe.db.commit()
	yield stage.browser(user)
	frappe.db.rollback()
	for name in frappe.get_all("Custom Field", filters={"owner": user}, pluck="name"):
		frappe.delete_doc("Custom Field", name, force=True)
	frappe.db.commit()


@pytest.fixture(scope="module")
def child(stage: Stage) -> str:
	frappe.set_user("Administrator")
	name = factories.child(stage.here.place.institution).name
	frappe.db.commit()
	return name


def add(browser: Browser, **values) -> dict:
	"""Make a field; its row as the interface answers it."""
	frappe.db.commit()  # the table is changed, which nobody may be reading
	answer = browser.post(ROWS, FIELD | values)
	assert answer.status_code == 200, answer.text[:600]
	return answer.json()["data"]


@pytest.fixture(scope="module")
def added(administrator: Browser, child: str) -> str:
	"""The column of a field at the lowest level."""
	return add(administrator, in_standard_filter=1)["fieldname"]


@pytest.fixture(scope="module")
def guarded(administrator: Browser, added: str) -> str:
	"""The column of a field among those of health."""
	return add(administrator, label="ملاحظة صحية", permlevel=2)["fieldname"]


class TestWhereItAppears:
	def test_the_column_has_a_latin_name(self, added: str) -> None:
		assert added.isascii() and added.startswith("custom_")

	def test_form(self, stage: Stage, added: str) -> None:
		entry = stage.browser(stage.here.place.entry)
		meta = entry.ask("frappe.desk.form.load.getdoctype", doctype="Child").json()["docs"][0]
		(field,) = [field for field in meta["fields"] if field["fieldname"] == added]
		assert field["label"] == FIELD["label"]

	def test_interface_list_and_report(self, stage: Stage, child: str, added: str) -> None:
		entry, chief = stage.browser(stage.here.place.entry), stage.browser(stage.here.place.chief)
		answer = entry.put(f"/api/resource/Child/{child}", {added: VALUE})
		assert answer.status_code == 200, answer.text[:500]
		assert answer.json()["data"][added] == VALUE
		filters = json.dumps([[added, "=", VALUE]])
		rows = entry.get("/api/resource/Child", fields=json.dumps(["name", added]), filters=filters).json()[
			"data"
		]
		assert rows == [{"name": child, added: VALUE}]
		asked = {"doctype": "Child", "fields": ["`tabChild`.`name`", f"`tabChild`.`{added}`"]}
		asked |= {"filters": [["Child", added, "=", VALUE]], "view": "Report"}
		assert chief.message("frappe.desk.reportview.get", **asked)["values"] == [[child, VALUE]]
		sheet = chief.call(
			"frappe.desk.reportview.export_query", **asked, file_format_type="CSV", title="Child"
		)
		assert sheet.status_code == 200, sheet.text[:300]
		assert VALUE in sheet.content.decode("utf-8-sig")

	def test_not_beyond_the_scope(self, stage: Stage, child: str, added: str) -> None:
		there = stage.browser(stage.there.place.entry)
		filters = json.dumps([[added, "=", VALUE]])
		assert there.get("/api/resource/Child", filters=filters).json()["data"] == []

	def test_its_level_holds(self, stage: Stage, reader: Browser, child: str, guarded: str) -> None:
		frappe.db.set_value("Child", child, guarded, VALUE, update_modified=False)
		frappe.db.commit()
		chief = stage.browser(stage.here.place.chief)
		assert chief.get(f"/api/resource/Child/{child}").json()["data"][guarded] == VALUE
		assert guarded not in reader.get(f"/api/resource/Child/{child}").json()["data"]
		answer = reader.get("/api/resource/Child", fields=json.dumps(["name", guarded]))
		assert VALUE not in answer.text


class TestTheForm:
	def test_types_are_offered_that_take_fields(self, administrator: Browser) -> None:
		query = "social_care.governance.custom_fields.search_types"
		answer = administrator.call("frappe.desk.search.search_link", doctype="DocType", txt="", query=query)
		found = answer.json().get("message") or answer.json().get("results")
		assert {row["value"] for row in found} == {"Child", "Institution"}

	def test_a_chosen_type_is_accepted(self, administrator: Browser) -> None:
		assert administrator.message("frappe.client.validate_link", doctype="DocType", docname="Child")[
			"name"
		]

	def test_places_are_offered(self, administrator: Browser) -> None:
		labels = administrator.message(
			"frappe.custom.doctype.custom_field.custom_field.get_fields_label", doctype="Child"
		)
		assert "nickname" in {row["value"] for row in labels}


@pytest.mark.parametrize(
	"values",
	[
		{"dt": "User"},
		{"dt": "Staff Assignment"},
		{"fieldtype": "HTML", "options": "<b>x</b>"},
		{"fieldtype": "Code", "options": "Javascript"},
		{"fieldtype": "Link", "options": "Child"},
		{"fieldtype": "Button"},
		{"fieldtype": "Table", "options": "Family Member"},
		{"depends_on": "eval:alert(1)"},
		{"mandatory_depends_on": "eval:true"},
		{"fetch_from": "family.family_title"},
		{"fieldtype": "Select", "options": "نعم\n<script>alert(1)</script>"},
		{"fieldtype": "Select", "options": "eval:frappe.db"},
		{"default": "eval:doc.mother_full_name"},
		{"description": "<img src=x onerror=alert(1)>"},
		{"label": "Ration card"},
		{"permlevel": 9},
		{"unique": 1},
		{"is_virtual": 1, "options": "frappe.db.sql('select 1')"},
	],
	ids=lambda values: " ".join(f"{key}={value}"[:30] for key, value in values.items()),
)
def test_what_he_may_not_make(administrator: Browser, values: dict) -> None:
	before = frappe.db.count("Custom Field")
	answer = administrator.post(ROWS, FIELD | {"label": "حقل لا يجوز"} | values)
	assert answer.status_code in REFUSED, answer.text[:300]
	frappe.db.rollback()
	assert frappe.db.count("Custom Field") == before


class TestWhatStaysClosed:
	def test_a_level_is_never_lowered_and_a_field_never_removed(
		self, administrator: Browser, guarded: str
	) -> None:
		row = f"{ROWS}/Child-{guarded}"
		assert administrator.put(row, {"permlevel": 0}).status_code in REFUSED
		assert administrator.delete(row).status_code in REFUSED
		assert administrator.put(row, {"hidden": 1}).status_code == 200

	def test_fields_of_other_types_are_not_seen(self, administrator: Browser) -> None:
		rows = administrator.get(ROWS, fields='["dt"]', limit_page_length="0").json()["data"]
		assert {row["dt"] for row in rows} <= {"Child", "Institution"}

	def test_scripts_and_types_are_not_his(self, administrator: Browser) -> None:
		for doctype, values in {
			"Client Script": {"dt": "Child", "script": "1", "enabled": 1},
			"Server Script": {"name": "X", "script_type": "API", "script": "1"},
			"Property Setter": {"doc_type": "Child", "property": "hidden", "value": "0", "field_name": "sex"},
			"DocType": {"name": "Own Type", "module": "Custom"},
		}.items():
			answer = administrator.post(f"/api/resource/{doctype}", values)
			assert answer.status_code in REFUSED, (doctype, answer.text[:200])

	def test_nobody_else_adds_fields(self, stage: Stage) -> None:
		for user in (stage.here.place.entry, stage.here.place.chief, stage.country.head):
			assert stage.browser(user).post(ROWS, FIELD).status_code == 403
