"""An archive of photographs: found, looked at, reported by file, applied once."""

import io
import zipfile

import frappe
from frappe.utils import getdate, nowdate

from social_care.registry.roll import checking, photographs
from social_care.registry.roll.package import UnfitWorkbookError
from social_care.registry.roll.testing import RollTestCase
from social_care.tests import factories


def packed(files: dict[str, bytes]) -> bytes:
	stream = io.BytesIO()
	with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
		for name, content in files.items():
			archive.writestr(name, content)
	return stream.getvalue()


class TestPhotographs(RollTestCase):
	def look(self, files: dict[str, bytes]) -> str:
		self.act_as(self.home.first)
		upload = photographs.store(self.home.name, "photos.zip", packed(files)).name
		frappe.db.commit()
		checking.check(upload)
		return upload

	def notes(self, upload: str) -> dict[str, str]:
		"""What is said of each file, by its name; "" where it can be applied."""
		rows = self.rows(upload)
		self.assertTrue(all(bool(row["note"]) != bool(row["accepted"]) for row in rows), rows)
		return {row["cells"][0]["new"]: row["note"] for row in rows if row["cells"]} | {
			f"row {row['sheet_row']}": row["note"] for row in rows if not row["cells"]
		}

	def test_by_code_and_by_number_once(self) -> None:
		one, other = self.child(), self.child()
		files = {
			f"صور/{one.name.lower()}.png": factories.image(),
			f"{other.national_number}.jpg": factories.image("JPEG"),
		}
		files |= {"__MACOSX/._x.png": b"x", "صور/Thumbs.db": b"x"}
		upload = self.look(files)
		self.assertEqual(len(self.rows(upload)), 2)
		self.assertFalse(self.stored(one.name, "photo"))
		self.assertEqual(self.confirm(upload)["rows_applied"], 2)
		for child in (one, other):
			photo = self.stored(child.name, "photo")
			self.assertTrue(photo.startswith("/private/files/"))
			self.assertEqual(getdate(self.stored(child.name, "photo_date")), getdate(nowdate()))
			self.assertEqual(frappe.db.get_value("Person", self.stored(child.name, "person"), "photo"), photo)
		self.assertEqual(self.rows(self.look(files)), [])

	def test_what_cannot_be_taken_is_told_by_file(self) -> None:
		child, twice = self.child(), self.child()
		same = factories.image()
		files = {
			"12345678901234.png": factories.image(),
			f"{child.name}.png": b"<svg/>",
			f"{twice.name}.png": same,
			f"{twice.national_number}.png": factories.image(),
		}
		notes = self.notes(self.look(files))
		self.assertEqual(sum(not note for note in notes.values()), 1, notes)
		self.assertRegex(" ".join(notes.values()), "ليس صورة|لا يوجد في هذه المؤسسة")

	def test_somebody_elses_child_is_nobody(self) -> None:
		self.act_as("Administrator")
		foreign = factories.child(self.there.institution)
		frappe.db.commit()
		upload = self.look({f"{foreign.name}.png": factories.image(), "CH-9999999.png": factories.image()})
		first, second = self.rows(upload)
		self.assertEqual(first["note"], second["note"])
		self.assertEqual((first["child"], first["kind"]), ("", "Not Possible"))

	def test_archives_that_are_refused(self) -> None:
		self.act_as(self.home.first)
		bomb = packed({"a.png": b"0" * 50_000_000})
		for data in (b"x", packed({}), packed({"../a.png": b"x"}), bomb):
			self.assertRefused(UnfitWorkbookError, photographs.store, self.home.name, "photos.zip", data)
		fine = packed({"a.png": factories.image()})
		self.assertRefused(UnfitWorkbookError, photographs.store, self.home.name, "photos.rar", fine)
		self.act_as(self.there.entry)
		self.assertRefused(frappe.PermissionError, photographs.store, self.home.name, "photos.zip", fine)
