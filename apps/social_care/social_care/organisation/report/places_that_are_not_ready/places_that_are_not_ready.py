"""Units and institutions without computers, network, accounts or trained users, or never surveyed; at the places of the reader."""

import frappe
from frappe import _

from social_care.organisation.readiness.places_of_all import places
from social_care.prints.layout import Layout, as_of


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""One row a place that is not fully mechanised, by governorate; two queries."""
	return get_columns(), get_data(frappe._dict(filters or {}))


def get_columns() -> list[dict]:
	yes_or_no = {
		"computer": _("Computer"),
		"internet": _("Internet"),
		"account": _("Account"),
		"trained": _("Trained User"),
	}
	return [
		{"fieldname": "governorate_name", "label": _("Governorate"), "fieldtype": "Data", "width": 130},
		{"fieldname": "title", "label": _("Place"), "fieldtype": "Data", "width": 300},
		{"fieldname": "level_name", "label": _("Kind"), "fieldtype": "Data", "width": 130},
		{"fieldname": "surveyed_on", "label": _("Surveyed On"), "fieldtype": "Date", "width": 110},
		*(
			{"fieldname": name, "label": label, "fieldtype": "Data", "width": 95}
			for name, label in yes_or_no.items()
		),
	]


def get_data(filters: dict) -> list[dict]:
	return [
		_row(place)
		for place in places(filters.get("governorate"), filters.get("lacking"))
		if not place.is_ready
	]


def _row(place: frappe._dict) -> dict:
	there = {
		"computer": place.working_computers,
		"internet": place.has_internet,
		"account": place.accounts,
		"trained": place.trained_users,
	}
	known = {
		name: (_("Yes") if value else _("No")) if place.surveyed_on else "" for name, value in there.items()
	}
	return {
		"governorate_name": place.governorate_name,
		"title": place.title,
		"level_name": _(place.level or place.kind),
		"surveyed_on": place.surveyed_on,
		**known,
	}


def print_layout(filters: dict) -> Layout:
	lacking = filters.get("lacking")
	facts = [[_("Lacking"), _(lacking)]] if lacking else []
	return Layout(period=as_of(None), landscape=True, facts=facts)
