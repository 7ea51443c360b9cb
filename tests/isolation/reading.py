"""Ways to read a child that a desk user has, each as one request about a given child."""

import json
from collections.abc import Callable

import requests

from isolation.browser import Browser
from isolation.records import Victim

Channel = Callable[[Browser, Victim], requests.Response]
CHILD = {"doctype": "Child"}
LIST = ["name", "full_name", "national_number", "mother_full_name"]


def _name_filter(victim: Victim) -> list:
	return [["Child", "name", "=", victim.child]]


FORM: dict[str, Channel] = {
	"form": lambda b, v: b.call("frappe.desk.form.load.getdoc", doctype="Child", name=v.child),
	"form of the person": lambda b, v: b.call(
		"frappe.desk.form.load.getdoc", doctype="Person", name=v.person
	),
	"form of the family": lambda b, v: b.call(
		"frappe.desk.form.load.getdoc", doctype="Family", name=v.family
	),
	"form of the placement": lambda b, v: b.call(
		"frappe.desk.form.load.getdoc", doctype="Placement", name=v.placement
	),
	"what stands beside the form": lambda b, v: b.call(
		"frappe.desk.form.load.get_docinfo", doctype="Child", name=v.child
	),
	"REST record": lambda b, v: b.get(f"/api/resource/Child/{v.child}"),
	"REST person": lambda b, v: b.get(f"/api/resource/Person/{v.person}"),
	"REST family": lambda b, v: b.get(f"/api/resource/Family/{v.family}"),
	"REST placement": lambda b, v: b.get(f"/api/resource/Placement/{v.placement}"),
	"client.get": lambda b, v: b.call("frappe.client.get", doctype="Child", name=v.child),
	"client.get by filter": lambda b, v: b.call(
		"frappe.client.get", doctype="Child", filters={"person": v.person}
	),
	"controller method": lambda b, v: b.call("run_doc_method", dt="Child", dn=v.child, method="get_title"),
	"workflow transitions": lambda b, v: b.call(
		"frappe.model.workflow.get_transitions", doc={"doctype": "Child", "name": v.child}
	),
	"tables of the form": lambda b, v: b.call(
		"frappe.client.get_list",
		doctype="Health Record",
		parent="Child",
		fields=["parent", "finding"],
		filters={"parent": v.child},
	),
	"tables by REST": lambda b, v: b.get(
		"/api/resource/Education Record",
		parent="Child",
		fields=["parent", "school_name"],
		filters=[["parent", "=", v.child]],
	),
	"run for the printed page": lambda b, v: b.get("/printview", doctype="Child", name=v.child),
	"PDF": lambda b, v: b.ask("frappe.utils.print_format.download_pdf", doctype="Child", name=v.child),
	"several PDFs": lambda b, v: b.ask(
		"frappe.utils.print_format.download_multi_pdf", doctype="Child", name=json.dumps([v.child])
	),
	"letter": lambda b, v: b.call("frappe.www.printview.get_html_and_style", doc="Child", name=v.child),
	"letter of a given document": lambda b, v: b.call(
		"frappe.www.printview.get_html_and_style", doc={"doctype": "Child", "name": v.child}
	),
}

LISTS: dict[str, Channel] = {
	"REST list": lambda b, v: b.get("/api/resource/Child", fields=["*"], limit_page_length=0),
	"REST list of persons": lambda b, v: b.get("/api/resource/Person", fields=["*"], limit_page_length=0),
	"REST list of families": lambda b, v: b.get("/api/resource/Family", fields=["*"], limit_page_length=0),
	"REST list of placements": lambda b, v: b.get(
		"/api/resource/Placement", fields=["*"], limit_page_length=0
	),
	"REST list of files": lambda b, v: b.get("/api/resource/File", fields=["*"], limit_page_length=0),
	"REST list of versions": lambda b, v: b.get("/api/resource/Version", fields=["*"], limit_page_length=0),
	"REST list of comments": lambda b, v: b.get("/api/resource/Comment", fields=["*"], limit_page_length=0),
	"REST list of workflow actions": lambda b, v: b.get(
		"/api/resource/Workflow Action", fields=["*"], limit_page_length=0
	),
	"REST list of notifications": lambda b, v: b.get(
		"/api/resource/Notification Log", fields=["*"], limit_page_length=0
	),
	"REST list of access logs": lambda b, v: b.get(
		"/api/resource/Access Log", fields=["*"], limit_page_length=0
	),
	"REST list of activities": lambda b, v: b.get(
		"/api/resource/Activity Log", fields=["*"], limit_page_length=0
	),
	"REST list of duplicates": lambda b, v: b.get(
		"/api/resource/Duplicate Candidate", fields=["*"], limit_page_length=0
	),
	"client.get_list": lambda b, v: b.call(
		"frappe.client.get_list", **CHILD, fields=LIST, filters={"name": v.child}
	),
	"client.get_value": lambda b, v: b.call(
		"frappe.client.get_value", **CHILD, fieldname=LIST, filters=v.child
	),
	"client.get_value by filter": lambda b, v: b.call(
		"frappe.client.get_value", **CHILD, fieldname="full_name", filters={"person": v.person}
	),
	"columns of linked rows": lambda b, v: b.call(
		"frappe.client.get_list",
		doctype="Placement",
		fields=["child.full_name", "person.full_name"],
		limit_page_length=0,
	),
	"report view": lambda b, v: b.call(
		"frappe.desk.reportview.get",
		**CHILD,
		fields=["`tabChild`.`name`", "`tabChild`.`full_name`"],
		filters=_name_filter(v),
	),
	"report view as list": lambda b, v: b.call(
		"frappe.desk.reportview.get_list", **CHILD, fields=["name", "full_name"], filters=[]
	),
	"report view with table": lambda b, v: b.call(
		"frappe.desk.reportview.get",
		**CHILD,
		fields=["`tabChild`.`name`", "`tabEducation Record`.`school_name`"],
		filters=[],
	),
	"export": lambda b, v: b.call(
		"frappe.desk.reportview.export_query",
		**CHILD,
		fields=["`tabChild`.`name`", "`tabChild`.`full_name`"],
		filters=[],
		file_format_type="CSV",
		title="Child",
		view="Report",
	),
	"export of a selection": lambda b, v: b.call(
		"frappe.desk.reportview.export_query",
		**CHILD,
		fields=["name", "full_name"],
		filters=[],
		file_format_type="Excel",
		selected_items=[v.child],
	),
	"template with data": lambda b, v: b.call(
		"frappe.core.doctype.data_import.data_import.download_template",
		**CHILD,
		export_fields={"Child": ["full_name"]},
		export_records="all",
		file_type="CSV",
	),
	"old export": lambda b, v: b.call(
		"frappe.core.doctype.data_export.exporter.export_data",
		**CHILD,
		select_columns={"Child": ["full_name"]},
		with_data=True,
		template=True,
		file_type="CSV",
	),
	"group counts": lambda b, v: b.call(
		"frappe.desk.listview.get_group_by_count", **CHILD, current_filters=_name_filter(v), field="full_name"
	),
	"statistics": lambda b, v: b.call(
		"frappe.desk.reportview.get_stats", **CHILD, stats=["full_name"], filters=[]
	),
	"sidebar": lambda b, v: b.call(
		"frappe.desk.reportview.get_sidebar_stats", **CHILD, stats=["full_name", "_user_tags"], filters=[]
	),
	"calendar": lambda b, v: b.call(
		"frappe.desk.calendar.get_events",
		**CHILD,
		start="2000-01-01",
		end="2100-01-01",
		field_map={"id": "name", "start": "birth_date", "end": "birth_date", "title": "full_name"},
		filters=[],
		fields=["full_name"],
	),
	"map": lambda b, v: b.call("frappe.geo.utils.get_coords", **CHILD, filters="", type="coordinates"),
	"chart": lambda b, v: b.call(
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
		chart={
			"document_type": "Child",
			"chart_type": "Group By",
			"group_by_type": "Count",
			"group_by_based_on": "full_name",
			"filters_json": "[]",
			"name": "x",
		},
		no_cache=1,
	),
	"tagged": lambda b, v: b.call("frappe.desk.doctype.tag.tag.get_tagged_docs", **CHILD, tag="%"),
	"files of a folder": lambda b, v: b.call(
		"frappe.core.api.file.get_files_in_folder", folder="Home/Attachments", start=0, page_length=500
	),
	"files by text": lambda b, v: b.call("frappe.core.api.file.get_files_by_search_text", text=v.mark),
}

SEARCHES: dict[str, Channel] = {
	"link search": lambda b, v: b.call("frappe.desk.search.search_link", **CHILD, txt=v.mark),
	"link search by name": lambda b, v: b.call("frappe.desk.search.search_link", **CHILD, txt=v.child),
	"link search without scope": lambda b, v: b.call(
		"frappe.desk.search.search_link",
		doctype="Placement",
		txt="",
		ignore_user_permissions=1,
		page_length=500,
	),
	"search box": lambda b, v: b.call(
		"frappe.desk.search.search_widget", **CHILD, txt=v.mark, page_length=500
	),
	"search box without scope": lambda b, v: b.call(
		"frappe.desk.search.search_widget",
		doctype="Placement",
		txt="",
		ignore_user_permissions=1,
		filter_fields=["child_name"],
		page_length=500,
		as_dict=1,
	),
	"search box with another query": lambda b, v: b.call(
		"frappe.desk.search.search_widget", **CHILD, txt=v.mark, query="frappe.desk.search.search_widget"
	),
	"own picker": lambda b, v: b.call(
		"social_care.registry.search.pick", **CHILD, txt=v.mark, searchfield="name", start=0, page_len=500
	),
	"global search": lambda b, v: b.call("frappe.utils.global_search.search", text=v.mark),
	"web search": lambda b, v: b.call("frappe.utils.global_search.web_search", text=v.mark),
	"title of a link": lambda b, v: b.call("frappe.desk.search.get_link_title", **CHILD, docname=v.child),
	"preview of a link": lambda b, v: b.call(
		"frappe.desk.link_preview.get_preview_data", **CHILD, docname=v.child
	),
	"check of a link": lambda b, v: b.call(
		"frappe.client.validate_link", **CHILD, docname=v.child, fields=["full_name", "person"]
	),
	"linked with": lambda b, v: b.call("frappe.desk.form.linked_with.get", **CHILD, docname=v.child),
	"linked with the institution": lambda b, v: b.call(
		"frappe.desk.form.linked_with.get", doctype="Institution", docname=v.place.institution
	),
	"linked with the reason": lambda b, v: b.call(
		"frappe.desk.form.linked_with.get", doctype="Admission Reason", docname="AR-03"
	),
	"linked and submitted": lambda b, v: b.call(
		"frappe.desk.form.linked_with.get_submitted_linked_docs", **CHILD, name=v.child
	),
	"next record": lambda b, v: b.call(
		"frappe.desk.form.utils.get_next",
		**CHILD,
		value=v.child,
		prev=0,
		filters=[],
		sort_order="desc",
		sort_field="creation",
	),
	"column of a custom report": lambda b, v: b.call(
		"frappe.desk.query_report.get_data_for_custom_field", **CHILD, field="full_name"
	),
	"options of a web form": lambda b, v: b.call(
		"frappe.website.doctype.web_form.web_form.get_link_options",
		web_form_name="edit-profile",
		doctype="Child",
		allow_read_on_all_link_options=1,
	),
	"connections": lambda b, v: b.call("frappe.desk.notifications.get_open_count", **CHILD, name=v.child),
	"assignments": lambda b, v: b.call(
		"frappe.desk.form.assign_to.get", args={"doctype": "Child", "name": v.child}
	),
	"readers of a share": lambda b, v: b.call("frappe.share.get_users", **CHILD, name=v.child),
	"followers": lambda b, v: b.call(
		"frappe.desk.form.document_follow.get_follow_users", **CHILD, doc_name=v.child
	),
	"listening to the record": lambda b, v: b.call(
		"frappe.realtime.can_subscribe_doc", **CHILD, docname=v.child
	),
}

FILES: dict[str, Channel] = {
	"photograph": lambda b, v: b.get(v.photo),
	"attachment": lambda b, v: b.get(v.attachment),
	"download of a file": lambda b, v: b.ask("download_file", file_url=v.attachment),
	"download by the full name": lambda b, v: b.ask(
		"frappe.core.doctype.file.file.download_file", file_url=v.photo
	),
	"file's row": lambda b, v: b.get(f"/api/resource/File/{v.names[3]}"),
	"file's form": lambda b, v: b.call("frappe.desk.form.load.getdoc", doctype="File", name=v.names[4]),
	"archive of files": lambda b, v: b.call("frappe.core.api.file.zip_files", files=v.names[3:5]),
	"file as attachment of one's own": lambda b, v: b.call(
		"frappe.utils.file_manager.add_attachments", doctype="ToDo", name="x", attachments=v.names[3:5]
	),
	"file registered again": lambda b, v: b.call(
		"upload_file", file_url=v.photo, is_private=1, file_name="x.png"
	),
	"file registered by REST": lambda b, v: b.post(
		"/api/resource/File", {"file_url": v.attachment, "is_private": 1}
	),
}
