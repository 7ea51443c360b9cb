"""Assessment tools of kafala: questions of one kind of assessment as data, a version a row, in force between two days."""

import frappe
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import getdate

TOOL = "Kafala Study Tool"
INITIAL, DETAILED = "Initial Visit", "Detailed Study"
AMOUNT = "monthly_income"


def in_force(kind: str, day) -> str | None:
	"""The tool of a kind on a day; None where the site has none."""
	tool = DocType(TOOL)
	query = frappe.qb.from_(tool).select(tool.name).where(tool.assessment_kind == kind)
	query = query.where(tool.valid_from <= getdate(day))
	query = query.where(tool.valid_to.isnull() | (tool.valid_to >= getdate(day)))
	rows = query.orderby(tool.valid_from, order=frappe.qb.desc).limit(1).run()
	return rows[0][0] if rows else None


def overlapping(doc: Document) -> str | None:
	"""Another tool of the kind that is in force on one of the days of this one."""
	tool = DocType(TOOL)
	query = frappe.qb.from_(tool).select(tool.name).where(tool.assessment_kind == doc.assessment_kind)
	query = query.where(tool.name != (doc.name or ""))
	query = query.where(tool.valid_to.isnull() | (tool.valid_to >= getdate(doc.valid_from)))
	if doc.valid_to:
		query = query.where(tool.valid_from <= getdate(doc.valid_to))
	rows = query.orderby(tool.name).limit(1).run()
	return rows[0][0] if rows else None


def items(name: str) -> dict[str, Document]:
	"""Questions of a tool by code, in their order."""
	return {row.item_code: row for row in frappe.get_cached_doc(TOOL, name).get("items")}


def findings(field: str) -> list[str]:
	"""What a field of the family's file may be found to be; empty for an amount."""
	df = frappe.get_meta("Kafala Family File").get_field(field)
	return [option for option in (df.options or "").split("\n") if option] if df.fieldtype == "Select" else []
