"""A site with fictional data and published passwords says so before anybody logs in."""

import frappe
from frappe import _


def demonstration_notice() -> str:
	"""The sentence over every public page (the log-in page above all); "" on a site in earnest."""
	if not frappe.conf.get("social_care_demo"):
		return ""
	return _(
		"Demonstration: fictional data and published passwords. Never open this site on a public address, never enter real people."
	)
