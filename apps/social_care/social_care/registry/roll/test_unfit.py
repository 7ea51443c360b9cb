"""Uploads that are refused before a reader opens them, and what stays of uploads."""

import io
import zipfile

import frappe
from frappe.utils import add_days, add_to_date, now_datetime

from social_care.registry.roll import limits, package, upkeep
from social_care.registry.roll.package import UnfitWorkbookError, check_workbook
from social_care.registry.roll.test_round_trip import NAMES
from social_care.registry.roll.testing import RollTestCase, by_hand


def rebuilt(data: bytes, **parts: bytes) -> bytes:
	"""The workbook with parts added or replaced; names with «__» for the slash."""
	new = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
	stream = io.BytesIO()
	with (
		zipfile.ZipFile(io.BytesIO(data)) as old,
		zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
	):
		for entry in old.infolist():
			if entry.filename not in new:
				archive.writestr(entry.filename, old.read(entry))
		for name, content in new.items():
			archive.writestr(name, content)
	return stream.getvalue()


class TestUnfit(RollTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.act_as(self.home.first)
		self.fine = by_hand(NAMES, ["أ", "ب", "ج", "د"])

	def limit(self, **values: int) -> None:
		"""Other limits for this test, committed as the jobs commit, and taken back."""
		kept = {field: limits.limit(field) for field in values}
		self.settings(**values)
		self.addCleanup(frappe.db.commit)
		self.addCleanup(self.settings, **kept)

	def refused(self, data: bytes) -> str:
		return str(self.assertRefused(UnfitWorkbookError, check_workbook, data))

	def test_an_ordinary_one_is_taken(self) -> None:
		check_workbook(self.fine)

	def test_bombs(self) -> None:
		self.assertIn("تالف", self.refused(rebuilt(self.fine, xl__bomb_dot_xml=b"0" * 40_000_000)))
		self.limit(roll_max_unpacked_mb=1)
		noise = frappe.generate_hash(length=64).encode() * 30_000
		self.refused(rebuilt(self.fine, xl__big_dot_xml=noise))

	def test_entities_in_any_encoding(self) -> None:
		sheet = zipfile.ZipFile(io.BytesIO(self.fine)).read("xl/worksheets/sheet1.xml").decode()
		entity = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
		for encoded in ((entity + sheet).encode(), (entity + sheet).encode("utf-16")):
			self.assertIn("تعريفات", self.refused(rebuilt(self.fine, xl__worksheets__sheet1_dot_xml=encoded)))

	def test_macros_links_and_embedded_files(self) -> None:
		self.refused(rebuilt(self.fine, xl__vbaProject_dot_bin=b"macro"))
		self.refused(rebuilt(self.fine, xl__externalLinks__externalLink1_dot_xml=b"<externalLink/>"))
		self.refused(rebuilt(self.fine, xl__embeddings__other_dot_xlsx=self.fine))
		link = (
			b'<Relationships><Relationship Id="r1" Target="http://x" TargetMode="External"/></Relationships>'
		)
		self.refused(rebuilt(self.fine, xl__worksheets___rels__sheet1_dot_xml_dot_rels=link))

	def test_other_kinds(self) -> None:
		for data in (b"", b"<html></html>", b"\xd0\xcf\x11\xe0" + b"0" * 600, self.fine[:400], b"PK\x03\x04"):
			self.refused(data)

	def test_names_that_lead_out(self) -> None:
		stream = io.BytesIO()
		with zipfile.ZipFile(stream, "w") as archive:
			archive.writestr("../../x.png", b"x")
		with package.open_archive(stream.getvalue()) as archive:
			self.assertRefused(UnfitWorkbookError, package.check_entries, archive, 10_000)

	def test_a_sheet_that_lies_about_its_size(self) -> None:
		self.limit(roll_max_rows=5)
		upload = self.check(by_hand(NAMES, *[["أ", "ب", "ج", str(number)] for number in range(8)]))
		self.assertIn("5", frappe.db.get_value("Roll Upload", upload, "failure"))
		sheet = zipfile.ZipFile(io.BytesIO(self.fine)).read("xl/worksheets/sheet1.xml")
		lying = sheet.replace(b'ref="A1:D2"', b'ref="A1:XFD1048576"')
		self.assertNotEqual(sheet, lying)
		upload = self.check(rebuilt(self.fine, xl__worksheets__sheet1_dot_xml=lying))
		self.assertEqual(frappe.db.get_value("Roll Upload", upload, ["status", "rows_total"]), ("Checked", 1))


class TestUpkeep(RollTestCase):
	def test_old_uploads_go_with_rows_and_file(self) -> None:
		child = self.child()
		book = self.book()
		upload = self.check(book.put(book.row_of(child.name), اسم_الشهرة="حمادة").data())
		self.act_as("Administrator")
		upkeep.remove_old()
		self.assertTrue(frappe.db.exists("Roll Upload", upload))
		frappe.db.set_value("Roll Upload", upload, "creation", add_days(now_datetime(), -31))
		upkeep.remove_old()
		self.assertFalse(frappe.db.exists("Roll Upload", upload))
		self.assertFalse(frappe.db.exists("Roll Upload Row", {"roll_upload": upload}))
		self.assertFalse(frappe.db.exists("File", {"attached_to_name": upload}))
		frappe.db.commit()

	def test_what_has_stopped_is_queued_again(self) -> None:
		upload = self.check(self.book().data())
		stale = add_to_date(now_datetime(), minutes=-30)
		values = {"status": "Checking", "modified": stale}
		frappe.db.set_value("Roll Upload", upload, values, update_modified=False)
		self.act_as("Administrator")
		upkeep.resume_stopped()
		self.assertEqual(frappe.session.user, "Administrator")
		from frappe.utils.background_jobs import get_job

		self.assertTrue(get_job(f"roll-{upload}-check"))
