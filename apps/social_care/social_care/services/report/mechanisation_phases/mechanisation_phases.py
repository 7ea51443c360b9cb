"""Phases of mechanisation against the dates that were announced for them: each service, and how many days it was early or late."""

import frappe
from frappe import _
from frappe.utils import date_diff, nowdate

from social_care.prints.layout import Layout, as_of
from social_care.services.mechanisation import MECHANISED

IN_TIME, LATE = "Mechanised in Time", "Mechanised Late"
WAITING, OVERDUE = "Not Due Yet", "Not Mechanised in Time"
FIELDS = ["name", "service_name", "phase", "status", "status_date"]


def execute(filters: dict | None = None) -> tuple:
	asked = frappe._dict(filters or {})
	rows = get_data(asked)
	return get_columns(), rows, None, None, get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "phase_name", "label": _("Phase"), "fieldtype": "Data", "width": 130},
		{"fieldname": "target_date", "label": _("Target Date"), "fieldtype": "Date", "width": 140},
		{
			"fieldname": "name",
			"label": _("Service Code"),
			"fieldtype": "Link",
			"options": "Service",
			"width": 90,
		},
		{"fieldname": "service_name", "label": _("Service"), "fieldtype": "Data", "width": 300},
		{"fieldname": "status_text", "label": _("Status"), "fieldtype": "Data", "width": 100},
		{"fieldname": "mechanised_on", "label": _("Mechanised On"), "fieldtype": "Date", "width": 110},
		{"fieldname": "days", "label": _("Days after the Target Date"), "fieldtype": "Int", "width": 180},
		{
			"fieldname": "standing_text",
			"label": _("Against the Target Date"),
			"fieldtype": "Data",
			"width": 180,
		},
	]


def get_data(filters: dict) -> list[dict]:
	"""A row a service of each phase that has a date; of what is not mechanised the days are those until today."""
	wanted = {"name": filters.mechanisation_phase} if filters.get("mechanisation_phase") else {}
	phases = {
		row.phase_number: row
		for row in frappe.get_list(
			"Mechanisation Phase",
			filters=wanted,
			fields=["phase_number", "phase_name", "target_date"],
			order_by="phase_number asc",
			limit_page_length=0,
		)
	}
	services = frappe.get_list(
		"Service",
		filters={"phase": ["in", [*phases] or [0]], "status": ["!=", "Dropped"]},
		fields=FIELDS,
		order_by="phase asc, name asc",
		limit_page_length=0,
	)
	return [row | _against(phases[row.phase], row) for row in services]


def _against(phase: frappe._dict, service: frappe._dict) -> dict:
	is_mechanised = service.status in MECHANISED
	days = _days(phase, service, is_mechanised)
	standing = _standing(is_mechanised, days)
	return {
		"phase_name": phase.phase_name,
		"target_date": phase.target_date,
		"status_text": _(service.status),
		"mechanised_on": service.status_date if is_mechanised else None,
		"days": days,
		"standing": standing,
		"standing_text": _(standing) if standing else _("Date Not Recorded"),
	}


def _days(phase: frappe._dict, service: frappe._dict, is_mechanised: bool) -> int | None:
	"""Days after the target date, fewer than none before it; None where nobody wrote when the service was mechanised."""
	day = service.status_date if is_mechanised else nowdate()
	return date_diff(day, phase.target_date) if day else None


def _standing(is_mechanised: bool, days: int | None) -> str:
	if days is None:
		return ""
	if is_mechanised:
		return LATE if days > 0 else IN_TIME
	return OVERDUE if days > 0 else WAITING


def get_summary(rows: list[dict]) -> list[dict]:
	"""Services of the phases, and how they stand against their dates."""
	colours = {IN_TIME: "Green", LATE: "Orange", OVERDUE: "Red", WAITING: "Blue"}
	counted = [
		{
			"label": _(standing),
			"value": sum(row["standing"] == standing for row in rows),
			"datatype": "Int",
			"indicator": colour,
		}
		for standing, colour in colours.items()
	]
	return [{"label": _("Services"), "value": len(rows), "datatype": "Int", "indicator": "Blue"}, *counted]


def print_layout(filters: dict) -> Layout:
	return Layout(period=as_of(None), landscape=True)
