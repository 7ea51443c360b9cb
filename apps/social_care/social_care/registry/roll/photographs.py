"""An archive of photographs, each named by national number or file code: found, looked at, reported, applied."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import create_batch

from social_care import plurals
from social_care.files import pictures
from social_care.registry import photographs as rules
from social_care.registry.national_number import clean
from social_care.registry.roll import package, stored
from social_care.registry.roll.difference import NOT_POSSIBLE, Difference
from social_care.registry.roll.downloading import editable
from social_care.registry.roll.limits import limit, megabytes
from social_care.registry.roll.matching import Roll

AT_ONCE = 50
UNPACKED = 2  # photographs are packed already; an archive that doubles is none of photographs
HIDDEN = ("__macosx/", "thumbs.db", "desktop.ini", ".ds_store")


def receive(institution: str, file_name: str, data: bytes) -> Document:
	"""Keep an archive and look at it in the background. Raises UnfitWorkbookError before anything is stored."""
	from social_care.registry.roll import receiving

	return receiving.started(store(institution, file_name, data))


def store(institution: str, file_name: str, data: bytes) -> Document:
	"""Keep an archive."""
	from social_care.registry.roll import receiving

	receiving.check_uploader(institution)
	if not may_change_photographs():
		frappe.throw(_("You may not change files."), frappe.PermissionError, title=_("Not Permitted"))
	if not file_name.lower().endswith(".zip"):
		package.refuse(_("Upload a compressed folder (zip) of photographs."))
	package.check_size(data, "roll_photos_mb")
	with package.open_archive(data) as archive:
		check_archive(archive)
	return receiving.store(institution, "Photographs", "photographs.zip", data)


def may_change_photographs() -> bool:
	"""Whether the session user has the level of the photograph."""
	meta = frappe.get_meta("Child")
	return meta.get_field("photo").permlevel in meta.get_permlevel_access("write")


def check_archive(archive: zipfile.ZipFile) -> None:
	"""Refuse bombs, ways out of the archive, too many pictures, none at all."""
	package.check_entries(archive, UNPACKED * megabytes("roll_photos_mb"))
	found = entries(archive)
	if not found:
		package.refuse(_("There are no photographs in the archive."))
	most = limit("roll_max_photos")
	if len(found) > most:
		sentence = _("The archive holds more than {0} photographs; divide it.", context=plurals.form(most))
		package.refuse(sentence.format(most))


def entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
	"""Files of the archive that somebody put there, in the order of their names."""
	found = [entry for entry in archive.infolist() if not entry.is_dir()]
	found = [entry for entry in found if not any(part in entry.filename.lower() for part in HIDDEN)]
	return sorted(found, key=lambda entry: entry.filename)


def compare_all(
	doc: Document, data: bytes, keep: Callable[[list[Difference], float], None]
) -> dict[str, int]:
	"""Look at every picture; `keep(differences, share)` writes them down. Returns counts of the upload."""
	archive = zipfile.ZipFile(io.BytesIO(data))
	check_archive(archive)
	found = entries(archive)
	roll, seen = Roll(doc.institution), Seen()
	named = [(number, entry, whose(entry, roll)) for number, entry in enumerate(found, 1)]
	for part in create_batch(named, AT_ONCE):
		children = stored.read([child for _number, _entry, child in part if child])
		writable = stored.reachable(list(children))
		looked = [
			look(number, archive, entry, children.get(child), child in writable, seen)
			for number, entry, child in part
		]
		keep(looked, part[-1][0] / len(found))
	return {"rows_total": len(found)}


class Seen:
	"""Pictures and children met before in one archive."""

	def __init__(self) -> None:
		self.children: dict[str, str] = {}
		self.pictures: dict[str, str] = {}

	def sentence(self, child: str, digest: str, name: str) -> str:
		"""Why this file cannot be taken beside an earlier one; "" where it can."""
		if earlier := self.children.get(child):
			return _("The archive holds another photograph of this child: {0}").format(earlier)
		if earlier := self.pictures.get(digest):
			return _("The same picture stands under another name: {0}").format(earlier)
		self.children[child] = self.pictures[digest] = name
		return ""


def whose(entry: zipfile.ZipInfo, roll: Roll) -> str:
	"""Code of the file that a name means: a file code, or a national number that one child of the institution bears."""
	stem = PurePosixPath(entry.filename.replace("\\", "/")).stem.strip()
	if stem.upper() in roll.files:
		return stem.upper()
	found = roll.by_number.get(clean(stem), [])
	return found[0] if len(found) == 1 else ""


def look(
	number: int,
	archive: zipfile.ZipFile,
	entry: zipfile.ZipInfo,
	child: Document | None,
	may_write: bool,
	seen: Seen,
) -> Difference:
	"""What one picture would change, or why it cannot be taken."""
	name = PurePosixPath(entry.filename.replace("\\", "/")).name
	cell = {"old": "", "new": name, "entry": entry.filename}
	found = Difference(number, child=child.name if child else "", cells={"photo": cell})
	found.note = obstacle(child, may_write)
	if not found.note:
		try:
			content = read_picture(archive, entry)
			digest = hashlib.sha256(content).hexdigest()
			if digest == digest_of(child.photo):
				return Difference(number)
			found.note = seen.sentence(child.name, digest, name)
			cell |= {
				"old": _("A photograph of {0}").format(frappe.format(child.photo_date, "Date"))
				if child.photo
				else ""
			}
		except (rules.PhotographError, frappe.ValidationError) as error:
			found.note = str(error)
			frappe.clear_messages()
	if found.note:
		found.kind = NOT_POSSIBLE
	else:
		cell["take"] = 1
	return found


def obstacle(child: Document | None, may_write: bool) -> str:
	"""Why the file of the picture cannot be changed; "" where it can."""
	if child is None:
		return _("No child of this institution has this file code or national number.")
	if not may_write:
		return _("You may not change this file.")
	if not editable(child):
		return _("The file is {0}; it cannot be edited now by you.").format(_(child.file_state))
	return ""


def read_picture(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
	"""A picture as it would be stored, without what cameras add. Raises PhotographError."""
	most = (frappe.get_cached_doc("Social Care Settings").photo_max_size_mb or 5) * 1024 * 1024
	if entry.file_size > most:
		raise rules.PhotographError(_("The photograph is larger than {0} MB.").format(most // 1024 // 1024))
	try:
		content = archive.read(entry)
	except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, NotImplementedError, ValueError):
		raise rules.PhotographError(_("The file is not a photograph (JPEG, PNG or WebP).")) from None
	rules.check_image(content)
	return pictures.cleaned(content)


def digest_of(file_url: str | None) -> str:
	"""Of the stored photograph; "" where there is none."""
	name = frappe.db.get_value("File", {"file_url": file_url}) if file_url else None
	if not name:
		return ""
	try:
		with open(frappe.get_doc("File", name).get_full_path(), "rb") as stream:
			return hashlib.sha256(stream.read()).hexdigest()
	except OSError:
		return ""


ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


def hang(child: Document, content: bytes) -> Document:
	"""Store the picture as the child's photograph and name it on the file, which is saved by the caller."""
	from PIL import Image

	with Image.open(io.BytesIO(content), formats=rules.FORMATS) as image:
		ending = ENDINGS[image.format]
	file = frappe.new_doc("File")
	file.update({"file_name": f"photo.{ending}", "content": content, "is_private": 1})
	file.update(
		{"attached_to_doctype": "Child", "attached_to_name": child.name, "attached_to_field": "photo"}
	)
	file.insert()
	child.photo, child.photo_date = file.file_url, None
	return file
