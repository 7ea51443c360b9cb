"""What pages cost on the line: requests and bytes as the browser received them, by kind."""

from collections import Counter
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.browser.desk import Desk

KINDS = {
	"Document": "page",
	"Script": "script",
	"Stylesheet": "style",
	"Font": "font",
	"Image": "picture",
	"XHR": "data",
	"Fetch": "data",
}


@dataclass
class Weight:
	"""Requests and bytes by kind; what the browser took from its own cache counts as nothing."""

	requests: Counter = field(default_factory=Counter)
	received: Counter = field(default_factory=Counter)  # bytes, headers of the answers included

	@property
	def total(self) -> int:
		return self.received.total()


class Scale:
	"""Weighs everything that a page fetches between two looks."""

	def __init__(self, page: Page) -> None:
		self.kinds: dict[str, str] = {}
		self.cached: set[str] = set()
		self.now = Weight()
		session = page.context.new_cdp_session(page)
		session.on("Network.responseReceived", self._answered)
		session.on("Network.requestServedFromCache", lambda event: self.cached.add(event["requestId"]))
		session.on("Network.loadingFinished", self._finished)
		session.send("Network.enable")

	def take(self) -> Weight:
		"""The weight since the last look."""
		taken, self.now = self.now, Weight()
		return taken

	def _answered(self, event: dict) -> None:
		answer = event["response"]
		if answer.get("fromDiskCache") or answer["url"].startswith("data:"):
			self.cached.add(event["requestId"])
		self.kinds[event["requestId"]] = KINDS.get(event["type"], "other")

	def _finished(self, event: dict) -> None:
		if event["requestId"] in self.cached:
			return
		kind = self.kinds.get(event["requestId"], "other")
		self.now.requests[kind] += 1
		self.now.received[kind] += int(event["encodedDataLength"])


def visit(desk: Desk, scale: Scale, child: str) -> dict[str, Weight]:
	"""The way of an institution's user, from an empty window: workspace, list of children, one child's file."""
	weights = {}
	desk.go("my-institution")
	weights["workspace"] = scale.take()
	for name, route in (("list", "child"), ("form", f"child/{child}")):
		desk.page.evaluate("path => frappe.set_route(`/app/${path}`)", route)
		desk.page.wait_for_function("path => location.pathname === `/app/${path}`", arg=route)
		desk.settle()
		weights[name] = scale.take()
	return weights
