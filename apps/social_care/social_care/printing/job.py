"""What passes between the caller of a print and the thread that owns the browser."""

import queue
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

ORIGIN = "http://print.invalid"  # where a print believes to be; .invalid never resolves (RFC 2606)


class PrintError(Exception):
	"""Chromium could not make this PDF."""


class BrowserMissing(PrintError):
	"""There is no Chromium, or no Playwright, on this machine, or it does not start."""


class PrintTimeout(PrintError):
	"""The print took longer than it may."""


@dataclass(frozen=True)
class Resource:
	"""A picture, font or style sheet of a print."""

	body: bytes
	mime: str


Resolver = Callable[[str], Resource | None]
"""Answers an absolute URL of a print with its content, or None: not there, or not for this user. Relative
URLs arrive below `ORIGIN`. It is called in the thread that asked for the print."""


@dataclass(frozen=True)
class PrintRequest:
	"""One print.

	`options` and `defaults` are Frappe's PDF options (see page_setup); `page_line` is HTML with elements of
	the classes `page` and `topage`, printed below prints of several pages that bring no footer of their own;
	`digits` are the ten digits page numbers are written with. `reader` is for whose eyes the print is: prints in a
	row for the same reader share a page, which is quicker; prints for different readers, or for "", never do.
	`address` is where links without a host lead to (the site's URL without a slash at the end). `watermark` is a
	text laid faintly over every page that is not smaller than a sheet of A5.
	"""

	html: str
	options: Mapping[str, Any] = field(default_factory=dict)
	defaults: Mapping[str, Any] = field(default_factory=dict)
	page_line: str = ""
	digits: str = "0123456789"
	reader: str = ""
	address: str = ""
	watermark: str = ""


class PrintJob:
	"""A print under way. The asking thread serves resources while it waits; the browser's thread makes the PDF."""

	def __init__(self, request: PrintRequest, resolve: Resolver, timeout: float):
		self.request = request
		self.timeout = timeout
		self.deadline = time.monotonic() + timeout
		self._resolve = resolve
		self._mail: queue.SimpleQueue = queue.SimpleQueue()
		self._resources: queue.SimpleQueue = queue.SimpleQueue()

	@property
	def remaining(self) -> float:
		"""Seconds left, never below zero."""
		return max(0.0, self.deadline - time.monotonic())

	def wait(self) -> bytes:
		"""The PDF. Raises PrintTimeout, or what the browser's thread failed with."""
		while True:
			try:
				kind, content = self._mail.get(timeout=self.remaining)
			except queue.Empty:
				raise PrintTimeout(f"no PDF within {self.timeout:g} seconds") from None
			if kind == "resource":
				self._resources.put(self._answer(content))
			elif kind == "failure":
				raise content
			else:
				return content

	def _answer(self, url: str) -> Resource | None:
		try:
			return self._resolve(url)
		except Exception:
			return None

	def fetch(self, url: str) -> Resource | None:
		"""Called in the browser's thread: ask the waiting thread for a resource; None as well when it is late."""
		self._mail.put(("resource", url))
		try:
			return self._resources.get(timeout=self.remaining)
		except queue.Empty:
			return None

	def succeed(self, pdf: bytes) -> None:
		self._mail.put(("pdf", pdf))

	def fail(self, error: PrintError) -> None:
		self._mail.put(("failure", error))
