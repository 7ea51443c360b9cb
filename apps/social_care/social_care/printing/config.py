"""What a site says about printing: engine, browser, limits, digits (keys in docs/printing.md)."""

import os
import shutil

import frappe
from frappe.utils import cint, flt

from social_care.interface import chosen_digits
from social_care.printing.session import BrowserSettings
from social_care.printing.sheets import ARABIC_INDIC, LATIN

CHROMIUM = "chromium"
PROGRAMS = (
	"chromium-headless-shell",
	"chromium",
	"chromium-browser",
	"google-chrome-stable",
	"google-chrome",
)


def engine() -> str:
	"""The site's PDF engine: "chromium", or "wkhtmltopdf" to leave printing to Frappe."""
	return frappe.conf.get("social_care_pdf_engine") or CHROMIUM


def falls_back() -> bool:
	"""Whether Frappe's own PDF is used where Chromium is missing, instead of an error."""
	return bool(cint(frappe.conf.get("social_care_pdf_fallback")))


def timeout() -> float:
	"""Seconds that one print may take."""
	return flt(frappe.conf.get("social_care_pdf_timeout")) or 60.0


def browser_settings() -> BrowserSettings:
	"""How this site's workers run Chromium. As root the sandbox cannot be used."""
	conf = frappe.conf
	path = conf.get("chromium_path") or next(filter(None, map(shutil.which, PROGRAMS)), "")
	sandbox = conf.get("chromium_sandbox")
	return BrowserSettings(
		executable=path if path and os.access(path, os.X_OK) else "",
		sandbox=bool(cint(sandbox)) if sandbox is not None else os.geteuid() != 0,
		recycle_after=cint(conf.get("social_care_pdf_recycle_after")) or 200,
		idle_after=flt(conf.get("social_care_pdf_idle_seconds")) or 300.0,
	)


def digits() -> str:
	"""The ten digits of prints: the user's default `social_care_digits`, else the site's configuration, else its settings."""
	chosen = chosen_digits() or frappe.get_cached_doc("Social Care Settings").print_digits or LATIN
	return ARABIC_INDIC if str(chosen).lower().startswith("arabic") else LATIN


def paper_defaults() -> dict[str, str]:
	"""Paper of Print Settings as PDF options."""
	size = frappe.db.get_single_value("Print Settings", "pdf_page_size")
	if size != "Custom":
		return {"page-size": size or "A4"}
	return {
		side: frappe.db.get_single_value("Print Settings", f"pdf_{side.replace('-', '_')}")
		for side in ("page-height", "page-width")
	}
