"""One running Chromium, driven through Playwright. Everything here belongs to a single thread."""

import contextlib
import os
import signal
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from social_care.printing.job import ORIGIN, BrowserMissing, PrintError, PrintJob, PrintTimeout
from social_care.printing.page_setup import EDGE, PageSetup, page_setup, print_format_options
from social_care.printing.sheets import merge, numbers, page_sizes

# The browser has no way out: every request is answered by us, and what should slip by meets a dead proxy.
ARGUMENTS = (
	"--disable-gpu",
	"--disable-dev-shm-usage",
	"--disable-background-networking",
	"--dns-prefetch-disable",
	"--font-render-hinting=none",
	"--host-resolver-rules=MAP * ~NOTFOUND",
	"--proxy-server=http://127.0.0.1:9",
	"--proxy-bypass-list=<-loopback>",
)
POLICY = (
	"default-src 'none'; img-src http: https: data:; font-src http: https: data:; "
	"style-src http: https: 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)
DOCUMENT = f"{ORIGIN}/"


@dataclass(frozen=True)
class BrowserSettings:
	"""How a worker runs its browser. Times are in seconds; `executable` is a path ("": none found)."""

	executable: str
	sandbox: bool = False
	recycle_after: int = 200
	idle_after: float = 300.0


@lru_cache(maxsize=1)
def _page_script() -> str:
	return (Path(__file__).parent / "page.js").read_text(encoding="utf-8")


class BrowserSession:
	"""A browser with one page, kept ready for the next print.

	Each reader gets a context of its own (no cache, no cookies, nothing seen by the reader before), without
	JavaScript and without a network. Raises BrowserMissing where Chromium cannot be started.
	"""

	def __init__(self, settings: BrowserSettings):
		if not settings.executable:
			raise BrowserMissing("no Chromium found")
		try:
			from playwright.sync_api import Error, sync_playwright
		except ImportError as error:
			raise BrowserMissing("the Python package playwright is not installed") from error
		self.prints = 0
		self._error = Error
		self._job: PrintJob | None = None
		self._reader: str | None = None  # whose print the page has seen; None: it is blank
		self._context = self._page = None
		self._playwright = sync_playwright().start()
		try:
			self._browser = self._launch(settings)
		except Error as error:
			self._playwright.stop()
			raise BrowserMissing("Chromium does not start") from error

	def _launch(self, settings: BrowserSettings):
		browser = self._playwright.chromium.launch(
			executable_path=settings.executable,
			args=list(ARGUMENTS),
			chromium_sandbox=settings.sandbox,
			handle_sigint=False,
			handle_sigterm=False,
			handle_sighup=False,
		)
		info = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
		self.pid = next(item["id"] for item in info["processInfo"] if item["type"] == "browser")
		return browser

	@property
	def alive(self) -> bool:
		return self._browser.is_connected()

	def refresh(self) -> None:
		"""Forget the last print and have a blank page ready for the next, whoever it is for."""
		if self._reader is not None:
			self._discard()
		self._prepare()

	def _prepare(self) -> None:
		if self._page:
			return
		self._context = self._browser.new_context(java_script_enabled=False, service_workers="block")
		self._context.route("**/*", self._answer)
		self._page = self._context.new_page()
		self._page.emulate_media(media="print")

	def _discard(self) -> None:
		"""Close the page of the last reader, with everything it knew."""
		context, self._context, self._page, self._reader = self._context, None, None, None
		if context:
			context.close()

	def render(self, job: PrintJob) -> bytes:
		"""The PDF of one print. Raises PrintTimeout when its time is up, PrintError where Chromium fails or dies."""
		try:
			if self._reader is not None and self._reader != (job.request.reader or None):
				self._discard()
			self._prepare()
			self._job, self._reader = job, job.request.reader
			self.prints += 1
			self._page.set_default_timeout(max(1.0, job.remaining * 1000))
			pdf = self._print(job)
		except self._error as error:
			if job.remaining:
				raise PrintError("Chromium failed while printing") from error
		finally:
			self._job = None
		if not job.remaining:  # what came late may be missing in the PDF
			raise PrintTimeout(f"no PDF within {job.timeout:g} seconds")
		return pdf

	def _print(self, job: PrintJob) -> bytes:
		request, page = job.request, self._page
		page.goto(DOCUMENT, wait_until="load")
		page.evaluate(_page_script())
		given = {
			"page_line": request.page_line,
			"address": request.address,
			"watermark": request.watermark,
		}
		css = page.evaluate("given => sheet.open(given)", given)
		setup = page_setup(print_format_options(css), request.options, request.defaults)
		header, footer = page.evaluate("width => sheet.measure(width)", setup.content_width)
		setup = setup.with_bands(header, footer)
		page.evaluate("css => sheet.set_page(css)", setup.css())
		body = self._pdf(tagged=True)
		return self._stamped(body, setup, request.digits) if header or footer or request.watermark else body

	def _stamped(self, body: bytes, setup: PageSetup, digits: str) -> bytes:
		"""The pages of `body` with header, footer and watermark on each; a mere page number is left off a single page."""
		sizes = page_sizes(body)
		if not self._page.evaluate("count => sheet.wanted(count)", len(sizes)):
			return body
		self._page.evaluate(
			"sheets => sheet.stamp(sheets)",
			{
				"pages": sizes,
				"numbers": numbers(len(sizes), digits),
				"left": setup.left,
				"right": setup.right,
				"edge": EDGE,
			},
		)
		return merge(body, self._pdf(tagged=False))

	def _pdf(self, tagged: bool) -> bytes:
		return self._page.pdf(prefer_css_page_size=True, print_background=True, tagged=tagged)

	def _answer(self, route) -> None:
		"""Answer every request of a print ourselves, or refuse it."""
		job, request = self._job, route.request
		if job and request.url == DOCUMENT and request.is_navigation_request():
			headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}
			return route.fulfill(body=job.request.html, headers=headers)
		if request.is_navigation_request():
			return route.fulfill(
				status=204
			)  # «no content» leaves the page where it is; an error would replace it
		if not job or request.resource_type not in ("image", "font", "stylesheet"):
			return route.abort("blockedbyclient")
		resource = job.fetch(request.url)
		if resource is None:
			return route.abort("accessdenied")
		headers = {"Content-Type": resource.mime, "Access-Control-Allow-Origin": "*"}
		return route.fulfill(body=resource.body, headers=headers)

	def close(self) -> None:
		"""End the browser and its driver; never raises."""
		for step in (self._discard, self._browser.close, self._playwright.stop):
			with contextlib.suppress(Exception):
				step()

	def kill(self) -> None:
		"""End the browser at once; the only method that another thread may call."""
		with contextlib.suppress(ProcessLookupError):
			os.kill(self.pid, signal.SIGKILL)
