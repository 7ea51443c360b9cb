"""Limits of uploads, from Social Care Settings; a site that has not saved them yet has their first values."""

import frappe
from frappe.utils import cint


def limit(field: str) -> int:
	"""A whole number of the settings."""
	settings = frappe.get_cached_doc("Social Care Settings")
	value = settings.get(field)
	return cint(value) if value not in (None, "", 0) else cint(settings.meta.get_field(field).default)


def megabytes(field: str) -> int:
	"""A size of the settings, in bytes."""
	return limit(field) * 1024 * 1024
