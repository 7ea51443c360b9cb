"""What a phone keeps of the inspectors' page, so that it opens without a network: no data, nobody's name, the same for all."""

import hashlib
import json
from pathlib import Path

import frappe
from frappe import _
from frappe.utils.jinja_globals import bundled_asset
from frappe.website.page_renderers.base_renderer import BaseRenderer
from werkzeug.wrappers import Response

from social_care_inspections.inspections.phone.texts import texts

PAGE, WORKER, MANIFEST = "/inspect", "/inspect/worker.js", "/inspect/manifest.webmanifest"
MARK = "/assets/social_care/images/mark.svg"
WORKER_FILE = Path(__file__).with_name("worker.js")
ARABIC = "ar"


def script() -> str:
	return bundled_asset("inspect.bundle.js")


def style() -> str:
	"""One sheet for both directions: it says «begin» and «end», never left and right."""
	return bundled_asset("inspect.bundle.css", rtl=False)


def files() -> list[str]:
	return [PAGE, script(), style(), MANIFEST, MARK]


def version() -> str:
	"""Changes with whatever the phone keeps."""
	kept = json.dumps([files(), texts(), manifest(), WORKER_FILE.read_text()], sort_keys=True)
	return hashlib.sha256(kept.encode()).hexdigest()[:12]


def manifest() -> dict:
	"""The web app manifest: what a phone needs to put the page among its programs."""
	return {
		"id": PAGE,
		"name": _("Visits of Inspection", lang=ARABIC),
		"short_name": _("Visits", lang=ARABIC),
		"lang": ARABIC,
		"dir": "rtl",
		"start_url": PAGE,
		"scope": PAGE,
		"display": "standalone",
		"orientation": "portrait",
		"background_color": "#f4f7f8",
		"theme_color": "#17586d",
		"icons": [{"src": MARK, "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
	}


def worker() -> str:
	return f"const SHELL = {json.dumps({'version': version(), 'files': files()})};\n{WORKER_FILE.read_text()}"


class PhoneShell(BaseRenderer):
	"""The service worker and the manifest of the page (hook `page_renderer`)."""

	def can_render(self) -> bool:
		return f"/{self.path}" in (WORKER, MANIFEST)

	def render(self) -> Response:
		frappe.local.lang = ARABIC
		if f"/{self.path}" == MANIFEST:
			return Response(json.dumps(manifest(), ensure_ascii=False), mimetype="application/manifest+json")
		# The folder of the script would be too small a scope: the page lies above it.
		return Response(worker(), mimetype="text/javascript", headers={"Service-Worker-Allowed": PAGE})
