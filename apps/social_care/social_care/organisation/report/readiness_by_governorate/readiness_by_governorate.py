"""How many places of each governorate can work with the system: devices, network, accounts, trained users."""

import frappe
from frappe import _

from social_care.organisation.readiness.places_of_all import places
from social_care.prints.layout import Layout, as_of
from social_care.registry.dashboards.rows import percent

# What a row counts of its places: heading and what a place has to have.
MEASURES = {
	"surveyed": ("Surveyed", lambda place: place.surveyed_on),
	"with_computer": ("With a Computer", lambda place: place.working_computers),
	"with_internet": ("With Internet", lambda place: place.has_internet),
	"with_account": ("With an Account", lambda place: place.accounts),
	"with_trained": ("With a Trained User", lambda place: place.trained_users),
	"ready": ("Fully Mechanised", lambda place: place.is_ready),
}


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""One row a governorate and one of sums; two queries, whatever the number of places."""
	return get_columns(), get_data()


def get_columns() -> list[dict]:
	numbers = {"institutions": _("Institutions"), "units": _("Units")}
	numbers |= {name: _(label) for name, (label, _has) in MEASURES.items()}
	return [
		{"fieldname": "governorate_name", "label": _("Governorate"), "fieldtype": "Data", "width": 150},
		*(
			{"fieldname": name, "label": label, "fieldtype": "Int", "width": 105}
			for name, label in numbers.items()
		),
		{"fieldname": "share", "label": _("Fully Mechanised (%)"), "fieldtype": "Percent", "width": 110},
	]


def get_data() -> list[dict]:
	groups: dict[str, list] = {}
	everywhere = places()
	for place in everywhere:
		groups.setdefault(place.governorate_name or _("Headquarters"), []).append(place)
	rows = [_counted(name, own) for name, own in groups.items()]
	return [*rows, _counted(_("Total"), everywhere) | {"bold": 1, "is_total": 1}] if rows else []


def _counted(name: str, own: list[frappe._dict]) -> dict:
	homes = sum(place.kind == "Institution" for place in own)
	counts = {key: sum(bool(has(place)) for place in own) for key, (_label, has) in MEASURES.items()}
	row = {"governorate_name": name, "institutions": homes, "units": len(own) - homes}
	return row | counts | {"share": percent(counts["ready"], len(own))}


def print_layout(filters: dict) -> Layout:
	return Layout(period=as_of(None), landscape=True)
