"""P03 and P04: children in care who lack national number, birth certificate, recent photograph or education."""

import frappe
from frappe import _
from frappe.utils import add_years, cint, getdate, nowdate

from social_care.prints.layout import Layout
from social_care.registry import levels, photographs, places
from social_care.registry.columns import of_child

CERTIFICATES = ("Computerised Birth Certificate", "Paper Birth Certificate")
FIELDS = ["name", "full_name", "sex", "birth_date", "institution_name", "file_state"]
PAPERS = ["national_number", "photo", "photo_date"]
# What may be missing: the filter's value, the column, and whether it belongs to the level of papers.
GAPS = {
	"National Number": ("number", True),
	"Birth Certificate": ("certificate", True),
	"Photograph": ("photograph", True),
	"Education": ("education", False),
}
PRESENT, MISSING, OLD = "", "Lacking", "Old"


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	filters = frappe._dict(filters or {})
	return get_columns(), get_data(filters)


def gaps() -> dict[str, str]:
	"""What the reader may be told of: {value of the filter: column}."""
	papers = levels.readable(levels.PAPERS)
	return {label: column for label, (column, protected) in GAPS.items() if papers or not protected}


def get_columns() -> list[dict]:
	return [
		*of_child("name", "full_name", "sex", "birth_date", "institution_name"),
		*(
			{"fieldname": column, "label": _(label), "fieldtype": "Data", "width": 110}
			for label, column in gaps().items()
		),
		*of_child("file_state"),
	]


def get_data(filters: dict) -> list[dict]:
	"""The reader's own list of children and two queries on their tables, whatever the number of rows."""
	wanted = gaps()
	if filters.get("missing"):
		if filters["missing"] not in wanted:
			frappe.throw(_("You may not see this."), frappe.PermissionError, title=_("Missing"))
		wanted = {filters["missing"]: wanted[filters["missing"]]}
	conditions = [["institution", "is", "set"], ["life_state", "=", "Active"]]
	conditions += places.conditions(filters)
	fields = FIELDS + (PAPERS if levels.readable(levels.PAPERS) else [])
	rows = frappe.get_list(
		"Child",
		filters=conditions,
		fields=fields,
		order_by="institution asc, full_name asc, name asc",
		limit_page_length=0,
	)
	certified, schooled = _parents("Identity Paper", CERTIFICATES), _parents("Education Record")
	told = (_told(row, row.name in certified, row.name in schooled) for row in rows)
	return [row for row in told if any(row[column] for column in wanted.values())]


def _parents(table: str, kinds: tuple[str, ...] = ()) -> set[str]:
	"""Children with a row in a table; only compared with files that the caller's own list gave."""
	filters = {"parenttype": "Child"} | ({"paper_kind": ["in", kinds]} if kinds else {})
	return set(frappe.get_all(table, filters=filters, pluck="parent", distinct=True, order_by=None))


def _told(row: dict, certified: bool, schooled: bool) -> dict:
	"""The row with a word for each gap, and without the papers themselves."""
	photo, taken = row.pop("photo", None), row.pop("photo_date", None)
	states = {
		"number": PRESENT if row.pop("national_number", None) else MISSING,
		"certificate": PRESENT if certified else MISSING,
		"photograph": MISSING if not photo else OLD if photographs.is_old(taken) else PRESENT,
		"education": PRESENT if schooled or not _of_school_age(row.birth_date) else MISSING,
	}
	kept = {column: _(states[column]) if states[column] else "" for column in gaps().values()}
	return row | kept | {"sex": _(row.sex or ""), "file_state": _(row.file_state or "")}


def _of_school_age(birth_date) -> bool:
	years = cint(frappe.get_cached_doc("Social Care Settings").school_age_from)
	return not birth_date or getdate(add_years(birth_date, years)) <= getdate(nowdate())


def print_layout(filters: dict) -> Layout:
	return Layout.of(filters, landscape=True)
