"""What the app does when it is installed, migrated and removed."""

import frappe
from social_care.setup.desk import ensure_dashboards, remove_dashboards
from social_care.setup.removal import empty_trash, remove_traces
from social_care.setup.taking_out import take_out

from social_care_inspections.setup.seeds import ensure_seeds
from social_care_inspections.setup.workflows import WORKFLOWS

APP, MODULE = "social_care_inspections", "Inspections"
SERIES = (
	"IV-",
	"IR-",
	"VR-",
	"VP-",
	"IW-",
	"VPL-",
	"CAP-",
	"CA-",
	"RI-",
	"IC-",
	"ICL-",
	"CRF-",
	"LF-",
	"IFG-",
)
SETTINGS = ("Inspection Settings", "Closing Settings")
DASHBOARDS = {"Inspection Dashboard": "inspection", "Sector Adviser Dashboard": "sector_adviser"}


def after_install() -> None:
	ensure_seeds()
	WORKFLOWS.ensure()
	ensure_dashboards(DASHBOARDS)


def after_migrate() -> None:
	ensure_seeds()
	WORKFLOWS.ensure()
	ensure_dashboards(DASHBOARDS)


def before_uninstall() -> None:
	"""What the app holds is written to a private archive first; where that fails, nothing is removed."""
	print(take_out(APP, MODULE))
	WORKFLOWS.remove()
	remove_dashboards(DASHBOARDS)
	remove_traces(MODULE)
	frappe.db.delete("Singles", {"doctype": ["in", SETTINGS]})
	for prefix in SERIES:
		frappe.db.delete("Series", {"name": ["like", f"{prefix}%"]})


def after_uninstall() -> None:
	empty_trash(MODULE)
