"""P01: children and institutions by governorate on a day, at the places of the reader, beside the published figures."""

import frappe
from frappe import _

from social_care.prints.layout import Layout, as_of
from social_care.registry import census, figures

CHARTED = 10
INSTITUTIONS = (
	("institutions", "Institutions", "count(*)"),
	("operating", "Operating", "sum(`tabInstitution`.`status` = 'Operating')"),
	("capacity", "Licensed Capacity", "sum(`tabInstitution`.`licensed_capacity`)"),
)
CHILDREN = (
	("children", "Children", "count(*)"),
	("boys", "Boys", "sum(`tabChild`.`sex` = 'Male')"),
	("girls", "Girls", "sum(`tabChild`.`sex` = 'Female')"),
)
FILES = (
	("approved", "Approved Files", "sum(`tabChild`.`file_state` = 'Approved')"),
	("without_number", "Without National Number", "sum(ifnull(`tabChild`.`national_number`, '') = '')"),
)
# What an institution was on an earlier day is not kept; those where children lived are known.
GOVERNORATE = {"governorate": "`tabPlacement`.`governorate`"}
PAST = (("institutions", "Institutions with Children", "count(distinct `tabPlacement`.`institution`)"),)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict, list[dict] | None, int]:
	"""Columns, one row a governorate, a bar chart of children, published beside counted figures; the sums are ours."""
	filters = frappe._dict(filters or {})
	rows = get_data(filters)
	told = [*rows, total(rows, filters)] if rows else []
	return get_columns(filters), told, None, get_chart(rows), get_summary(filters, rows) or None, 1


def get_columns(filters: dict) -> list[dict]:
	columns = [
		{"fieldname": "governorate_name", "label": _("Governorate"), "fieldtype": "Data", "width": 160}
	]
	columns += [
		{"fieldname": field, "label": _(label), "fieldtype": "Int", "width": 120}
		for field, label, _sql in measures(filters)
	]
	if census.is_past(filters):
		return columns
	return [
		*columns,
		{"fieldname": "occupancy", "label": _("Occupancy (%)"), "fieldtype": "Percent", "width": 120},
	]


def measures(filters: dict) -> tuple:
	"""What can be told of the day: of an earlier one neither capacity nor the state of files."""
	return (*PAST, *CHILDREN) if census.is_past(filters) else (*INSTITUTIONS, *CHILDREN, *FILES)


def get_data(filters: dict) -> list[dict]:
	"""At most two grouped queries and the table of governorates, whatever the number of rows."""
	if census.is_past(filters):
		counted = census.count(GOVERNORATE, {field: sql for field, _l, sql in measures(filters)}, filters)
		found = {row.governorate: row for row in counted}
	else:
		found = _today()
	names = frappe.get_all("Governorate", fields=["name", "governorate_name"], order_by="name asc")
	return [_row(row.governorate_name, found[row.name], filters) for row in names if row.name in found]


def _today() -> dict[str, dict]:
	institutions = _grouped("Institution", INSTITUTIONS, "1=1")
	children = _grouped("Child", CHILDREN + FILES, figures.IN_INSTITUTION)
	codes = institutions.keys() | children.keys()
	return {code: institutions.get(code, {}) | children.get(code, {}) for code in codes}


def _row(name: str, counted: dict, filters: dict) -> dict:
	row = {field: int(counted.get(field) or 0) for field, *_rest in measures(filters)}
	return {"governorate_name": name, **row, **_occupancy(row)}


def total(rows: list[dict], filters: dict) -> dict:
	"""The last row: sums, and the occupancy of the sums."""
	sums = {field: sum(row[field] for row in rows) for field, *_rest in measures(filters)}
	return {"governorate_name": _("Total"), **sums, **_occupancy(sums), **census.TOTAL}


def _occupancy(row: dict) -> dict:
	return {"occupancy": census.occupancy(row["children"], row["capacity"])} if "capacity" in row else {}


def _grouped(doctype: str, columns: tuple, condition: str) -> dict[str, dict]:
	where = " and ".join(f"({part})" for part in (condition, figures.places(doctype)) if part)
	chosen = ", ".join(f"{sql} as {field}" for field, _label, sql in columns)
	rows = frappe.db.sql(
		f"select governorate, {chosen} from `tab{doctype}` where {where} group by governorate", as_dict=True
	)
	return {row.governorate: row for row in rows}


def get_chart(rows: list[dict]) -> dict:
	"""Bars of the governorates with most children; more labels would not be readable."""
	most = sorted(rows, key=lambda row: -row["children"])[:CHARTED]
	values = {"name": _("Children"), "values": [row["children"] for row in most]}
	return {
		"data": {"labels": [row["governorate_name"] for row in most], "datasets": [values]},
		"type": "bar",
		"fieldtype": "Int",
		"colors": ["#1f6f8b"],
	}


def get_summary(filters: dict, rows: list[dict]) -> list[dict]:
	"""Published and counted figures side by side, for those who see the whole country."""
	return [
		{
			"value": int(row["value"]),
			"label": _("{0}, published {1}").format(row["figure_name"], frappe.format(row["as_of"], "Date")),
			"datatype": "Int",
		}
		for row in official(filters, rows)
	]


def official(filters: dict, rows: list[dict]) -> list[dict]:
	"""Figures published until the day, newest first, with the count beside; sources disagree and stay side by side."""
	if figures.places("Child"):  # a part of the country is not compared with the whole
		return []
	counted = {
		"children_in_institutions": sum(row["children"] for row in rows),
		"institutions": sum(row["institutions"] for row in rows),
	}
	published = frappe.get_all(  # a reference table that everybody reads
		"Official Figure",
		filters={"figure_code": ["in", list(counted)], "as_of": ["<=", census.day_of(filters)]},
		fields=["figure_code", "figure_name", "value", "as_of", "source"],
		order_by="figure_code asc, as_of desc",
	)
	return [row | {"counted": counted[row.figure_code]} for row in published]


def print_layout(filters: dict) -> Layout:
	"""The published figures as a second table."""
	rows = official(filters, get_data(filters))
	columns = [
		{"fieldname": "figure_name", "label": "Figure"},
		{"fieldname": "value", "label": "Published Figure", "fieldtype": "Int"},
		{"fieldname": "as_of", "label": "As Of", "fieldtype": "Date"},
		{"fieldname": "counted", "label": "In the Register", "fieldtype": "Int"},
		{"fieldname": "source", "label": "Source"},
	]
	table = {"title": _("Published Figures and the Register"), "columns": columns, "rows": rows}
	return Layout(period=as_of(census.day_of(filters)), tables=[table] if rows else [])
