"""A child's photograph is a private image of bounded size; other files are refused in clear words."""

import io

import frappe
from frappe.utils import add_days, add_months, nowdate
from PIL import Image

from social_care.registry import photographs
from social_care.registry.photographs import PhotographError
from social_care.tests import CountryTestCase, factories


class PhotoTestCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.child = factories.child(self.here.institution)

	def photo(self, content: bytes | None = None, file_name: str = "photo.png", is_private: int = 1) -> str:
		return factories.file(content or factories.image(), file_name, is_private).file_url

	def set_photo(self, url: str, **values):
		doc = frappe.get_doc("Child", self.child.name)
		doc.update({"photo": url, **values})
		doc.save()
		return doc

	def refused(self, url: str) -> None:
		self.assertRefused(PhotographError, self.set_photo, url)


class TestPhotographs(PhotoTestCase):
	def test_every_known_format_is_taken(self) -> None:
		for kind, suffix in (("PNG", "png"), ("JPEG", "jpg"), ("JPEG", "jpeg"), ("WEBP", "webp")):
			with self.subTest(suffix):
				doc = self.set_photo(self.photo(factories.image(kind), f"photo.{suffix}"))
				self.assertEqual(str(doc.photo_date), nowdate())

	def test_the_person_and_the_file_row_follow(self) -> None:
		url = self.photo()
		self.set_photo(url)
		self.assertEqual(frappe.db.get_value("Person", self.child.person, "photo"), url)
		row = frappe.get_all(
			"File", filters={"file_url": url, "attached_to_name": self.child.name}, fields=["is_private"]
		)
		self.assertEqual(row[0].is_private, 1)

	def test_the_address_tells_nothing_of_the_childs_name(self) -> None:
		file = factories.file(factories.image(), "أحمد محمود السيد.PNG")
		self.assertRegex(file.file_url, r"^/private/files/[0-9a-z]{24}\.png$")
		self.assertIn("أحمد محمود السيد", file.file_name)
		self.assertEqual(self.set_photo(file.file_url).photo, file.file_url)

	def test_a_given_date_is_kept(self) -> None:
		day = add_days(nowdate(), -3)
		self.assertEqual(str(self.set_photo(self.photo(), photo_date=day).photo_date), day)

	def test_removing_the_photograph_removes_its_date(self) -> None:
		self.set_photo(self.photo())
		self.assertIsNone(self.set_photo("").photo_date)

	def test_what_is_no_image_is_refused(self) -> None:
		for content in (
			b"not an image at all",
			b"<svg xmlns='http://www.w3.org/2000/svg'/>",
			b"%PDF-1.4 nothing",
			b"GIF89a;",
		):
			self.refused(self.photo(content, f"{frappe.generate_hash(length=8)}.png"))

	def test_a_cut_image_is_refused(self) -> None:
		self.refused(self.photo(factories.image()[:60], "cut.png"))

	def test_an_image_under_another_kinds_name_is_refused(self) -> None:
		for name in ("photo.html", "photo.svg", "photo.jpg.exe", "photo.pdf", "photo"):
			with self.subTest(name):
				self.refused(self.photo(factories.image(), name))

	def test_too_large_is_refused(self) -> None:
		self.settings(photo_max_size_mb=1)
		self.refused(self.photo(factories.image() + bytes(1024 * 1024), "large.png"))

	def test_a_public_or_foreign_address_is_refused(self) -> None:
		self.refused(self.photo(is_private=0))
		for url in (
			"https://example.org/a.png",
			"/private/files/none.png",
			"/private/files/../site_config.json",
			"data:image/png;base64,AA==",
		):
			self.refused(url)

	def test_a_decompression_bomb_is_refused(self) -> None:
		stream = io.BytesIO()
		Image.new("1", (30000, 30000)).save(stream, "PNG")
		self.refused(self.photo(stream.getvalue(), "bomb.png"))

	def test_another_childs_photograph_cannot_be_borrowed(self) -> None:
		stranger = factories.child(self.there.institution)
		url = self.photo(factories.image(colour=(9, 9, 9)), "stranger.png")
		doc = frappe.get_doc("Child", stranger.name)
		doc.photo = url
		doc.save()
		frappe.db.set_value("File", {"file_url": url}, "owner", self.there.entry)
		self.act_as(self.here.entry)
		self.assertRefused(frappe.PermissionError, self.set_photo, url)

	def test_old_photographs_are_known(self) -> None:
		self.settings(photo_max_age_months=12)
		self.assertTrue(photographs.is_old(add_months(nowdate(), -13)))
		self.assertFalse(photographs.is_old(add_months(nowdate(), -11)))
		self.assertFalse(photographs.is_old(None))
