"""P01: children and institutions by governorate, at the places of the reader."""

import frappe
from frappe import _

from social_care.registry import figures

CHARTED = 10
MEASURES = (
	("institutions", "Institutions", "count(*)"),
	("operating", "Operating", "sum(`tabInstitution`.`status` = 'Operating')"),
	("capacity", "Licensed Capacity", "sum(`tabInstitution`.`licensed_capacity`)"),
)
CHILD_MEASURES = (
	("children", "Children", "count(*)"),
	("boys", "Boys", "sum(`tabChild`.`sex` = 'Male')"),
	("girls", "Girls", "sum(`tabChild`.`sex` = 'Female')"),
	("approved", "Approved Files", "sum(`tabChild`.`file_state` = 'Approved')"),
	("without_number", "Without National Number", "sum(ifnull(`tabChild`.`national_number`, '') = '')"),
)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict]:
	"""Columns, one row a governorate and a bar chart of children."""
	rows = get_data()
	return get_columns(), rows, None, get_chart(rows)


def get_columns() -> list[dict]:
	columns = [
		{"fieldname": "governorate_name", "label": _("Governorate"), "fieldtype": "Data", "width": 160}
	]
	columns += [
		{"fieldname": field, "label": _(label), "fieldtype": "Int", "width": 120}
		for field, label, _sql in MEASURES + CHILD_MEASURES
	]
	return [
		*columns,
		{"fieldname": "occupancy", "label": _("Occupancy (%)"), "fieldtype": "Percent", "width": 120},
	]


def get_data() -> list[dict]:
	"""Two grouped queries and the table of governorates, whatever the number of rows."""
	institutions = _grouped("Institution", MEASURES, "1=1")
	children = _grouped("Child", CHILD_MEASURES, figures.IN_INSTITUTION)
	rows = []
	for code, name in frappe.get_all(
		"Governorate", fields=["name", "governorate_name"], order_by="name asc", as_list=True
	):
		if code in institutions or code in children:
			rows.append(_row(name, institutions.get(code, {}), children.get(code, {})))
	return rows


def _row(name: str, institutions: dict, children: dict) -> dict:
	row = {field: int(institutions.get(field) or 0) for field, *_rest in MEASURES}
	row |= {field: int(children.get(field) or 0) for field, *_rest in CHILD_MEASURES}
	row["occupancy"] = round(100 * row["children"] / row["capacity"], 1) if row["capacity"] else 0
	return {"governorate_name": name, **row}


def _grouped(doctype: str, measures: tuple, condition: str) -> dict[str, dict]:
	where = " and ".join(f"({part})" for part in (condition, figures.places(doctype)) if part)
	columns = ", ".join(f"{sql} as {field}" for field, _label, sql in measures)
	rows = frappe.db.sql(
		f"select governorate, {columns} from `tab{doctype}` where {where} group by governorate", as_dict=True
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
