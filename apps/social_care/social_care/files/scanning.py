"""Asking scanners for harmful content (hook `social_care_file_scanners`) before a file is written to the disk.

A scanner is a function of the bytes. It returns the name of what it found or "" and raises ScannerAbsentError where it
cannot look: not installed, not running, no answer.
"""

import frappe
from frappe import _

from social_care.files.errors import HarmfulFileError


class ScannerAbsentError(Exception):
	"""The scanner cannot be asked."""


def check(data: bytes) -> None:
	"""Refuse harmful content and, where the settings demand a scan, content that no scanner has looked at."""
	looked = [
		found
		for scanner in frappe.get_hooks("social_care_file_scanners")
		if (found := ask(scanner, data)) is not None
	]
	if any(looked):
		frappe.logger("social_care.files").warning(
			"a scanner refused an upload: %s", ", ".join(filter(None, looked))
		)
		refuse(_("The file was refused: a scanner found harmful content in it."))
	if not looked and frappe.get_cached_doc("Upload Settings").scan_required:
		refuse(
			_("Files cannot be taken at the moment, because the scanner for harmful content does not answer.")
		)


def ask(scanner: str, data: bytes) -> str | None:
	"""What one scanner found; None where it could not look."""
	try:
		return frappe.get_attr(scanner)(data) or ""
	except ScannerAbsentError as error:
		frappe.logger("social_care.files").info("%s: %s", scanner, error)
		return None


def refuse(message: str) -> None:
	frappe.throw(message, HarmfulFileError, title=_("Attachment"))
