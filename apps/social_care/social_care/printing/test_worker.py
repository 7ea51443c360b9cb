"""Real PDFs from a real Chromium: the pages, and the fence around them. No site."""

import io
import tempfile
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pypdf import PdfReader

from social_care.printing import sheets
from social_care.printing.job import ORIGIN, Resource
from social_care.printing.testing import (
	FOOTER,
	HEADER,
	NAME,
	WorkerCase,
	document,
	photo,
	pictures,
	squeezed,
	table,
	texts,
)


class TestPages(WorkerCase):
	def test_arabic_text_comes_back_in_logical_order(self):
		page = texts(self.pdf(document(f"<h1>{NAME}</h1><p>الرقم القومي 30105150101234 (كفالة)</p>")))[0]
		self.assertIn(NAME, page)
		self.assertIn("الرقم القومي", page)
		self.assertIn("30105150101234", page)

	def test_header_and_page_n_of_m_on_every_page(self):
		pages = texts(self.pdf(document(HEADER + FOOTER + table(90)), digits=sheets.ARABIC_INDIC))
		self.assertGreater(len(pages), 2)
		for number, page in zip(sheets.numbers(len(pages), sheets.ARABIC_INDIC), pages, strict=True):
			total = sheets.numbers(len(pages), sheets.ARABIC_INDIC)[-1]
			self.assertEqual(squeezed(page).count(f"صفحة{number}من{total}"), 1)
			self.assertEqual(page.count("وزارة التضامن الاجتماعي"), 1)

	def test_table_head_repeats_and_no_row_is_lost(self):
		pages = texts(self.pdf(document(table(90))))
		self.assertGreater(len(pages), 1)
		self.assertTrue(all("المسلسل" in page for page in pages))
		rows = [word for page in pages for word in page.split() if word.isdigit() and len(word) == 4]
		self.assertEqual(sorted(map(int, rows)), list(range(1000, 1090)))

	def test_several_pages_without_footer_get_numbers_a_single_page_none(self):
		line = 'صفحة <span class="page"></span> من <span class="topage"></span>'
		many = texts(self.pdf(document(table(90)), page_line=line))
		self.assertIn(f"صفحة2من{len(many)}", squeezed(many[1]))
		self.assertNotIn("صفحة", texts(self.pdf(document("<p>شهادة</p>"), page_line=line))[0])

	def test_no_empty_page_after_the_last_break(self):
		body = '<div class="page-break">أولى</div><div class="page-break">ثانية</div>'
		head = "<style>.page-break { page-break-after: always }</style>"
		self.assertEqual(len(texts(self.pdf(document(body, head)))), 2)

	def test_size_orientation_and_margins(self):
		head = "<style>.print-format { page-size: A5; orientation: Landscape; margin-top: 60mm }</style>"
		reader = PdfReader(io.BytesIO(self.pdf(document("<p>top</p>", head), options={"page-size": "A3"})))
		box = reader.pages[0].mediabox
		self.assertAlmostEqual(float(box.width) / 72 * 25.4, 210, delta=0.5)
		self.assertAlmostEqual(float(box.height) / 72 * 25.4, 148, delta=0.5)
		heights: list[float] = []
		reader.pages[0].extract_text(
			visitor_text=lambda text, cm, tm, *_: (
				text.strip() and heights.append(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])
			)
		)
		self.assertLess(max(heights), float(box.height) - 60 / 25.4 * 72)

	def test_screen_only_parts_are_not_printed(self):
		body = '<p class="hidden-pdf">مخفي</p><p class="print-hide">زر</p><p class="visible-pdf">ظاهر</p>'
		page = texts(self.pdf(document(body)))[0]
		self.assertIn("ظاهر", page)
		self.assertNotIn("مخفي", page)
		self.assertNotIn("زر", page)

	def test_links_lead_to_the_site(self):
		body = '<a href="/app/child/CH-1?a=b#c">ملف</a> <a href="https://example.org/x">خارج</a>'
		pdf = self.pdf(document(body), address="https://care.example")
		annotations = PdfReader(io.BytesIO(pdf)).pages[0]["/Annots"]
		targets = [note.get_object()["/A"]["/URI"] for note in annotations]
		self.assertEqual(targets, ["https://care.example/app/child/CH-1?a=b#c", "https://example.org/x"])

	def test_tags_for_screen_readers_survive_header_and_footer(self):
		pdf = self.pdf(document(HEADER + FOOTER + "<h1>عنوان</h1>"))
		self.assertIn("/StructTreeRoot", PdfReader(io.BytesIO(pdf)).trailer["/Root"])


class TestFence(WorkerCase):
	"""What a print may reach: what its resolver gives, and nothing else."""

	def setUp(self):
		self.hits: list[str] = []
		hits = self.hits

		class Listener(BaseHTTPRequestHandler):
			def do_GET(self):
				hits.append(self.path)
				self.send_response(200)
				self.end_headers()

			def log_message(self, *args):
				pass

		self.server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
		threading.Thread(target=self.server.serve_forever, daemon=True).start()
		self.outside = f"http://127.0.0.1:{self.server.server_address[1]}"

	def tearDown(self):
		self.server.shutdown()
		self.server.server_close()

	def test_nothing_leaves_and_no_file_is_read(self):
		with tempfile.NamedTemporaryFile("w", suffix=".html", dir=tempfile.gettempdir()) as secret:
			secret.write("<h1>SECRET</h1>")
			secret.flush()
			head = f"""<link rel="preconnect" href="{self.outside}"><link rel="prefetch" href="{self.outside}/a">
				<link rel="stylesheet" href="{self.outside}/b.css"><base href="{self.outside}/">
				<meta http-equiv="refresh" content="0; url={self.outside}/c">
				<style>@import url({self.outside}/d.css); body {{ background: url({self.outside}/e.png) }}</style>"""
			body = f"""<p>باق</p><img src="{self.outside}/f.png"><img src="relative.png" srcset="/g.png 2x">
				<iframe src="file://{secret.name}"></iframe><iframe src="{self.outside}/h"></iframe>
				<object data="{self.outside}/i"></object><embed src="file://{secret.name}">
				<video src="{self.outside}/j" poster="{self.outside}/k.png"></video>
				<img src="file://{secret.name}"><svg><image href="{self.outside}/l.png"/></svg>
				<div id="header-html"><img src="{self.outside}/m.png">رأس</div>"""
			asked: list[str] = []
			page = texts(self.pdf(document(body, head), asked.append))[0]
		time.sleep(0.3)
		self.assertEqual(self.hits, [])
		self.assertIn("باق", page)
		self.assertNotIn("SECRET", page)
		self.assertTrue(asked)
		self.assertFalse([url for url in asked if url.startswith("file:")])

	def test_scripts_do_not_run(self):
		body = """<p>أصل</p><script>document.body.textContent = 'SCRIPT'</script>
			<img src="x" onerror="document.body.textContent = 'HANDLER'"><svg onload="document.body.remove()"></svg>
			<div id="footer-html"><img src="y" onerror="document.body.textContent = 'FOOTER'">ذيل</div>"""
		page = texts(self.pdf(document(body)))[0]
		self.assertIn("أصل", page)
		self.assertNotRegex(page, "SCRIPT|HANDLER|FOOTER")

	def test_pictures_come_from_the_resolver_each_time(self):
		html = document('<img src="/private/files/photo.png">')
		for reader in ("", "a", "a", "b", "a"):
			self.assertEqual(pictures(self.pdf(html, lambda url: photo(), reader=reader)), 1)
			self.assertEqual(
				pictures(self.pdf(html, reader=reader)), 0, "a picture of the print before was shown"
			)

	def test_resolver_that_fails_refuses(self):
		def broken(url):
			raise RuntimeError

		self.assertEqual(pictures(self.pdf(document('<img src="/files/a.png">'), broken)), 0)

	def test_picture_in_the_header_is_on_every_page(self):
		body = '<div id="header-html"><img src="/files/logo.png" width="20">رأس</div>' + table(60)
		pdf = self.pdf(document(body), lambda url: photo())
		pages = PdfReader(io.BytesIO(pdf)).pages
		self.assertGreater(len(pages), 1)
		self.assertTrue(all("/Image" in _forms(page) for page in pages))

	def test_picture_of_a_style_sheet_comes_from_the_resolver(self):
		sheet = b".seal { content: url(/files/seal.png); }"
		head = '<link rel="stylesheet" href="/assets/print.css">'
		asked: list[str] = []

		def files(url):
			asked.append(url)
			return Resource(sheet, "text/css") if url.endswith(".css") else photo()

		pdf = self.pdf(document('<div class="seal"></div>', head), files)
		self.assertEqual(asked, [f"{ORIGIN}/assets/print.css", f"{ORIGIN}/files/seal.png"])
		self.assertEqual(pictures(pdf), 1)


def _forms(page) -> list:
	"""Kinds of everything drawn by the stamp of a page."""
	stamp = page["/Resources"]["/XObject"][sheets.STAMP]
	drawn = stamp["/Resources"].get("/XObject", {})
	return [drawn[name]["/Subtype"] for name in drawn]


if __name__ == "__main__":
	unittest.main()
