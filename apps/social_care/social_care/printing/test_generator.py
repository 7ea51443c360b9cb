"""The hook on a site: who sees which picture, which engine prints, and what Frappe gets back."""

import io
from types import SimpleNamespace
from unittest import mock

import frappe
from frappe.utils import cint
from PIL import Image
from pypdf import PdfReader, PdfWriter

from social_care.printing import config, selection, sheets
from social_care.printing.generator import PDFNotMade, chromium_pdf
from social_care.printing.resources import may_read, resolve
from social_care.printing.testing import NAME, document, pictures, squeezed, table, texts
from social_care.tests import SocialCareTestCase, factories

# By name: they import modules of Frappe that can only be loaded on a site.
DOWNLOAD = "social_care.printing.api.download_pdf"
REPORT = "social_care.printing.api.report_to_pdf"


def picture() -> bytes:
	stream = io.BytesIO()
	Image.effect_noise((48, 64), 60).convert("RGB").save(stream, "PNG")
	return stream.getvalue()


class PrintingCase(SocialCareTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		unit = factories.org_unit().name
		cls.owner, cls.other = (factories.staff("Inspector", org_unit=unit) for _ in range(2))
		cls.todo = frappe.get_doc({"doctype": "ToDo", "description": NAME, "allocated_to": cls.owner}).insert(
			ignore_permissions=True
		)
		cls.photo = cls.attach(is_private=1)

	@classmethod
	def attach(cls, **values) -> "frappe.model.document.Document":
		file = {
			"doctype": "File",
			"file_name": f"{frappe.generate_hash(length=8)}.png",
			"content": picture(),
			"attached_to_doctype": "ToDo",
			"attached_to_name": cls.todo.name,
			**values,
		}
		return frappe.get_doc(file).insert(ignore_permissions=True)

	def configure(self, **values) -> None:
		patch = mock.patch.dict(frappe.local.conf, values)
		patch.start()
		self.addCleanup(patch.stop)


class TestPictures(PrintingCase):
	def print_as(self, user: str, source: str) -> int:
		"""Number of pictures in the print that `user` gets."""
		self.act_as(user)
		return pictures(chromium_pdf(html=document(f'<img src="{source}">'), pdf_generator="chromium"))

	def test_private_photo_is_printed_for_who_may_read_it_only(self):
		self.assertEqual(self.print_as(self.owner, self.photo.file_url), 1)
		self.assertEqual(self.print_as(self.other, self.photo.file_url), 0)
		self.assertEqual(self.print_as("Guest", self.photo.file_url), 0)
		self.assertEqual(self.print_as(self.owner, self.photo.file_url), 1)

	def test_absolute_address_of_this_site_is_the_same_photo(self):
		absolute = frappe.utils.get_url(self.photo.file_url)
		self.assertEqual(self.print_as(self.owner, absolute), 1)
		self.assertEqual(self.print_as(self.other, absolute), 0)

	def test_public_picture_is_printed_for_all(self):
		public = self.attach(is_private=0)
		self.assertEqual(self.print_as(self.other, public.file_url), 1)

	def test_photo_of_a_deleted_row_is_refused(self):
		orphan = self.attach(is_private=1)
		frappe.db.set_value("File", orphan.name, "attached_to_name", "no-such-row")
		self.act_as(self.owner)
		self.assertFalse(may_read(orphan.file_url))

	def test_has_permission_hooks_of_other_apps_can_refuse(self):
		self.act_as(self.owner)
		self.assertTrue(may_read(self.photo.file_url))
		with mock.patch("social_care.printing.resources.has_controller_permissions", return_value=False):
			self.assertFalse(may_read(self.photo.file_url))

	def test_named_file_must_be_the_one_at_the_address(self):
		self.act_as(self.owner)
		self.assertIsNotNone(resolve(f"http://print.invalid{self.photo.file_url}?fid={self.photo.name}"))
		self.assertIsNone(resolve(f"http://print.invalid{self.photo.file_url}?fid=another"))


class TestResources(PrintingCase):
	def test_paths_that_leave_their_folder_are_refused(self):
		for path in (
			"/files/../../site_config.json",
			"/files/%2e%2e/%2e%2e/site_config.json",
			"/files/..%2f..%2fprivate%2ffiles%2f" + self.photo.file_url.rsplit("/", 1)[-1],
			"/assets/../common_site_config.json",
			"/assets/..\\..\\a.png",
			"/private/files/../../site_config.json",
			"/private/backups/a.png",
			"/files/a%00.png",
			"/etc/passwd",
		):
			with self.subTest(path):
				self.assertIsNone(resolve(f"http://print.invalid{path}"))

	def test_other_hosts_and_schemes_are_refused(self):
		url = self.attach(is_private=0).file_url
		self.assertIsNotNone(resolve(f"http://print.invalid{url}"))
		for address in (f"http://example.com{url}", f"file://{url}", f"ftp://print.invalid{url}", url):
			self.assertIsNone(resolve(address))

	def test_only_pictures_fonts_and_style_sheets(self):
		css = frappe.utils.jinja_globals.bundled_asset("print.bundle.css")
		self.assertEqual(resolve(f"http://print.invalid{css}").mime, "text/css")
		self.assertIsNone(resolve("http://print.invalid/assets/assets.json"))


class TestHook(PrintingCase):
	def test_frappes_print_comes_out_in_arabic(self):
		pdf = frappe.get_print("ToDo", self.todo.name, as_pdf=True, pdf_generator="chromium")
		self.assertIn(NAME, "".join(texts(pdf)))

	def test_page_numbers_follow_language_and_digits_of_the_user(self):
		self.addCleanup(setattr, frappe.local, "lang", frappe.local.lang)
		frappe.local.lang = "en"
		self.configure(social_care_digits="latin")
		second = texts(chromium_pdf(html=document(table(90), direction="ltr")))[1]
		self.assertIn("Page2of3", squeezed(second))
		frappe.local.lang = "ar"
		self.configure(social_care_digits=None)  # the setting's first value
		second = squeezed(texts(chromium_pdf(html=document(table(90))))[1])
		self.assertIn("٢من٣", second)

	def test_paper_of_print_settings(self):
		frappe.db.set_single_value("Print Settings", "pdf_page_size", "A5")
		width = sheets.page_sizes(chromium_pdf(html=document("<p>أ</p>")))[0]["width"]
		self.assertAlmostEqual(width / 72 * 25.4, 148, delta=0.5)

	def test_password_and_writer(self):
		pdf = chromium_pdf(html=document("<p>أ</p>"), options={"password": "secret"})
		self.assertTrue(PdfReader(io.BytesIO(pdf)).is_encrypted)
		writer = PdfWriter()
		for _ in range(2):
			self.assertIs(chromium_pdf(html=document("<p>أ</p>"), output=writer), writer)
		self.assertEqual(len(writer.pages), 2)

	def test_other_engines_are_left_to_frappe(self):
		self.assertIsNone(chromium_pdf(html="x", pdf_generator="wkhtmltopdf"))
		self.assertIsNone(chromium_pdf(html="x", pdf_generator="Typst"))
		self.configure(social_care_pdf_engine="wkhtmltopdf")
		self.assertIsNone(chromium_pdf(html="x", pdf_generator="chromium"))

	def test_missing_chromium_is_said_or_passed_on(self):
		self.configure(chromium_path="/nowhere/chromium")
		with self.assertRaises(PDFNotMade):
			chromium_pdf(html="x")
		self.configure(social_care_pdf_fallback=1)
		self.assertIsNone(chromium_pdf(html="x"))

	def test_slow_prints_are_refused_without_naming_what_was_printed(self):
		self.configure(social_care_pdf_timeout=0.01)
		with self.assertRaises(PDFNotMade) as refusal:
			chromium_pdf(html=document(NAME))
		self.assertNotIn(NAME, str(refusal.exception))


class TestEndpoints(PrintingCase):
	def tearDown(self):
		frappe.local.response = frappe._dict(docs=[])
		super().tearDown()

	def test_download_for_who_may_print_only(self):
		self.act_as(self.owner)
		frappe.get_attr(DOWNLOAD)("ToDo", self.todo.name)
		self.assertEqual(frappe.local.response.type, "pdf")
		self.assertIn(NAME, "".join(texts(frappe.local.response.filecontent)))
		self.act_as("Guest")
		with self.assertRaises(frappe.PermissionError):
			frappe.get_attr(DOWNLOAD)("ToDo", self.todo.name)

	def test_report_lies_on_its_side_and_its_rows_are_not_logged(self):
		frappe.get_attr(REPORT)(document(table(3)))
		paper = sheets.page_sizes(frappe.local.response.filecontent)[0]
		self.assertGreater(paper["width"], paper["height"])
		logged = frappe.get_last_doc("Access Log")
		self.assertEqual((logged.file_type, logged.method), ("PDF", "PDF"))
		self.assertNotIn(NAME, logged.page or "")


class TestSelection(PrintingCase):
	def chosen(self, path: str) -> str | None:
		self.addCleanup(frappe.local.form_dict.pop, "pdf_generator", None)
		frappe.local.form_dict.pop("pdf_generator", None)
		with mock.patch.object(frappe.local, "request", SimpleNamespace(path=path, host="x"), create=True):
			selection.choose_for_request()
		return frappe.local.form_dict.get("pdf_generator")

	def test_print_requests_only(self):
		self.assertEqual(self.chosen("/api/method/frappe.utils.print_format.download_pdf"), config.CHROMIUM)
		self.assertEqual(
			self.chosen("/api/v2/method/frappe.utils.print_format.download_multi_pdf"), config.CHROMIUM
		)
		self.assertIsNone(self.chosen("/api/resource/ToDo"))
		self.assertIsNone(self.chosen("/app/todo"))

	def test_jobs_unless_the_site_chose_otherwise(self):
		self.addCleanup(frappe.local.form_dict.pop, "pdf_generator", None)
		frappe.local.form_dict.pop("pdf_generator", None)
		self.configure(social_care_pdf_engine="wkhtmltopdf")
		selection.choose_for_job(method="x")
		self.assertIsNone(frappe.local.form_dict.get("pdf_generator"))
		self.configure(social_care_pdf_engine="chromium")
		selection.choose_for_job(method="x")
		self.assertEqual(frappe.local.form_dict.pdf_generator, config.CHROMIUM)

	def test_sandbox_by_default_unless_root(self):
		with mock.patch("os.geteuid", return_value=1000):
			self.assertTrue(config.browser_settings().sandbox)
		with mock.patch("os.geteuid", return_value=0):
			self.assertFalse(config.browser_settings().sandbox)
		self.configure(chromium_sandbox=0)
		self.assertEqual(cint(config.browser_settings().sandbox), 0)
