"""What a service hands out, as it is printed: the pack's text with the request's values, a table, signatures, a code."""

import re

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date

from social_care.prints import cells
from social_care.prints.digits import in_digits
from social_care.prints.layout import as_of
from social_care.prints.sheet import sheet, speak_arabic
from social_care.services import versions
from social_care.services.compiler.papers import paper_name

PLACEHOLDER = re.compile(r"\{(\w+)\}")
HIDDEN_LEVEL = 3


def service_output(doc: Document, code: str) -> dict:
	"""Everything that the print of an output shows: {sheet, issued, paragraphs, rows, tables, signatures, number}.

	Before the request has reached the output's state there is nothing to print: `issued` is false and says so. Fields of
	the third level never stand on an output, others not for a reader who may not see them.
	"""
	speak_arabic()
	pack = versions.at(doc.service, doc.pack_version)
	output = next(row for row in pack["outputs"] if row["code"] == code)
	certificate = _certificate(doc, code)
	said = _said(doc, certificate)
	shown = {
		"issued": bool(certificate),
		"number": certificate.name if certificate else "",
		"paragraphs": [fill(text, said) for text in output["body"]["ar"].split("\n") if text.strip()],
		"rows": list(_rows(doc, output)),
		"tables": list(_tables(doc, output)),
		"signatures": [row["ar"] for row in output["signatures"]],
		"validity": _validity(certificate),
	}
	institution = (
		frappe.db.get_value("Institution", doc.get("institution"), "institution_name")
		if doc.get("institution")
		else ""
	)
	day = as_of(certificate.issued_on) if certificate else ""
	head = sheet(paper_name(pack, output), output["title"]["ar"], shown, doc.org_unit, institution or "", day)
	return shown | {"sheet": head}


def _certificate(doc: Document, code: str) -> dict | None:
	"""The valid certificate of the request for this output; the request itself was opened by its reader's right."""
	rows = frappe.get_all(
		"Service Certificate",
		filters={"request_type": doc.doctype, "request": doc.name, "output_code": code, "state": "Valid"},
		fields=["name", "issued_on", "valid_until"],
		order_by="creation desc",
		limit=1,
	)
	return rows[0] if rows else None


def _said(doc: Document, certificate: dict | None) -> dict[str, str]:
	"""What a body may ask for, as it is shown."""
	unit = frappe.db.get_value("Org Unit", doc.org_unit, "unit_name") or ""
	said = {name: value(doc, name) for name in _readable(doc)}
	return said | {
		"applicant_name": doc.applicant_name or "",
		"request_number": doc.name,
		"output_number": certificate.name if certificate else "",
		"issued_on": in_digits(format_date(certificate.issued_on)) if certificate else "",
		"valid_until": in_digits(format_date(certificate.valid_until))
		if certificate and certificate.valid_until
		else "",
		"decided_on": in_digits(format_date(doc.decided_on)) if doc.decided_on else "",
		"reason": doc.reason or "",
		"unit": unit,
	}


def fill(text: str, said: dict[str, str]) -> str:
	"""The text with every {name} replaced; a value that is not there is a line to write on."""
	return PLACEHOLDER.sub(lambda found: said.get(found[1]) or "…………………", text)


def _readable(doc: Document) -> list[str]:
	levels = {0, *doc.meta.get_permlevel_access("read")} - {HIDDEN_LEVEL}
	return [
		df.fieldname
		for df in doc.meta.fields
		if df.fieldtype not in frappe.model.no_value_fields and df.permlevel in levels
	]


def value(doc: Document, name: str) -> str:
	"""A field's value as a print shows it; of a child his name."""
	df = doc.meta.get_field(name)
	if df.fieldtype == "Link" and df.options == "Child" and doc.get(name):
		return frappe.db.get_value("Child", doc.get(name), "full_name") or ""
	if df.fieldtype == "Link" and doc.get(name):
		title = frappe.get_meta(df.options).title_field
		return str((title and frappe.db.get_value(df.options, doc.get(name), title)) or doc.get(name))
	if df.fieldtype == "Select":
		return _(str(doc.get(name) or ""))
	column = {"fieldtype": df.fieldtype, "titles": False, "code": False, "options": df.options}
	return cells.text(doc.get(name), column)


def _rows(doc: Document, output: dict):
	readable = set(_readable(doc))
	for name in output["shows"]:
		df = doc.meta.get_field(name)
		if df and df.fieldtype != "Table" and name in readable and doc.get(name) not in (None, ""):
			yield {"label": _(df.label), "value": value(doc, name)}


def _tables(doc: Document, output: dict):
	readable = set(_readable(doc))
	for name in output["shows"]:
		df = doc.meta.get_field(name)
		if df and df.fieldtype == "Table" and name in readable and doc.get(name):
			fields = [row for row in frappe.get_meta(df.options).fields if row.in_list_view]
			columns = cells.columns_of(
				[{"fieldname": f.fieldname, "label": f.label, "fieldtype": f.fieldtype} for f in fields]
			)
			yield {
				"title": _(df.label),
				"columns": columns,
				"rows": cells.rows_of([row.as_dict() for row in doc.get(name)], columns),
			}


def _validity(certificate: dict | None) -> str:
	if not certificate or not certificate.valid_until:
		return ""
	return _("Valid until {0}").format(in_digits(format_date(certificate.valid_until)))
