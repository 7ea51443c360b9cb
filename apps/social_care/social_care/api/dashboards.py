"""The figures of the three dashboards, at the places of the caller."""

import frappe

from social_care.registry.dashboards import directorate, headquarters, institution


@frappe.whitelist()
def of_institution() -> dict:
	"""Who is here, what the files lack, what is due."""
	return institution.dashboard()


@frappe.whitelist()
def of_directorate() -> dict:
	"""The league of institutions and where they are."""
	return directorate.dashboard()


@frappe.whitelist()
def of_headquarters() -> dict:
	"""The nation by governorate, kind of care and month, beside the published figures."""
	return headquarters.dashboard()
