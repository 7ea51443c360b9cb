"""A PDF holds no picture that its reader may not open, and nothing from another address or the server's disk (S-99)."""

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import frappe
import pytest
from isolation.browser import Browser
from isolation.records import Stage
from pypdf import PdfReader

from security.administrators import administrator


class Outside(BaseHTTPRequestHandler):
	"""Another computer, which counts who asks."""

	asked: list[str] = []

	def do_GET(self) -> None:
		self.asked.append(self.path)
		self.send_response(200)
		self.end_headers()

	def log_message(self, *_arguments) -> None:
		"""Say nothing."""


@pytest.fixture
def outside() -> Iterator[str]:
	server = HTTPServer(("127.0.0.1", 0), Outside)
	thread = threading.Thread(target=server.serve_forever, daemon=True)
	thread.start()
	Outside.asked.clear()
	yield f"http://127.0.0.1:{server.server_port}"
	server.shutdown()
	thread.join()


def report(browser: Browser, html: str) -> PdfReader:
	"""The PDF of what a user sends as his report."""
	answer = browser.call("frappe.utils.print_format.report_to_pdf", html=html, orientation="Portrait")
	assert answer.content[:5] == b"%PDF-", answer.text[:500]
	return PdfReader(io.BytesIO(answer.content))


def pictures(pdf: PdfReader) -> int:
	return sum(len(page.images) for page in pdf.pages)


def test_a_picture_is_in_the_pdf_of_its_reader_only(stage: Stage) -> None:
	html = f'<p>report</p><img src="{stage.here.photo}" width="50" height="50">'
	assert pictures(report(stage.browser(stage.here.place.chief), html)) == 1
	assert pictures(report(stage.browser(stage.there.place.chief), html)) == 0


@pytest.mark.parametrize(
	"tag",
	[
		'<img src="{0}">',
		'<div style="background: url({0}); width: 9cm; height: 9cm">x</div>',
		'<link rel="stylesheet" href="{0}">',
		'<link rel="attachment" href="{0}">',
		'<iframe src="{0}"></iframe>',
		'<object data="{0}"></object>',
		'<embed src="{0}">',
		'<svg><image href="{0}" width="50" height="50"/></svg>',
		"<style>@import '{0}'; @font-face {{ font-family: q; src: url({0}) }} p {{ font-family: q }}</style>",
		'<meta http-equiv="refresh" content="0; url={0}">',
		'<video poster="{0}" src="{0}"></video>',
		"<script>fetch('{0}')</script>",
	],
)
def test_nothing_is_fetched_and_no_file_read(stage: Stage, outside: str, tag: str) -> None:
	browser = stage.browser(stage.there.place.chief)
	placeholders = pictures(report(browser, f"<p>report</p>{tag.format('/files/none.png')}"))
	photo = frappe.get_site_path("private", stage.here.photo.removeprefix("/private/"))
	for address in (outside + "/seen.png", "file:///etc/hostname", f"file://{photo}", stage.here.photo):
		pdf = report(browser, f"<p>report</p>{tag.format(address)}")
		assert pictures(pdf) == placeholders, address
		assert not pdf.attachments, address
		text = "".join(page.extract_text() for page in pdf.pages)
		assert Path("/etc/hostname").read_text().strip() not in text
	assert Outside.asked == []


def test_the_program_that_reads_any_address_is_out_of_reach(stage: Stage) -> None:
	"""The print designer's own PDF puts files of the server into the PDF that a text names."""
	for browser in (administrator(), stage.browser(stage.here.place.chief)):
		arguments = {"doctype": "Child", "name": stage.here.child, "print_format": "Child File Internal"}
		for call in (browser.ask, browser.call):
			answer = call("frappe.utils.weasyprint.download_pdf", **arguments)
			assert answer.status_code in (403, 404)
			assert b"%PDF" not in answer.content
