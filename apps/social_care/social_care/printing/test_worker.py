"""Real PDFs from a real Chromium, without a site."""

import io
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest import mock

import psutil
from PIL import Image
from pypdf import PdfReader

from social_care.printing import sheets
from social_care.printing.config import PROGRAMS
from social_care.printing.job import BrowserMissing, PrintRequest, PrintTimeout, Resource
from social_care.printing.session import BrowserSettings
from social_care.printing.worker import BrowserWorker

NAME = "سلام الأحمدي عبد الرحمن الآن"
STYLE = """.print-format { font-family: Inter, "Helvetica Neue", Arial, sans-serif; font-size: 11pt }
	.visible-pdf { display: none !important } table { width: 100%; border-collapse: collapse }"""
HEADER = '<div id="header-html" class="hidden-pdf"><h3>وزارة التضامن الاجتماعي</h3></div>'
FOOTER = """<div id="footer-html" class="visible-pdf"><p class="visible-pdf">صفحة <span class="page"></span> من
	<span class="topage"></span></p></div>"""


def chromium() -> str:
	return next(filter(None, map(shutil.which, PROGRAMS)), "")


def document(body: str, head: str = "", direction: str = "rtl") -> str:
	return f"""<!DOCTYPE html><html lang="ar" dir="{direction}"><head><title>كشف</title>{head}
		<style>{STYLE}</style></head><body><div class="print-format">{body}</div></body></html>"""


def table(rows: int) -> str:
	cells = "".join(f"<tr><td>{number}</td><td>{NAME}</td></tr>" for number in range(1000, 1000 + rows))
	return f"<table><thead><tr><th>المسلسل</th><th>الاسم</th></tr></thead><tbody>{cells}</tbody></table>"


def texts(pdf: bytes) -> list[str]:
	"""The text of every page in reading order, without marks of direction."""
	out = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
	plain = out.translate({ord(mark): None for mark in "\u202a\u202b\u202c\u200e\u200f\u2066\u2067\u2069"})
	return plain.split("\f")[:-1]


def squeezed(text: str) -> str:
	"""Without spaces, which pdftotext moves about between numbers and Arabic words."""
	return "".join(text.split())


def pictures(pdf: bytes) -> int:
	return sum(len(page.images) for page in PdfReader(io.BytesIO(pdf)).pages)


def photo() -> Resource:
	stream = io.BytesIO()
	Image.effect_noise((60, 80), 40).convert("RGB").save(stream, "PNG")
	return Resource(stream.getvalue(), "image/png")


def nothing(url: str) -> None:
	return None


class WorkerCase(unittest.TestCase):
	@classmethod
	def setUpClass(cls):
		cls.worker = BrowserWorker(BrowserSettings(chromium()))

	@classmethod
	def tearDownClass(cls):
		cls.worker.stop()

	def pdf(self, html: str, resolve=nothing, timeout: float = 60, **request) -> bytes:
		return self.worker.render(PrintRequest(html, **request), resolve, timeout)


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

	def test_pictures_in_styles_and_header(self):
		body = '<div id="header-html"><img src="/files/logo.png" width="20">رأس</div>' + table(60)
		pdf = self.pdf(document(body), lambda url: photo())
		self.assertGreaterEqual(pictures(pdf), 0)
		with_logo = [page for page in PdfReader(io.BytesIO(pdf)).pages if "/Image" in str(_forms(page))]
		self.assertEqual(len(with_logo), len(PdfReader(io.BytesIO(pdf)).pages))


def _forms(page) -> list:
	"""Kinds of everything drawn by the stamp of a page."""
	stamp = page["/Resources"]["/XObject"][sheets.STAMP]
	drawn = stamp["/Resources"].get("/XObject", {})
	return [drawn[name]["/Subtype"] for name in drawn]


class TestEndurance(WorkerCase):
	@classmethod
	def setUpClass(cls):
		cls.folder = tempfile.mkdtemp()
		with mock.patch.dict(os.environ, TMPDIR=cls.folder):
			super().setUpClass()
			cls.worker.render(PrintRequest(document("أول")), nothing, 60)

	@classmethod
	def tearDownClass(cls):
		super().tearDownClass()
		shutil.rmtree(cls.folder)

	def test_thirty_prints_leave_nothing_behind(self):
		html = document(HEADER + FOOTER + '<img src="/files/a.png">' + table(20))
		picture = photo()
		before = self._settled()
		for number in range(30):
			self.pdf(html, lambda url: picture, reader=f"reader {number // 3}")
		self.assertEqual(self._settled(), before)

	def _settled(self) -> tuple[int, list[str], int]:
		"""Processes of this browser, its temporary files and our threads, once the last print is cleared away."""
		time.sleep(1.5)
		return (
			len(psutil.Process().children(recursive=True)),
			sorted(os.listdir(self.folder)),
			threading.active_count(),
		)

	def test_killed_browser_is_replaced(self):
		self.pdf(document("أول"))
		psutil.Process(self.worker.browser_pid).kill()
		self.assertIn("ثان", texts(self.pdf(document("ثان")))[0])

	def test_browser_killed_during_a_print_does_not_fail_it(self):
		def kill_once(url):
			if not killed:
				killed.append(url)
				psutil.Process(self.worker.browser_pid).kill()

		killed: list[str] = []
		pdf = self.pdf(document('باق <img src="/files/a.png">'), kill_once)
		self.assertTrue(killed)
		self.assertIn("باق", texts(pdf)[0])

	def test_a_print_that_takes_too_long_is_stopped_and_the_next_one_works(self):
		def slow(url):
			time.sleep(3)

		started = time.monotonic()
		with self.assertRaises(PrintTimeout):
			self.pdf(document('<img src="/files/a.png">'), slow, timeout=1)
		self.assertLess(time.monotonic() - started, 5)
		self.assertIn("تال", texts(self.pdf(document("تال")))[0])

	def test_many_threads_share_one_browser(self):
		results: dict[int, str] = {}

		def one(number: int) -> None:
			results[number] = texts(self.pdf(document(f"رقم {number}")))[0]

		threads = [threading.Thread(target=one, args=(number,)) for number in range(6)]
		for thread in threads:
			thread.start()
		for thread in threads:
			thread.join()
		self.assertTrue(all(f"رقم {number}" in results[number] for number in range(6)))


class TestLife(unittest.TestCase):
	def test_browser_is_recycled_and_closed_when_idle(self):
		worker = BrowserWorker(BrowserSettings(chromium(), recycle_after=2, idle_after=1))
		try:
			worker.render(PrintRequest(document("أ")), nothing, 60)
			first = worker.browser_pid
			worker.render(PrintRequest(document("ب")), nothing, 60)
			worker.render(PrintRequest(document("ج")), nothing, 60)
			self.assertNotEqual(worker.browser_pid, first)
			self.assertTrue(_gone(first))
			time.sleep(2.5)
			self.assertIsNone(worker.browser_pid)
		finally:
			worker.stop()

	def test_missing_browser_says_so(self):
		worker = BrowserWorker(BrowserSettings(""))
		try:
			with self.assertRaises(BrowserMissing):
				worker.render(PrintRequest("x"), nothing, 10)
		finally:
			worker.stop()

	def test_browser_ends_with_its_process_however_that_ends(self):
		for ending in ("sys.exit()", "os._exit(0)", "os.kill(os.getpid(), 9)"):
			with self.subTest(ending):
				out = self._run(f"print(worker(settings).browser_pid, flush=True); {ending}")
				self.assertTrue(_gone(int(out.split()[0])))

	def test_forked_child_starts_its_own_browser(self):
		child = "print(first(), flush=True); worker(settings).stop()"
		out = self._run(f"""
parent = worker(settings).browser_pid
pid = os.fork()
if not pid:
	{child}
	os._exit(0)
os.waitpid(pid, 0)
print(parent, first(), worker(settings).browser_pid)
""").split()
		in_child, parent, again, after = out
		self.assertNotEqual(in_child, parent)
		self.assertEqual(parent, again)
		self.assertEqual(parent, after)

	def _run(self, ending: str) -> str:
		"""Output of a Python process that prints once and then runs `ending`."""
		code = f"""
import os, sys
from social_care.printing.job import PrintRequest
from social_care.printing.session import BrowserSettings
from social_care.printing.worker import worker
settings = BrowserSettings({chromium()!r})
def first():
	worker(settings).render(PrintRequest("x"), lambda url: None, 60)
	return worker(settings).browser_pid
first()
{ending}
"""
		root = str(Path(__file__).resolve().parents[2])
		env = {**os.environ, "PYTHONPATH": root}
		return subprocess.run(
			[sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=90
		).stdout


def _gone(pid: int, seconds: float = 10) -> bool:
	"""Whether a process ends within some seconds."""
	until = time.monotonic() + seconds
	while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
		if time.monotonic() > until:
			return False
		time.sleep(0.1)
	return True


if __name__ == "__main__":
	unittest.main()
