"""Row 10: a field above one's permission level is on no channel, and cannot be guessed through filters or orders."""

import io
import json

import openpyxl
import pytest

from isolation.browser import PASSWORD, Browser
from isolation.records import Stage

# The psychologist reads health and identity, not parentage; the manager of the district only identity.
FORBIDDEN = (
	"mother_full_name",
	"finding_place",
	"finder_name",
	"abuse_history",
	"finding_record_number",
	"finding_police_station",
)
PAIRS = [*FORBIDDEN, *reversed(FORBIDDEN)]


def hidden(stage: Stage, text: str) -> None:
	"""None of the protected texts of the child stands in an answer."""
	found = [
		field
		for field in (*FORBIDDEN, "chronic_conditions", "child_view")
		if f"{stage.here.mark} {field}" in text
	]
	assert not found, (found, text[:500])


READINGS = {
	"form": lambda b, n: b.call("frappe.desk.form.load.getdoc", doctype="Child", name=n),
	"REST": lambda b, n: b.get(f"/api/resource/Child/{n}"),
	"client.get": lambda b, n: b.call("frappe.client.get", doctype="Child", name=n),
	"REST list of all": lambda b, n: b.get("/api/resource/Child", fields=["*"], filters=[["name", "=", n]]),
	"printed page": lambda b, n: b.get("/printview", doctype="Child", name=n),
	"controller method": lambda b, n: b.call("run_doc_method", dt="Child", dn=n, method="get_title"),
	"versions beside the form": lambda b, n: b.call(
		"frappe.desk.form.load.get_docinfo", doctype="Child", name=n
	),
	"workflow transitions": lambda b, n: b.call(
		"frappe.model.workflow.get_transitions", doc={"doctype": "Child", "name": n}
	),
	"link preview": lambda b, n: b.call(
		"frappe.desk.link_preview.get_preview_data", doctype="Child", docname=n
	),
}


@pytest.mark.parametrize("way", READINGS)
def test_absent_where_the_record_is_shown(stage: Stage, reader: Browser, way: str) -> None:
	hidden(stage, READINGS[way](reader, stage.here.child).text)


def test_the_reader_does_see_the_rest(stage: Stage, reader: Browser) -> None:
	"""What is absent above is absent beside other fields of the same child."""
	for way in ("form", "REST", "client.get", "REST list of all", "printed page"):
		assert f"{stage.here.mark} first_name" in READINGS[way](reader, stage.here.child).text, way
	beside = READINGS["versions beside the form"](reader, stage.here.child).json()["docinfo"]["versions"]
	assert any("changed" in version["data"] for version in beside)
	allowed = reader.call(
		"frappe.client.get_list", doctype="Child", filters=[["first_name", "like", f"{stage.here.mark}%"]]
	)
	assert stage.here.child in allowed.text


def test_the_list_of_the_desk_opens_without_the_pictures(stage: Stage, reader: Browser) -> None:
	"""The desk asks for the photograph of each row whatever the user's level: the rows come, the photographs do not."""
	import frappe
	from frappe.utils.password import update_password
	from social_care.tests import places

	frappe.set_user("Administrator")
	user = places._staff("inspector.here", "Inspector", org_unit=stage.here.place.district)
	update_password(user, PASSWORD)
	frappe.db.commit()
	fields = [
		"`tabChild`.`name`",
		"`tabChild`.`full_name`",
		"`tabChild`.`photo`",
		"`tabChild`.`national_number`",
	]
	filters = [["Child", "name", "=", stage.here.child]]
	answer = stage.browser(user).call(
		"frappe.desk.reportview.get", doctype="Child", fields=fields, filters=filters
	)
	assert answer.status_code == 200, answer.text[:400]
	assert stage.here.child in answer.text and f"{stage.here.mark} first_name" in answer.text
	assert stage.here.photo not in answer.text and stage.here.national_number not in answer.text


ASKED = {
	"client.get_list": lambda b, f: b.call(
		"frappe.client.get_list", doctype="Child", fields=f, limit_page_length=0
	),
	"client.get_value": lambda b, f: b.call(
		"frappe.client.get_value", doctype="Child", fieldname=f, filters={"name": ["like", "%"]}
	),
	"REST list": lambda b, f: b.get("/api/resource/Child", fields=f, limit_page_length=0),
	"report view": lambda b, f: b.call(
		"frappe.desk.reportview.get", doctype="Child", fields=[f"`tabChild`.`{x}`" for x in f], filters=[]
	),
	"export": lambda b, f: b.call(
		"frappe.desk.reportview.export_query", doctype="Child", fields=f, filters=[], file_format_type="CSV"
	),
	"search columns": lambda b, f: b.call(
		"frappe.desk.search.search_widget", doctype="Child", txt="", filter_fields=f, as_dict=1
	),
	"through a placement": lambda b, f: b.call(
		"frappe.client.get_list", doctype="Placement", fields=[f"child.{x}" for x in f], limit_page_length=0
	),
	"in a function": lambda b, f: b.call(
		"frappe.client.get_list", doctype="Child", fields=[f"max({x}) as {x}_m" for x in f]
	),
	"in a function with a text": lambda b, f: b.call(
		"frappe.client.get_list", doctype="Child", fields=[f"replace({x}, 'a', 'a') as {x}_m" for x in f]
	),
	"in a sub-select": lambda b, f: b.call(
		"frappe.client.get_list",
		doctype="ToDo",
		fields=[f"(select max({x}) from `tabChild`) as x" for x in f],
	),
	"by a back-ticked start": lambda b, f: b.call(
		"frappe.client.get_list", doctype="Child", fields=[f"`name`, {x}" for x in f]
	),
	"statistics": lambda b, f: b.call(
		"frappe.desk.reportview.get_stats", doctype="Child", stats=f, filters=[]
	),
	"group counts": lambda b, f: b.call(
		"frappe.desk.listview.get_group_by_count", doctype="Child", current_filters=[], field=f[0]
	),
	"grouping": lambda b, f: b.call(
		"frappe.desk.reportview.get",
		doctype="Child",
		fields=["name"],
		group_by=f"`tabChild`.`{f[0]}`",
		filters=[],
	),
	"template with data": lambda b, f: b.call(
		"frappe.core.doctype.data_import.data_import.download_template",
		doctype="Child",
		export_fields={"Child": f},
		export_records="all",
		file_type="CSV",
	),
	"old export": lambda b, f: b.call(
		"frappe.core.doctype.data_export.exporter.export_data",
		doctype="Child",
		select_columns={"Child": f},
		with_data=True,
		template=True,
		file_type="CSV",
	),
	"chart": lambda b, f: b.call(
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
		chart={
			"document_type": "Child",
			"chart_type": "Group By",
			"group_by_type": "Count",
			"group_by_based_on": f[0],
			"filters_json": "[]",
			"name": "x",
		},
		no_cache=1,
	),
}


@pytest.mark.parametrize("way", ASKED)
def test_absent_where_it_is_asked_for(stage: Stage, reader: Browser, way: str) -> None:
	for fields in (PAIRS[:6], PAIRS[6:], PAIRS[1:3]):
		answer = ASKED[way](reader, list(fields))
		hidden(stage, answer.text)
		if answer.content[:2] == b"PK":
			sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
			hidden(stage, json.dumps([[str(cell.value) for cell in row] for row in sheet]))


GUESSED = {
	"client.get_list": lambda b, c: b.call("frappe.client.get_list", doctype="Child", filters=c),
	"client.get_value": lambda b, c: b.call(
		"frappe.client.get_value", doctype="Child", fieldname="name", filters=c
	),
	"client.get_count": lambda b, c: b.call("frappe.client.get_count", doctype="Child", filters=c),
	"REST list": lambda b, c: b.get("/api/resource/Child", filters=c),
	"either of": lambda b, c: b.call("frappe.client.get_list", doctype="Child", or_filters=c),
	"report view": lambda b, c: b.call(
		"frappe.desk.reportview.get", doctype="Child", fields=["name"], filters=c
	),
	"report count": lambda b, c: b.call("frappe.desk.reportview.get_count", doctype="Child", filters=c),
	"group counts": lambda b, c: b.call(
		"frappe.desk.listview.get_group_by_count", doctype="Child", current_filters=c, field="sex"
	),
	"link search": lambda b, c: b.call("frappe.desk.search.search_link", doctype="Child", txt="", filters=c),
	"number card": lambda b, c: b.call(
		"frappe.desk.doctype.number_card.number_card.get_result",
		doc={"document_type": "Child", "function": "Count", "filters_json": "[]", "name": "x"},
		filters=c,
	),
	"chart": lambda b, c: b.call(
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
		chart={
			"document_type": "Child",
			"chart_type": "Group By",
			"group_by_type": "Count",
			"group_by_based_on": "sex",
			"filters_json": json.dumps(c),
			"name": "x",
		},
		no_cache=1,
	),
	"next record": lambda b, c: b.call(
		"frappe.desk.form.utils.get_next",
		doctype="Child",
		value="CH-9999999",
		prev=1,
		filters=c,
		sort_field="creation",
		sort_order="desc",
	),
	"sidebar": lambda b, c: b.call(
		"frappe.desk.reportview.get_sidebar_stats", doctype="Child", stats=["sex"], filters=c
	),
}


@pytest.mark.parametrize("way", GUESSED)
def test_a_filter_tells_nothing(stage: Stage, reader: Browser, way: str) -> None:
	"""A filter that fits and one that does not are answered alike: refused."""
	for operator, value in (("like", f"{stage.here.mark}%"), ("like", "no such text%")):
		for condition in (
			[["Child", "finding_place", operator, value]],
			[["finding_place", operator, value]],
		):
			answer = GUESSED[way](reader, condition)
			assert answer.status_code in (403, 417), (answer.status_code, answer.text[:300])


@pytest.mark.parametrize(
	"order",
	[
		"mother_full_name asc",
		"`tabChild`.`finding_place` desc",
		"if(finding_place like 'a%', 1, 2)",
		"(select 1)",
	],
)
def test_an_order_tells_nothing(reader: Browser, order: str) -> None:
	for method in ("frappe.client.get_list", "frappe.desk.reportview.get"):
		answer = reader.call(method, doctype="Child", fields=["name"], order_by=order, filters=[])
		assert answer.status_code in (403, 417), answer.text[:300]
