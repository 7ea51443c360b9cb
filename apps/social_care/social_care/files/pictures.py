"""Pictures: bounded in pixels, and stored without what the camera wrote into them (place, device, time)."""

import io
import warnings
from collections.abc import Callable

import frappe
from frappe import _
from PIL import Image, ImageOps, UnidentifiedImageError

from social_care import plurals
from social_care.files.errors import UnfitFileError

FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
NO_PICTURE = (
	UnidentifiedImageError,
	OSError,
	SyntaxError,
	ValueError,
	Image.DecompressionBombError,
	Image.DecompressionBombWarning,
)
# What may stay of the information in a picture's file: how it is to be shown.
HARMLESS = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "gamma", "srgb", "transparency"}
HARMLESS |= {"icc_profile", "progressive", "progression", "adobe", "adobe_transform", "chromaticity"}
HARMLESS |= {
	"interlace",
	"background",
	"loop",
	"duration",
	"timestamp",
	"bbox",
	"default_image",
	"blend",
	"disposal",
}


def test(picture_format: str) -> Callable[[bytes], bool]:
	"""Test for a picture of a format, of a size that may be opened."""

	def is_picture(data: bytes) -> bool:
		try:
			with warnings.catch_warnings():
				warnings.simplefilter("error", Image.DecompressionBombWarning)
				with Image.open(io.BytesIO(data), formats=[picture_format]) as image:
					check_size(image)
					image.verify()
		except NO_PICTURE:
			return False
		return True

	return is_picture


def check_size(image: Image.Image) -> None:
	"""Refuse a picture of more pixels than the settings allow, before it is unpacked."""
	limit = frappe.get_cached_doc("Upload Settings").max_megapixels or 40
	frames = getattr(image, "n_frames", 1)
	if image.width * image.height * frames > limit * 1_000_000:
		frappe.throw(
			_("The picture has more than {0} million pixels.", context=plurals.form(limit)).format(limit),
			UnfitFileError,
			title=_("Attachment"),
		)


def cleaned(data: bytes) -> bytes:
	"""The picture without information about its making; as it is where there is none, or where it is no picture."""
	try:
		with Image.open(io.BytesIO(data), formats=sorted(set(FORMATS.values()))) as image:
			check_size(image)
			return _without_information(image) if _tells_something(image) else data
	except NO_PICTURE:
		return data


def _tells_something(image: Image.Image) -> bool:
	return bool(image.getexif()) or not set(map(str.lower, map(str, image.info))) <= HARMLESS


def _without_information(image: Image.Image) -> bytes:
	"""Turned as the camera meant it, then written anew with the colours' profile and nothing else."""
	turned = ImageOps.exif_transpose(image)
	options: dict = {"icc_profile": image.info.get("icc_profile")}
	if image.format == "JPEG":
		options |= {"quality": 92, "optimize": True}
	if image.format == "WEBP":
		options |= {"quality": 92, "exif": b"", "xmp": b""}
	turned.info = {key: value for key, value in turned.info.items() if key == "transparency"}
	written = io.BytesIO()
	turned.save(written, format=image.format, **options)
	return written.getvalue()
