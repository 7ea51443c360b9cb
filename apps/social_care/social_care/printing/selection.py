"""Makes Frappe ask our hook: upstream asks `pdf_generator` hooks only where a request or a Print Format names one."""

from typing import Any

import frappe

from social_care.printing import config

PRINT_METHODS = frozenset(
	f"frappe.utils.print_format.{name}"
	for name in ("download_pdf", "download_multi_pdf", "download_multi_pdf_async", "print_by_server")
)


def choose_for_request() -> None:
	"""`before_request`: requests that make PDFs get the site's engine, whatever a Print Format's default says."""
	request = getattr(frappe.local, "request", None)
	if request and request.path.rstrip("/").rsplit("/", 1)[-1] in PRINT_METHODS:
		_choose()


def choose_for_job(**kwargs: Any) -> None:
	"""`before_job`: so do jobs (e-mail attachments, prints of many records)."""
	_choose()


def _choose() -> None:
	if config.engine() == config.CHROMIUM:
		frappe.local.form_dict.pdf_generator = config.CHROMIUM
