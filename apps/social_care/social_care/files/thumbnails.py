"""A small version of a picture for lists: made when it is first asked for and kept in memory for an hour, never on the disk.

The memory's key is a digest of the picture's address, which changes with every new picture.
"""

import hashlib
import io

import frappe
from PIL import Image, ImageOps

from social_care.files.pictures import FORMATS, check_size

SIDE = 160  # pixels
QUALITY = 70
KEPT_FOR = 3600  # seconds


def small(file_url: str) -> bytes:
	"""The picture at a private address as a square JPEG of a few kilobytes; the caller has asked who may see it."""
	key = f"social_care_thumbnail:{hashlib.sha256(file_url.encode()).hexdigest()}"
	found = frappe.cache.get_value(key, expires=True)
	if not found:
		found = _drawn(frappe.get_doc("File", {"file_url": file_url}).get_content())
		frappe.cache.set_value(key, found, expires_in_sec=KEPT_FOR)
	return found


def _drawn(content: bytes) -> bytes:
	written = io.BytesIO()
	with Image.open(io.BytesIO(content), formats=sorted(set(FORMATS.values()))) as image:
		check_size(image)
		image.draft("RGB", (2 * SIDE, 2 * SIDE))  # a JPEG is unpacked no larger than needed
		square = ImageOps.fit(image.convert("RGB"), (SIDE, SIDE), centering=(0.5, 0.3))
		square.save(written, "JPEG", quality=QUALITY, optimize=True)
	return written.getvalue()
