"""The framework's endpoints whose answer is narrowed to what the session user may see (hook override_whitelisted_methods)."""

import frappe
import frappe.client
from frappe import _
from frappe.desk import link_preview, listview, query_report, reportview, search
from frappe.desk.doctype.tag import tag as tags
from frappe.desk.form import linked_with
from frappe.utils import cint, get_safe_filters, global_search

from social_care.api.guards.rows import outside_anywhere
from social_care.governance.custom_fields import may_extend
from social_care.permissions import is_scoped
from social_care.reading.notes import note, note_report
from social_care.registry.search import people
from social_care.scope import row_visible
from social_care.scope.searching import asked_from, search_of


@frappe.whitelist()
def get_count(doctype: str, filters=None, debug: bool = False, cache: bool = False) -> int:
	"""As many rows as the caller's own list has."""
	filters = get_safe_filters(filters)
	with asked_from(*search_of(doctype, filters)):
		rows = frappe.get_list(doctype, filters=filters, fields=["count(name) as total"], order_by=None)
	return rows[0].total if rows else 0


@frappe.whitelist()
def validate_link(doctype: str, docname: str, fields=None) -> dict:
	"""Nothing for a record that the caller does not reach, as for one that is not there."""
	if doctype == "DocType" and may_extend(docname):
		return frappe._dict(name=docname)
	return (
		frappe.client.validate_link(doctype, docname, fields)
		if row_visible(doctype, docname)
		else frappe._dict()
	)


@frappe.whitelist()
def validate_link_and_fetch(doctype: str, docname: str, **arguments) -> dict:
	"""As `validate_link`, under its name in version 16."""
	if doctype == "DocType" and may_extend(docname):
		return frappe._dict(name=docname)
	if not row_visible(doctype, docname):
		return frappe._dict()
	return frappe.call(frappe.client.validate_link_and_fetch, doctype=doctype, docname=docname, **arguments)


@frappe.whitelist()
def get_preview_data(doctype: str, docname: str) -> dict | None:
	"""The card shown over a link, where the record is the caller's to see."""
	return link_preview.get_preview_data(doctype, docname) if row_visible(doctype, docname) else None


@frappe.whitelist()
def search_link(doctype: str, txt: str, **arguments) -> list | None:
	"""Link search within the caller's rows; the browser cannot switch the scope off."""
	return search.search_link(doctype, txt, **_within_scope(doctype, arguments))


@frappe.whitelist()
def search_widget(doctype: str, txt: str, **arguments) -> list | None:
	"""As `search_link`."""
	return search.search_widget(doctype, txt, **_within_scope(doctype, arguments))


def _within_scope(doctype: str, arguments: dict) -> dict:
	known = {
		"query",
		"filters",
		"page_length",
		"searchfield",
		"reference_doctype",
		"start",
		"filter_fields",
		"as_dict",
	}
	allowed = {key: value for key, value in arguments.items() if key in known}
	if not is_scoped(doctype):
		return allowed | {key: value for key, value in arguments.items() if key == "ignore_user_permissions"}
	if allowed.get("query") and not allowed["query"].startswith("social_care"):
		allowed.pop("query")
	return allowed


@frappe.whitelist()
def get_group_by_count(doctype: str, current_filters: str, field: str) -> list[dict]:
	"""Counts by a column of the caller's own rows."""
	if field == "assigned_to":
		return _count_by_assignee(doctype, current_filters)
	if not frappe.get_meta(doctype).has_field(field) and field not in ("owner", "modified_by", "docstatus"):
		frappe.throw(
			_("This column cannot be asked for: {0}").format(frappe.utils.escape_html(field)),
			frappe.DataError,
		)
	return listview.get_group_by_count(doctype, current_filters, field)


def _count_by_assignee(doctype: str, current_filters: str) -> list[dict]:
	names = frappe.get_list(
		doctype, filters=frappe.parse_json(current_filters), pluck="name", limit_page_length=0
	)
	filters = {"reference_type": doctype, "reference_name": ["in", names], "status": ["!=", "Cancelled"]}
	rows = frappe.get_all(
		"ToDo",
		filters=filters,
		fields=["allocated_to as name", "count(name) as count"],
		group_by="allocated_to",
	)
	return sorted(rows, key=lambda row: -row["count"])[:50]


@frappe.whitelist()
def linked_with_get(doctype: str, docname: str) -> dict:
	"""Linked records that the caller may open, of a record that he may open."""
	frappe.get_doc(doctype, docname).check_permission("read")
	found = linked_with.get_linked_docs(doctype, docname, linked_with.get_linked_doctypes(doctype))
	return {key: kept for key, rows in found.items() if (kept := _readable(key, rows))}


@frappe.whitelist()
def get_submitted_linked_docs(doctype: str, name: str) -> dict:
	"""As `linked_with_get`, for submitted records."""
	frappe.get_doc(doctype, name).check_permission("read")
	docs = linked_with.get_submitted_linked_docs(doctype, name)["docs"]
	docs = [row for row in docs if frappe.has_permission(row["doctype"], "read", doc=row["name"])]
	return {"docs": docs, "count": len(docs)}


def _readable(doctype: str, rows: list[dict]) -> list[dict]:
	if not rows or not frappe.has_permission(doctype, "read"):
		return []
	own = set(
		frappe.get_list(
			doctype,
			filters={"name": ["in", [row["name"] for row in rows]]},
			pluck="name",
			limit_page_length=0,
		)
	)
	return [row for row in rows if row["name"] in own]


@frappe.whitelist()
def global_search_results(text: str, start: int = 0, limit: int = 20, doctype: str = "") -> list[dict]:
	"""Results that the caller may open; children are found by name, code or number as in their list."""
	found = people(text, limit) if doctype in ("", "Child") and not cint(start) else []
	rows = global_search.search(text, start, limit, doctype)
	return found + [row for row in rows if frappe.has_permission(row["doctype"], "read", doc=row["name"])]


@frappe.whitelist()
def get_report_script(report_name: str) -> dict:
	"""What the desk fetches before it opens a report."""
	_check_report(report_name)
	return query_report.get_script(report_name)


def _check_report(report_name: str) -> None:
	"""Refuse in the caller's words; the framework's refusal names the report and its record type in English."""
	report = frappe.get_cached_doc("Report", report_name)
	if not report.is_permitted() or not frappe.has_permission(report.ref_doctype, "report"):
		frappe.throw(
			_("You have no access to the report {0}.").format(_(report_name)),
			frappe.PermissionError,
			title=_("Not Permitted"),
		)


@frappe.whitelist()
def run_report(report_name: str, filters=None, **arguments) -> dict:
	"""A report is run for the caller and nobody else."""
	_check_report(report_name)
	arguments = {key: value for key, value in arguments.items() if key in REPORT_ARGUMENTS}
	_check_custom_columns(arguments.get("custom_columns"))
	_check_link_filters(filters)
	answer = query_report.run(report_name, filters, **arguments)
	note_report(report_name, answer, "Report")
	return answer


REPORT_ARGUMENTS = {
	"ignore_prepared_report",
	"custom_columns",
	"is_tree",
	"parent_field",
	"are_default_filters",
}


@frappe.whitelist()
def export_report() -> None:
	"""As `run_report`, into a file."""
	_check_custom_columns(frappe.form_dict.get("custom_columns"))
	_check_link_filters(frappe.form_dict.get("filters"))
	form = frappe._dict(frappe.form_dict)
	query_report.export_query()
	# the framework keeps to itself which rows it wrote
	note_report(form.report_name, query_report.run(form.report_name, form.filters), "Export")


@frappe.whitelist(methods=["POST"])
def export_list() -> None:
	"""A list into a file; which records it held is noted."""
	asked = reportview.get_form_params()
	filters = (
		{"name": ["in", frappe.parse_json(asked.selected_items)]} if asked.selected_items else asked.filters
	)
	names = frappe.get_list(
		asked.doctype,
		filters=filters,
		or_filters=asked.or_filters,
		pluck="name",
		limit_page_length=0,
		order_by=None,
	)
	reportview.export_query()
	note(asked.doctype, names, "Export")


def _check_custom_columns(columns) -> None:
	for column in frappe.parse_json(columns) or [] if columns else []:
		if column.get("link_field") and is_scoped(column.get("doctype")):
			refuse()


def _check_link_filters(filters) -> None:
	"""Refuse a report's filter that names a row outside the caller's scope, of whatever DocType it is."""
	given = frappe.parse_json(filters) if isinstance(filters, str) and filters else filters or {}
	values = given.values() if isinstance(given, dict) else []
	texts = {
		text
		for value in values
		for text in (value if isinstance(value, list) else [value])
		if isinstance(text, str) and text
	}
	if texts and outside_anywhere(sorted(texts)):
		refuse()


@frappe.whitelist()
def get_data_for_custom_field(doctype: str, field: str) -> dict:
	"""A column of another table beside a report: not of scoped rows, which would all come."""
	return refuse() if is_scoped(doctype) else query_report.get_data_for_custom_field(doctype, field)


@frappe.whitelist()
def zip_files(files: str) -> None:
	"""An archive of files each of which the caller may open."""
	from frappe.core.api.file import zip_files as make_archive

	for name in frappe.parse_json(files):
		if not frappe.get_doc("File", name).is_downloadable():
			refuse()
	make_archive(files)


@frappe.whitelist()
def get_tagged_docs(doctype: str, tag: str) -> list:
	"""Tagged rows of the caller's own."""
	return frappe.get_list(
		doctype, filters={"_user_tags": ["like", tag]}, fields=["name"], as_list=True, limit_page_length=0
	)


@frappe.whitelist()
def add_tags(tags_: str | None = None, dt: str = "", docs: str = "", **arguments) -> None:
	"""Tag rows that the caller may change."""
	for name in frappe.parse_json(docs):
		frappe.get_doc(dt, name).check_permission("write")
	tags.add_tags(arguments.get("tags") or tags_, dt, docs)


@frappe.whitelist()
def add_tag(tag: str, dt: str, dn: str, color: str | None = None) -> str:
	"""Tag a row that the caller may change."""
	frappe.get_doc(dt, dn).check_permission("write")
	return tags.add_tag(tag, dt, dn, color)


@frappe.whitelist()
def remove_tag(tag: str, dt: str, dn: str) -> None:
	"""Remove a tag from a row that the caller may change."""
	frappe.get_doc(dt, dn).check_permission("write")
	tags.remove_tag(tag, dt, dn)


@frappe.whitelist(allow_guest=True)
def refuse(*_args, **_kwargs) -> None:
	"""Endpoints that nobody needs here and that answer without asking for a right."""
	frappe.throw(_("This function is switched off."), frappe.PermissionError, title=_("Not Available"))
