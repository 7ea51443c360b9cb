"""Pages of the website: the framework's own are closed but for those on the list (see `policy.py`)."""

from pathlib import Path

import frappe
from frappe.website.page_renderers.not_found_page import NotFoundPage

from social_care.api.guards import policy

SUFFIXES = (".html", ".md", "/index.html", "/index.md", "")


class ClosedPage(NotFoundPage):
	"""Answers «not found» in place of a page that is not open to the session user (hook `page_renderer`)."""

	def __init__(self, path: str, http_status_code: int | None = None) -> None:
		super().__init__(path)  # the code that a renderer is given is the one of a page that is there

	def can_render(self) -> bool:
		"""Whether the page is to be hidden."""
		return not page_is_open(self.request_path)

	def can_cache_404(self) -> bool:
		"""Never: another user may have the page."""
		return False


def page_is_open(path: str) -> bool:
	"""Whether the session user may open a page: listed, an app's own, or a Web Page that was published."""
	user = policy.kind_of(frappe.session.user)
	row = policy.listed(f"/{path}") or policy.listed(f"/{path.partition('/')[0]}")
	if row:
		return policy.KINDS.index(user) >= policy.KINDS.index(row["open_to"])
	if user == policy.ADMINISTRATOR or is_an_apps_own(path):
		return True
	return bool(frappe.db.exists("Web Page", {"route": path, "published": 1}))


def is_an_apps_own(path: str) -> bool:
	"""Whether a file in the `www` folder of an app other than the framework makes the page."""
	if ".." in path:
		return False
	apps = [app for app in frappe.get_installed_apps() if app != "frappe"]
	folders = [Path(frappe.get_app_path(app, "www")) for app in apps]
	return any((folder / f"{path}{suffix}").is_file() for folder in folders for suffix in SUFFIXES)
