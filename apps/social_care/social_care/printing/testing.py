"""What the tests of printing share: documents, a picture, and what can be read back from a PDF."""

import io
import shutil
import subprocess
import unittest

from PIL import Image
from pypdf import PdfReader

from social_care.printing.config import PROGRAMS
from social_care.printing.job import PrintRequest, Resource
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
