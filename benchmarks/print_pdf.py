"""How long a print takes and what it leaves behind.

	env/bin/python benchmarks/print_pdf.py [--prints 100] [--rows 40]

Prints one Arabic file (header, footer, photograph, table) many times with the warm browser, a few times with a
browser started for it alone, and a few times with WeasyPrint, and compares this process's family before and after.
"""

import argparse
import base64
import io
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable

import psutil
from PIL import Image
from pypdf import PdfReader
from social_care.printing import sheets
from social_care.printing.config import PROGRAMS
from social_care.printing.job import PrintRequest, Resource
from social_care.printing.session import BrowserSettings
from social_care.printing.worker import BrowserWorker

SETTLE_SECONDS = 2
STYLE = """@page { size: A4; margin: 15mm } body { font-family: "Noto Naskh Arabic"; font-size: 11pt }
	table { width: 100%; border-collapse: collapse } td, th { border: 1px solid #999; padding: 4px }"""


def photo() -> bytes:
	stream = io.BytesIO()
	Image.linear_gradient("L").resize((300, 400)).convert("RGB").save(stream, "JPEG")
	return stream.getvalue()


def document(rows: int, picture: str) -> str:
	cells = "".join(
		f"<tr><td>{number}</td><td>إيداع بدار الأمل للرعاية الاجتماعية</td><td>2026-01-{number % 28 + 1:02d}</td></tr>"
		for number in range(1, rows + 1)
	)
	return f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><title>ملف طفل</title><style>{STYLE}</style></head><body>
		<div class="print-format"><div id="header-html"><h3>وزارة التضامن الاجتماعي</h3></div>
		<div id="footer-html">صفحة <span class="page"></span> من <span class="topage"></span></div>
		<h1>ملف الطفل سلام الأحمدي</h1><img src="{picture}" width="120">
		<table><thead><tr><th>م</th><th>البيان</th><th>التاريخ</th></tr></thead><tbody>{cells}</tbody></table></div>
		</body></html>"""


def timed(action: Callable[[], bytes], times: int) -> list[float]:
	"""Milliseconds of each call."""
	spent = []
	for _ in range(times):
		started = time.perf_counter()
		action()
		spent.append((time.perf_counter() - started) * 1000)
	return spent


def family() -> dict[str, float]:
	"""This process and everything it started: processes, memory shared fairly (PSS), temporary entries, files."""
	time.sleep(SETTLE_SECONDS)
	own = psutil.Process()
	members = [own, *own.children(recursive=True)]
	return {
		"processes": len(members),
		"memory of all, MB": sum(member.memory_full_info().pss for member in members) / 1e6,
		"memory of Python, MB": own.memory_info().rss / 1e6,
		"temporary entries": len(os.listdir(tempfile.gettempdir())),
		"open files": own.num_fds(),
	}


def weasyprint(html: str) -> bytes:
	from weasyprint import HTML

	return HTML(string=html).write_pdf()


def measure(prints: int, few: int, rows: int) -> tuple[dict[str, list[float]], list[tuple[str, dict]], int]:
	picture = photo()
	html = document(rows, "/files/photo.jpg")
	inline = document(rows, f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}")
	worker = new_worker()

	def once(with_worker: BrowserWorker = worker, reader: str = "one") -> bytes:
		request = PrintRequest(html, digits=sheets.ARABIC_INDIC, reader=reader)
		return with_worker.render(request, lambda url: Resource(picture, "image/jpeg"), 60)

	def cold() -> bytes:
		alone = new_worker()
		try:
			return once(alone)
		finally:
			alone.stop()

	states = [("no browser", family())]
	pages = len(PdfReader(io.BytesIO(once())).pages)
	states.append(("after 1", family()))
	spent = {"warm, one reader": timed(once, prints)}
	states.append((f"after {prints + 1}", family()))
	spent["warm, another reader"] = timed(lambda: once(reader=""), few)
	worker.stop()
	states.append(("closed", family()))
	spent["cold, start to end"] = timed(cold, few)
	spent["WeasyPrint"] = timed(lambda: weasyprint(inline), few)
	return spent, states, pages


def new_worker() -> BrowserWorker:
	program = next(filter(None, map(shutil.which, PROGRAMS)), "")
	return BrowserWorker(BrowserSettings(program, recycle_after=10**6))


def report(spent: dict[str, list[float]], states: list[tuple[str, dict]]) -> None:
	print(f"\n{'milliseconds a print':24}{'prints':>8}{'median':>8}{'mean':>8}{'slowest':>9}")
	for name, values in spent.items():
		row = (statistics.median(values), statistics.mean(values), max(values))
		print(f"{name:24}{len(values):>8}{row[0]:>8.0f}{row[1]:>8.0f}{row[2]:>9.0f}")
	print(f"\n{'left behind':24}" + "".join(f"{name:>12}" for name, _ in states))
	for key in states[0][1]:
		print(f"{key:24}" + "".join(f"{state[key]:>12.0f}" for _, state in states))


def main() -> None:
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	parser.add_argument("--prints", type=int, default=100)
	parser.add_argument("--few", type=int, default=10, help="prints of each other kind")
	parser.add_argument("--rows", type=int, default=40, help="rows of the table; 40 make two pages")
	given = parser.parse_args()
	with tempfile.TemporaryDirectory() as folder:
		os.environ["TMPDIR"] = tempfile.tempdir = folder
		spent, states, pages = measure(given.prints, given.few, given.rows)
	load = os.getloadavg()[0]
	print(f"{pages} pages with header, footer and photograph; {os.cpu_count()} cores, load {load:.1f}")
	report(spent, states)


if __name__ == "__main__":
	main()
