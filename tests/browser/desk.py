"""Hands and eyes at the desk: what a user does with keyboard and mouse, and what he then sees."""

import os
import re
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, TimeoutError, expect

from tests.browser.watch import Watch
from tests.browser.world import PASSWORD

URL = os.environ.get("TEST_URL", "")
PATIENCE = 60_000  # milliseconds: the machine may be busy
CALM = """() => {
	const busy = !window.frappe?.boot || !window.jQuery || jQuery.active > 0
		|| document.body.dataset.ajaxState === "triggered" || document.querySelector("#freeze.in");
	window.calmSince = busy ? null : window.calmSince ?? performance.now();
	return !busy && performance.now() - window.calmSince > 250;
}"""


@dataclass
class Effort:
	"""What a user's hands did."""

	keys: int = 0
	clicks: int = 0


@dataclass
class Desk:
	"""One user's browser window."""

	context: BrowserContext
	page: Page
	watch: Watch
	effort: Effort = field(default_factory=Effort)

	# Moving about

	def go(self, path: str) -> None:
		"""Open a page of the desk by its address below `/app`."""
		self.page.goto(f"{URL}/app/{path}")
		self.settle()

	def settle(self) -> None:
		"""Wait until the desk has fetched nothing for a quarter of a second."""
		self.page.evaluate("() => { window.calmSince = null; }")
		self.page.wait_for_function(CALM, timeout=PATIENCE)

	def log_in(self, user: str) -> None:
		"""Through the log-in page."""
		self.page.goto(f"{URL}/login")
		self.page.fill("#login_email", user)
		self.page.fill("#login_password", PASSWORD)
		self.page.keyboard.press("Enter")
		self.page.wait_for_url(re.compile(r"/app"), timeout=PATIENCE)
		self.settle()

	def open_list(self, path: str) -> None:
		"""Open a list and wait for its rows or its empty state."""
		self.go(path)
		self.page.locator(".list-row-container:visible, .no-result:visible").first.wait_for(timeout=PATIENCE)
		self.settle()

	# Hands

	def click(self, what: str | Locator) -> None:
		self.effort.clicks += 1
		(self.page.locator(what).first if isinstance(what, str) else what.first).click(timeout=PATIENCE)

	def press(self, key: str, times: int = 1) -> None:
		for _ in range(times):
			self.effort.keys += 1
			self.page.keyboard.press(key)

	def type(self, text: str) -> None:
		self.effort.keys += len(text)
		self.page.keyboard.type(text)

	def tab_to(self, fieldname: str, most: int = 30) -> None:
		"""Press Tab until a field has the focus."""
		for _ in range(most):
			if self.focused() == fieldname:
				return
			before = self.page.evaluate_handle("document.activeElement")
			self.press("Tab")
			self.page.wait_for_function("before => document.activeElement !== before", arg=before)
		raise AssertionError(f"Tab never comes to {fieldname}; the focus stays at {self.focused()}")

	def focused(self) -> str:
		"""Name of the field that has the focus."""
		return self.page.evaluate("document.activeElement?.dataset?.fieldname || ''")

	def choose_link(self, text: str) -> None:
		"""Type into a link field that has the focus and take the first proposal."""
		field = self.page.locator("*:focus")
		self.type(text)
		proposals = field.locator("xpath=ancestor::*[contains(@class,'awesomplete')]").locator("li")
		expect(proposals.filter(has_text=text).first).to_be_visible(timeout=PATIENCE)
		self.press("Enter")

	# The form

	def control(self, fieldname: str) -> Locator:
		return self.page.locator(f'.form-page:visible .frappe-control[data-fieldname="{fieldname}"]').first

	def value(self, fieldname: str):
		"""What the form holds, whether its tab is open or not."""
		return self.page.evaluate("name => cur_frm.doc[name]", fieldname)

	def open_tab(self, fieldname: str) -> None:
		self.click(f'.form-tabs .nav-link[data-fieldname="{fieldname}"]:visible')

	def save(self, by: Callable[["Desk"], None] | None = None) -> None:
		"""Save with Ctrl+S, or in another way, and wait until the form is clean."""
		(by or Desk.press_save)(self)
		self.page.wait_for_function(
			"() => cur_frm && !cur_frm.is_new() && !cur_frm.is_dirty()", timeout=PATIENCE
		)
		self.settle()

	def press_save(self) -> None:
		"""Ctrl+S, once what was typed has arrived in the form: before, there is nothing to save for the framework."""
		with suppress(TimeoutError):
			self.page.wait_for_function("() => cur_frm && cur_frm.is_dirty()", timeout=2000)
		self.press("Control+s")

	def action(self, label: str) -> None:
		"""Take a step of the workflow from the menu of actions.

		The framework asks for the steps once, after it drew the form; where that answer was lost, people load the
		form anew. So does this, and it tells.
		"""
		menu = self.page.locator(".actions-btn-group:visible > button").first
		try:
			menu.wait_for(timeout=PATIENCE / 2)
		except TimeoutError:
			warnings.warn(f"{self.page.url} came without actions: {self.watch}", stacklevel=2)
			self.page.reload()
			self.settle()
		self.click(menu)
		self.click(self.page.locator(".actions-btn-group:visible .dropdown-item", has_text=label))

	def expect_state(self, label: str) -> None:
		"""The form shows a state in its head."""
		expect(self.page.locator(".page-head:visible .indicator-pill").first).to_have_text(
			label, timeout=PATIENCE
		)
		self.settle()

	def message(self) -> str:
		"""The text of the message box in front."""
		box = self.page.locator(".msgprint:visible").last
		box.wait_for(timeout=PATIENCE)
		return box.inner_text()

	def dialog(self) -> Locator:
		"""The dialog in front, shown to the end of its opening."""
		box = self.page.locator(".modal.show:visible").last
		box.wait_for(timeout=PATIENCE)
		return box

	def upload(self, file: Path) -> None:
		"""Give a file to the upload dialog in front, through the file chooser."""
		box = self.dialog()
		with self.page.expect_file_chooser(timeout=PATIENCE) as chooser:
			self.click(box.get_by_text("جهازي", exact=False))
		chooser.value.set_files(file)
		self.cut(box)
		self.click(box.locator(".modal-footer .btn-primary, .btn-modal-primary"))
		box.wait_for(state="hidden", timeout=PATIENCE)

	def cut(self, box: Locator) -> None:
		"""Where a picture has to have a shape, take the frame that is proposed."""
		box.locator(".file-preview, .cropper-crop-box").first.wait_for(timeout=PATIENCE)
		if box.locator(".cropper-crop-box").count():
			self.click(box.locator(".image-cropper-actions .btn-primary"))
			box.locator(".file-preview").first.wait_for(timeout=PATIENCE)

	def card(self, label: str) -> int:
		"""The figure of a number card or of a tile of the dashboard on the workspace."""
		named = self.page.get_by_text(label, exact=True)
		box = self.page.locator(".number-widget-box, .sc-tile", has=named).first
		figure = box.locator(".widget-body .number, .sc-figure")
		expect(figure).to_have_text(re.compile(r"\d"), timeout=PATIENCE)
		return int(re.sub(r"\D", "", figure.inner_text()))

	def picture(self, path: Path, wide: int = 1366, high: int = 850) -> None:
		self.page.set_viewport_size({"width": wide, "height": high})
		self.page.screenshot(path=path, animations="disabled", caret="hide")
