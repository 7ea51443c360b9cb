"""The web process: built assets and public files from the disk, everything else from the framework.

Loaded by gunicorn from the `sites` folder as `engine.web:application`. The environment's BENCH_SITE pins one
site whatever host name is asked for; without it the host name chooses, and an unknown one gets the default
site. A client cannot choose a site by a header.
"""

import json
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic

import frappe.app
from werkzeug.datastructures import Headers
from werkzeug.middleware.shared_data import SharedDataMiddleware
from whitenoise import WhiteNoise

from engine.compression import compressed

SITES = Path(os.environ.get("SITES_PATH", ".")).resolve()
ASSETS = SITES / "assets"
HASHED = re.compile(r"/dist/.*\.[A-Z0-9]{8}\.(css|js|woff2)(\.map)?$")
HOST = re.compile(r"^[a-z0-9][a-z0-9.-]*$")
SHOWN_INLINE = re.compile(r"\.(png|jpe?g|gif|webp|avif|pdf|txt|mp4|webm|ogg|mp3)$", re.IGNORECASE)
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
# Browsers show a PDF with a viewer of their own, which a sandbox switches off.
PDF_VIEWER = "script-src 'none'; frame-ancestors 'self'"
SECONDS_BETWEEN_LOOKS = 2

Environ = dict[str, object]
Wsgi = Callable[[Environ, Callable], Iterable[bytes]]


def application(environ: Environ, start_response: Callable) -> Iterable[bytes]:
	"""The WSGI entry point."""
	environ["HTTP_X_FRAPPE_SITE_NAME"] = site_for(str(environ.get("HTTP_HOST", "")))
	path = str(environ.get("PATH_INFO", ""))
	if path.startswith("/assets/"):
		return assets(environ, start_response)
	if path.startswith("/files/"):
		return public_files(environ, _guarded(path, start_response))
	return framework(environ, start_response)


def site_for(host: str) -> str:
	"""The site that answers for a Host header."""
	pinned = os.environ.get("BENCH_SITE")
	name = host.partition(":")[0].lower()
	if pinned or not HOST.match(name) or not (SITES / name / "site_config.json").is_file():
		return pinned or _default_site()
	return name


class Assets:
	"""Serves `sites/assets`; looks for a new build every other second."""

	def __init__(self) -> None:
		self.seen, self.looked = -1.0, 0.0
		self.noise: WhiteNoise | None = None

	def __call__(self, environ: Environ, start_response: Callable) -> Iterable[bytes]:
		"""Answer from the disk or with 404; the framework never sees these paths."""
		return self._current()(environ, start_response)

	def _current(self) -> WhiteNoise:
		if self.noise is None or monotonic() - self.looked > SECONDS_BETWEEN_LOOKS:
			built = _changed(ASSETS / "assets.json")
			if self.noise is None or built != self.seen:
				self.noise, self.seen = _noise(), built
			self.looked = monotonic()
		return self.noise


def _noise() -> WhiteNoise:
	noise = WhiteNoise(
		_not_found,
		max_age=3600,
		allow_all_origins=False,
		immutable_file_test=lambda path, url: HASHED.search(url),
	)
	if ASSETS.is_dir():
		noise.add_files(str(ASSETS), prefix="assets/")
	return noise


def _not_found(_environ: Environ, start_response: Callable) -> Iterable[bytes]:
	start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
	return [b"Not found\n"]


def _changed(path: Path) -> float:
	try:
		return path.stat().st_mtime
	except OSError:
		return 0.0


def _default_site() -> str:
	return json.loads((SITES / "common_site_config.json").read_text()).get("default_site", "")


def _guarded(path: str, start_response: Callable) -> Callable:
	"""Public files come from users: nothing runs as a script of this site, only safe kinds open in place."""

	def guarded(status: str, headers: list, *rest):
		answer = Headers(headers)
		answer["X-Content-Type-Options"] = "nosniff"
		answer["Content-Security-Policy"] = PDF_VIEWER if path.lower().endswith(".pdf") else SANDBOX
		if not SHOWN_INLINE.search(path):
			answer["Content-Disposition"] = "attachment"
		return start_response(status, answer.to_wsgi_list(), *rest)

	return guarded


class PublicFiles:
	"""Serves `sites/SITE/public/files`; a missing file is the framework's to answer."""

	def __init__(self, fallback: Wsgi) -> None:
		self.fallback = fallback
		self.by_site: dict[str, SharedDataMiddleware] = {}

	def __call__(self, environ: Environ, start_response: Callable) -> Iterable[bytes]:
		"""Answer with the file of the site which the request belongs to."""
		site = str(environ["HTTP_X_FRAPPE_SITE_NAME"])
		return self._of(site)(environ, start_response)

	def _of(self, site: str) -> SharedDataMiddleware:
		if site not in self.by_site:
			folder = str(SITES / site / "public" / "files")
			self.by_site[site] = SharedDataMiddleware(self.fallback, {"/files": folder}, cache=False)
		return self.by_site[site]


framework = compressed(frappe.app.application)
assets = Assets()
public_files = PublicFiles(framework)
