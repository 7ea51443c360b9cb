"""P08: which services are mechanised, and in how many governorates they are designed, configured, live and used."""

import frappe
from frappe import _

from social_care.prints.layout import Layout, as_of
from social_care.services import mechanisation

FIELDS = ["name", "service_name", "service_group", "phase", "status", "status_date", "published_version"]


def execute(filters: dict | None = None) -> tuple:
	asked = frappe._dict(filters or {})
	return get_columns(), get_data(asked), None, None, get_summary()


def get_columns() -> list[dict]:
	plain = [
		{
			"fieldname": "name",
			"label": _("Service Code"),
			"fieldtype": "Link",
			"options": "Service",
			"width": 90,
		},
		{"fieldname": "service_name", "label": _("Service"), "fieldtype": "Data", "width": 320},
		{"fieldname": "group_name", "label": _("Service Group"), "fieldtype": "Data", "width": 170},
		{"fieldname": "phase", "label": _("Phase"), "fieldtype": "Int", "width": 70},
		{"fieldname": "status_text", "label": _("Status"), "fieldtype": "Data", "width": 100},
		{"fieldname": "status_date", "label": _("Status Since"), "fieldtype": "Date", "width": 110},
		{"fieldname": "published_version", "label": _("Published Version"), "fieldtype": "Int", "width": 90},
	]
	counted = [
		{"fieldname": stage.lower(), "label": _(stage), "fieldtype": "Int", "width": 80}
		for stage in mechanisation.STAGES
	]
	return plain + counted


def get_data(filters: dict) -> list[dict]:
	"""A row a service of the catalogue, with the number of governorates at each stage."""
	conditions = {key: filters[key] for key in ("service_group", "phase", "status") if filters.get(key)}
	groups = dict(frappe.get_all("Service Group", fields=["name", "group_name"], as_list=True, order_by=None))
	stages = mechanisation.stages()
	rows = frappe.get_list(
		"Service", filters=conditions, fields=FIELDS, order_by="name asc", limit_page_length=0
	)
	for row in rows:
		row.group_name, row.status_text = groups.get(row.service_group), _(row.status)
		row.update({stage.lower(): stages.get(row.name, {}).get(stage, 0) for stage in mechanisation.STAGES})
	return rows


def get_summary() -> list[dict]:
	"""«n of 44», and phase one against its target."""
	found = mechanisation.mechanised()
	return [
		{
			"label": _("Services mechanised, of {0}").format(found["services"]),
			"value": found["mechanised"],
			"datatype": "Int",
			"indicator": "Blue",
		},
		{
			"label": _("Of phase one, of {0}").format(found["first_phase"]),
			"value": found["first_phase_mechanised"],
			"datatype": "Int",
			"indicator": "Green" if found["first_phase_mechanised"] >= found["first_phase"] else "Orange",
		},
	]


def print_layout(filters: dict) -> Layout:
	return Layout(period=as_of(None), landscape=True)
