"""Why a file is not taken."""

import frappe


class UnfitFileError(frappe.ValidationError):
	"""A file of a kind, size or content that is not accepted."""


class HarmfulFileError(frappe.ValidationError):
	"""A file in which a scanner found something harmful, or that no scanner could look at."""
