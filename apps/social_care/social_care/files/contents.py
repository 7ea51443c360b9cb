"""What a stored file may hold: the kinds that the settings allow, clean pictures, nothing that a scanner knows as harmful."""

import frappe

from social_care.files import kinds, pictures, scanning

check_archive = kinds.check_archive


def checked(file_name: str, data: bytes) -> bytes:
	"""The bytes to be stored. Raises UnfitFileError or HarmfulFileError with a sentence for the user.

	Kinds are asked of what comes with a request; reports and archives that a job of the server makes are its own.
	"""
	if getattr(frappe.local, "request", None):
		kinds.check(file_name, data)
	if kinds.ending(file_name) in pictures.FORMATS:
		data = pictures.cleaned(data)
	scanning.check(data)
	return data
