"""A report as an official print: what its reader sees on the screen, run anew on the server, in the common layout."""

import frappe
from frappe import _
from frappe.core.doctype.access_log.access_log import make_access_log
from frappe.core.doctype.report.report import get_report_module_dotted_path
from frappe.translate import print_language
from frappe.utils import cint, format_date

from social_care import plurals
from social_care.api.guards.endpoints import run_report
from social_care.printing.generator import chromium_pdf
from social_care.prints import cells
from social_care.prints.digits import in_digits
from social_care.prints.issuing import issuer
from social_care.prints.layout import Layout, as_of
from social_care.prints.sheet import ARABIC, sheet

TEMPLATE = "social_care/templates/print/report.html"
WIDE = 8  # columns from which a table lies on its side
DAY, TICK = "Date", "Check"
# Filters that reports share: label, and the DocType whose title is shown or the kind of value. A report adds its own as `PRINTED_FILTERS`.
FILTERS = {
	"from_date": ("From Date", DAY),
	"to_date": ("To Date", DAY),
	"org_unit": ("Unit", "Org Unit"),
	"governorate": ("Governorate", "Governorate"),
	"institution": ("Institution", "Institution"),
	"institution_type": ("Type", "Institution Type"),
	"months": ("Within (Months)", None),
	"missing": ("Missing", None),
	"group": ("Group", None),
}


class ReportNotPrinted(frappe.ValidationError):
	"""A report that has no official print."""


def send(report_name: str, filters: dict) -> None:
	"""Answer the request with the PDF; the access log says that it was made, not what was in it."""
	pdf = make(report_name, filters)
	make_access_log(report_name=report_name, file_type="PDF", method="PDF")
	frappe.local.response.filename = f"{frappe.scrub(report_name)}.pdf"
	frappe.local.response.filecontent = pdf
	frappe.local.response.type = "pdf"


def make(report_name: str, filters: dict) -> bytes:
	"""The PDF of a report of the session user. Raises ReportNotPrinted, PermissionError, PDFNotMade."""
	report = frappe.get_cached_doc("Report", report_name)
	check(report)
	filters = {key: value for key, value in filters.items() if value not in (None, "")}
	with print_language(ARABIC):
		context = contents(report, filters, run_report(report_name, filters))
		html = frappe.render_template(TEMPLATE, context)
	options = {"orientation": "Landscape" if context["landscape"] else "Portrait"}
	return chromium_pdf(html=html, options=options) or _frameworks_pdf(html, options)


def _frameworks_pdf(html: str, options: dict) -> bytes:
	"""Where another engine is chosen for the site: without verification, which only our own maker of PDFs writes down."""
	from frappe.utils.pdf import get_pdf  # opens its log file when it is loaded

	return get_pdf(html, options)


def check(report) -> None:
	"""Only reports that are code of an app, so that a title and figures of one's own making get no code."""
	if report.is_standard != "Yes" or report.report_type not in ("Script Report", "Query Report"):
		_refuse(_("Only the ministry's own reports have an official print."))
	if not frappe.has_permission(report.ref_doctype, "print"):
		frappe.throw(_("You may not print this report."), frappe.PermissionError, title=_("Prints"))


def contents(report, filters: dict, answer: dict) -> dict:
	"""Everything that the template shows."""
	result, layout = answer["result"], _layout(report, filters)
	most = cint(frappe.get_cached_doc("Social Care Settings").print_most_rows)
	if most and len(result) > most:
		_refuse(
			_(
				"The report has {0} rows, more than the {1} of one print. Please choose narrower filters.",
				context=plurals.form(len(result)),
			).format(len(result), most)
		)
	columns = cells.columns_of(answer["columns"])
	table = {
		"columns": columns,
		"rows": cells.rows_of(result, columns),
		"total": bool(result) and (isinstance(result[-1], list) or bool(result[-1].get("is_total"))),
		"numbered": layout.numbered,
	}
	shown = {
		"facts": facts(filters, _filters(report)) if layout.facts is None else layout.facts,
		"tables": [*([] if layout.instead else [table]), *map(_below, layout.tables)],
		"notes": list(map(in_digits, layout.notes)),
	}
	unit = layout.unit or issuer()[0]
	head = sheet(report.name, _(report.name), shown, unit, layout.place, layout.period or as_of(None))
	landscape = len(columns) > WIDE if layout.landscape is None else layout.landscape
	return shown | {"sheet": head, "landscape": landscape, "compact": layout.compact, "number": in_digits}


def _layout(report, filters: dict) -> Layout:
	module = _module(report)
	return module.print_layout(frappe._dict(filters)) if hasattr(module, "print_layout") else Layout()


def _filters(report) -> dict[str, tuple[str, str | None]]:
	"""Labels and kinds of the filters of a report."""
	return FILTERS | getattr(_module(report), "PRINTED_FILTERS", {})


def _module(report):
	return frappe.get_module(get_report_module_dotted_path(report.module, report.name))


def _below(table: dict) -> dict:
	columns = cells.columns_of(table["columns"])
	rows = cells.rows_of(table["rows"], columns)
	return {"title": table["title"], "columns": columns, "rows": rows, "total": False, "numbered": False}


def facts(filters: dict, known: dict[str, tuple[str, str | None]] = FILTERS) -> list[list[str]]:
	"""Chosen filters as label and value, so that the paper says what it was limited to; a tick that was not set limits nothing."""
	shown = []
	for fieldname, value in filters.items():
		if fieldname == "as_of":
			continue  # the period of the header
		label, kind = known.get(fieldname, (frappe.unscrub(fieldname), None))
		if kind != TICK or cint(value):
			shown.append([_(label), in_digits(_shown(kind, value))])
	return shown


def _shown(kind: str | None, value) -> str:
	if kind == DAY:
		return format_date(value)
	if kind == TICK:
		return _("Yes")
	return _title(kind, value) if kind else _(str(value))


def _title(doctype: str, name: str) -> str:
	return frappe.db.get_value(doctype, name, frappe.get_meta(doctype).get_title_field()) or name


def _refuse(message: str) -> None:
	frappe.throw(message, ReportNotPrinted, title=_("Prints"))
