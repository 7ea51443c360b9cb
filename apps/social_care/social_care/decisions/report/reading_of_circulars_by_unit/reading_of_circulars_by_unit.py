"""Published circulars by the unit of their readers: how many were to read each, have, and are late. One query."""

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Sum
from frappe.utils import cint, flt, nowdate

from social_care.prints.layout import Layout
from social_care.services.requests_of_all import of_reader

RECEIPT = "Circular Receipt"


def execute(filters: dict | None = None) -> tuple:
	rows = get_data(frappe._dict(filters or {}))
	return get_columns(), rows, None, None, get_summary(rows)


def get_columns() -> list[dict]:
	return [
		_column("circular", _("Circular"), "Link", 160, "Circular"),
		_column("subject", _("Subject"), width=260),
		_column("unit_name", _("Unit"), width=240),
		_column("due_on", _("To Be Read By"), "Date", 120),
		_column("addressed", _("Addressed"), "Int", 110),
		_column("have_read", _("Have Read It"), "Int", 110),
		_column("late", _("Readers Overdue"), "Int", 110),
		_column("share", _("Share Read"), "Percent", 110),
	]


def _column(name: str, label: str, kind: str = "Data", width: int = 120, options: str | None = None) -> dict:
	return {"fieldname": name, "label": label, "fieldtype": kind, "options": options, "width": width}


def get_data(filters: dict) -> list[dict]:
	"""Receipts of the reader's own list, the circulars of which are published."""
	receipt, circular = frappe.qb.DocType(RECEIPT), frappe.qb.DocType("Circular")
	unit = frappe.qb.DocType("Org Unit")
	query = (
		frappe.qb.from_(receipt)
		.join(circular)
		.on((circular.name == receipt.circular) & (circular.status == "Published"))
		.left_join(unit)
		.on(unit.name == receipt.org_unit)
		.select(
			receipt.circular,
			circular.subject,
			unit.unit_name,
			receipt.due_on,
			Count("*").as_("addressed"),
			Sum(receipt.read_on.isnotnull()).as_("have_read"),
			Sum(receipt.read_on.isnull() & (receipt.due_on < nowdate())).as_("late"),
		)
		.groupby(receipt.circular, receipt.org_unit, receipt.due_on)
		.orderby(receipt.due_on, receipt.circular, unit.unit_name)
	)
	if filters.circular:
		query = query.where(receipt.circular == filters.circular)
	rows = [_told(row) for row in of_reader(query, RECEIPT).run(as_dict=True)]
	return [row for row in rows if row.late] if cint(filters.late_only) else rows


def _told(row: dict) -> dict:
	row.update({"have_read": cint(row.have_read), "late": cint(row.late)})
	row.share = flt(100 * row.have_read / row.addressed, 1)
	return row


def get_summary(rows: list[dict]) -> list[dict]:
	figures = (("Addressed", "addressed"), ("Have Read It", "have_read"), ("Readers Overdue", "late"))
	return [
		{"label": _(label), "value": sum(row[field] for row in rows), "datatype": "Int"}
		for label, field in figures
	]


def print_layout(filters: dict) -> Layout:
	subject = filters.get("circular") and frappe.db.get_value("Circular", filters["circular"], "subject")
	return Layout(facts=[[_("Circular"), subject]] if subject else [])
