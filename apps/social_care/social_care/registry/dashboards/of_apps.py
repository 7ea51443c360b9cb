"""Dashboards and layers of the map that other apps bring, by hooks. What they hold is data; the desk draws it."""

import frappe
from frappe import _

from social_care.registry.dashboards import kept

DASHBOARDS, LAYERS = "social_care_dashboards", "social_care_map_layers"


def dashboard(name: str) -> dict:
	"""{"headlines", "parts", "counted_at"} of an app's dashboard (docs/lists-and-dashboards.md), counted for the reader."""
	found = frappe.get_hooks(DASHBOARDS).get(name)
	if not found:
		frappe.throw(_("There is no such dashboard."), frappe.DoesNotExistError)
	return frappe.get_attr(found[-1])() | {"counted_at": kept.counted_at()}


def layers() -> list[dict]:
	"""What apps add to the map of headquarters: {"key", "label", "percent", "governorates": {code: figure}}."""
	return [layer for path in frappe.get_hooks(LAYERS) for layer in frappe.get_attr(path)()]
