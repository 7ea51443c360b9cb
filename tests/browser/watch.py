"""What a page does behind the user's back: errors in its console, requests that leave the machine."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

LOOPBACK = re.compile(r"^(https?|wss?)://(127\.0\.0\.1|localhost)(:\d+)?/|^(data|blob|about|chrome-error):")

# A chart that is drawn anew while its first drawing still moves: the window changed its size. Nothing is lost.
HARMLESS = "Failed to execute 'removeChild' on 'Node'"


@dataclass
class Watch:
	"""Complaints of all pages of a context, since the last look."""

	errors: list[str] = field(default_factory=list)
	outside: list[str] = field(default_factory=list)
	refused: list[str] = field(default_factory=list)

	def begin(self, context: BrowserContext) -> None:
		context.on("console", self._console)
		context.on("weberror", self._error)
		context.on("request", self._request)
		context.on("response", self._response)

	def _error(self, error: WebError) -> None:
		if HARMLESS not in str(error.error):
			self.errors.append(str(error.error)[:500])

	def _console(self, message: ConsoleMessage) -> None:
		"""A refused request is also written to the console; it is judged by its address."""
		if message.type == "error" and "Failed to load resource" not in message.text:
			self.errors.append(message.text[-700:])

	def _request(self, request: Request) -> None:
		if not LOOPBACK.match(request.url):
			self.outside.append(request.url[:200])

	def _response(self, response: Response) -> None:
		if response.status >= 400:
			self.refused.append(f"{response.status} {response.url[:200]}")

	def forget(self) -> None:
		"""Begin anew, after something that had to go wrong."""
		for seen in (self.errors, self.outside, self.refused):
			seen.clear()

	def expect_quiet(self) -> None:
		"""Nothing went wrong and nothing left the machine."""
		assert not self.outside, f"requests that leave the machine: {self.outside}"
		assert not self.errors, f"errors in the console: {self.errors}"
		assert not self.refused, f"refused requests: {self.refused}"
