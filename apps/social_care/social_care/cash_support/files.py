"""Where the file of a list lies until it is loaded: below the site's private folder, outside what the web serves.

It holds personal data of many, so it goes when its rows are stored.
"""

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

import frappe
from frappe import _

from social_care.registry.roll import package
from social_care.registry.roll.limits import limit, megabytes

FOLDER = "beneficiary_lists"
BLOCK = 1024 * 1024


def path(batch) -> Path:
	"""The file of a batch."""
	return Path(frappe.get_site_path("private", FOLDER, f"{batch.name}{batch.ending}"))


def store(batch, source: BinaryIO) -> str:
	"""Write the file, block by block; its digest. Raises UnfitWorkbookError where it is too large."""
	target, digest, size = path(batch), hashlib.sha256(), 0
	target.parent.mkdir(parents=True, exist_ok=True)
	handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
	with os.fdopen(handle, "wb") as file:
		while block := source.read(BLOCK):
			size += len(block)
			if size > megabytes("list_max_file_mb"):
				package.refuse(_("The file is larger than {0} MB.").format(limit("list_max_file_mb")))
			digest.update(block)
			file.write(block)
		file.flush()
		os.fsync(file.fileno())
	return digest.hexdigest()


def remove(batch) -> None:
	"""Remove the file."""
	path(batch).unlink(missing_ok=True)
