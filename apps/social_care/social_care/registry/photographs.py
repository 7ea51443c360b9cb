"""The child's photograph: a private image of bounded size, with the day it was taken."""

import io

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_months, getdate, nowdate

from social_care.files.thumbnails import small

FORMATS = ("JPEG", "PNG", "WEBP")
ENDINGS = (".jpg", ".jpeg", ".png", ".webp")


class PhotographError(frappe.ValidationError):
	"""A file that is no usable photograph."""


def check(child: Document) -> None:
	"""A changed photograph must be an image by its content, within the size of the settings; its date is set."""
	if not child.has_value_changed("photo"):
		return
	if not child.photo:
		child.photo_date = None
		return
	check_image(_content(child.photo))
	if not child.photo_date or not child.has_value_changed("photo_date"):
		child.photo_date = nowdate()


def _content(file_url: str) -> bytes:
	if not file_url.startswith("/private/files/"):
		_refuse(_("A child's photograph must be uploaded as a private file."))
	if not file_url.lower().endswith(ENDINGS):
		_refuse(_("The file is not a photograph (JPEG, PNG or WebP)."))
	name = frappe.db.get_value("File", {"file_url": file_url})
	if not name:
		_refuse(_("The photograph was not found; please upload it again."))
	content = frappe.get_doc("File", name).get_content()
	return content.encode() if isinstance(content, str) else content


def check_image(content: bytes) -> None:
	"""Refuse bytes that are no usable photograph. Raises PhotographError."""
	from PIL import Image, UnidentifiedImageError

	limit = frappe.get_cached_doc("Social Care Settings").photo_max_size_mb or 5
	if len(content) > limit * 1024 * 1024:
		_refuse(_("The photograph is larger than {0} MB.").format(limit))
	try:
		with Image.open(io.BytesIO(content), formats=FORMATS) as image:
			image.verify()
	except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
		_refuse(_("The file is not a photograph (JPEG, PNG or WebP)."))


def _refuse(message: str) -> None:
	frappe.throw(message, PhotographError, title=_("Photograph"))


def is_old(photo_date) -> bool:
	"""Whether a photograph of that day is due for renewal (Social Care Settings, months)."""
	months = frappe.get_cached_doc("Social Care Settings").photo_max_age_months
	return bool(photo_date and months) and getdate(photo_date) < getdate(add_months(nowdate(), -months))


def thumbnail(child: str) -> bytes:
	"""The small photograph, where the session user's list of children shows it.

	Raises PermissionError, the same for a child of another place, a field above the user's level and no photograph.
	"""
	rows = frappe.get_list("Child", filters={"name": child}, fields=["name", "photo"])
	address = rows[0].get("photo") if rows else None
	if not address:
		frappe.throw(_("You may not use this file."), frappe.PermissionError, title=_("Photograph"))
	return small(address)
