"""The figures of the three dashboards, at the places of the caller; counted on the read replica of a site that has one."""

import frappe

from social_care.registry.dashboards import directorate, headquarters, institution, of_apps

reading = frappe.read_only()


@frappe.whitelist()
def of_institution() -> dict:
	"""Who is here, what the files lack, what is due."""
	return reading(institution.dashboard)()


@frappe.whitelist()
def of_directorate() -> dict:
	"""The league of institutions and where they are."""
	return reading(directorate.dashboard)()


@frappe.whitelist()
def of_headquarters() -> dict:
	"""The nation by governorate, kind of care and month, beside the published figures."""
	return reading(headquarters.dashboard)()


@frappe.whitelist()
def of_app(name: str) -> dict:
	"""A dashboard that another app brings; each counts what its reader may read."""
	return reading(of_apps.dashboard)(name)
