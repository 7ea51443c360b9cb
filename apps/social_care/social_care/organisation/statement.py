"""The statement of an institution: licence, places, staff, equipment, buildings, and its children by age and sex."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date

from social_care.prints import cells
from social_care.prints.digits import in_digits, telephone
from social_care.prints.layout import as_of
from social_care.prints.sheet import sheet, speak_arabic
from social_care.registry.levels import read_levels

GROUPS = {
	"Institution": (
		*("institution_code", "institution_type", "care_type", "status", "status_date", "grade"),
		*("last_visit_date", "governorate", "org_unit", "address"),
	),
	"Operator": (
		"association",
		"association_registration_number",
		"director_name",
		"phone",
		"mobile",
		"email",
	),
	"Licence": ("licence_number", "licence_date", "licence_expiry", "licensed_activity"),
	"Capacity": ("licensed_capacity", "current_children", "sex", "age_from", "age_to"),
	"Equipment": ("computers", "working_computers", "has_internet", "has_printer"),
}
AGES = ("age_from", "age_to")  # 0 where no limits were written down
STAFF = ("job_title", "required_count", "available_count", "qualified_count")
BUILDING = (
	"building_name",
	"ownership",
	"floors",
	"rooms",
	"area_sqm",
	"is_accessible",
	"civil_protection_expiry",
)


def institution_statement(home: Document) -> dict:
	"""Everything the print shows: {sheet, sections, tables}. Bank data is not in it, levels above the reader's neither."""
	speak_arabic()
	readable = read_levels(home.doctype)
	shown = {
		"sections": _sections(home, readable),
		"tables": [table for table in (_staff(home), _buildings(home), _children(home)) if table],
	}
	head = sheet(
		"Institution Statement",
		_("Institution Statement"),
		shown,
		home.org_unit,
		home.institution_name,
		as_of(None),
	)
	return shown | {"sheet": head}


def _sections(home: Document, readable: set[int]) -> list[dict]:
	sections = []
	for title, fields in GROUPS.items():
		known = [df for df in map(home.meta.get_field, fields) if (df.permlevel or 0) in readable]
		rows = [{"label": _(df.label), "value": value} for df in known if (value := _value(home, df))]
		if rows:
			sections.append({"title": _(title), "rows": rows})
	return sections


def _value(doc: Document, df) -> str:
	value = doc.get(df.fieldname)
	if value in (None, "") or (df.fieldname in AGES and not doc.age_to):
		return ""
	if df.fieldtype == "Link":
		title = frappe.get_meta(df.options).title_field
		shown = frappe.db.get_value(df.options, value, title) if title else None
		return in_digits(_(shown or value))
	if df.fieldtype == "Check":
		return _("Yes") if value else _("No")
	if df.fieldtype == "Select" or df.fieldname == "care_type":
		return _(value)
	if df.fieldtype == "Date":
		return in_digits(format_date(value))
	if df.options == "Phone":
		return telephone(str(value))
	return str(value) if df.fieldname == "email" else in_digits(str(value))


def _table(title: str, doctype: str, fields: tuple[str, ...], rows: list) -> dict | None:
	"""A table of rows of a DocType with the labels of its fields."""
	columns = [
		{"fieldname": df.fieldname, "label": df.label, "fieldtype": df.fieldtype}
		for df in map(frappe.get_meta(doctype).get_field, fields)
	]
	columns = cells.columns_of(columns)
	texts = cells.rows_of([row if isinstance(row, dict) else row.as_dict() for row in rows], columns)
	return {"title": title, "columns": columns, "rows": texts} if rows else None


def _staff(home: Document) -> dict | None:
	return _table(_("Staff by Job"), "Institution Staff Count", STAFF, home.staff)


def _buildings(home: Document) -> dict | None:
	if not frappe.has_permission("Building", "read"):
		return None
	rows = frappe.get_list(
		"Building",
		filters={"institution": home.name},
		fields=list(BUILDING),
		order_by="building_name asc",
		limit_page_length=0,
	)
	for row in rows:
		row.ownership = _(row.ownership or "")
	return _table(_("Buildings"), "Building", BUILDING, rows)


def _children(home: Document) -> dict | None:
	"""Today's children by age band and sex, as the report counts them."""
	from social_care.registry.report.children_by_age_and_sex import children_by_age_and_sex as by_age

	_columns, rows, _message = by_age.execute({"institution": home.name})
	columns = cells.columns_of(
		[
			column
			for column in by_age.get_columns()
			if column["fieldname"] in ("band", "boys", "girls", "children")
		]
	)
	title = _("Children by Age and Sex")
	return (
		{"title": title, "columns": columns, "rows": cells.rows_of(rows, columns), "total": True}
		if rows
		else None
	)
