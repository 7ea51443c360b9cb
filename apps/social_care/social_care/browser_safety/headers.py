"""Headers of every answer of the framework (`after_request`)."""

import frappe
from werkzeug.wrappers import Request, Response

from social_care.browser_safety.errors import without_trace
from social_care.browser_safety.policy import NOTHING, SHOWN_FILE, WORKER, page_policy

PAGE = "text/html"
ACTIVE = (
	PAGE,
	"application/xhtml+xml",
	"image/svg+xml",
	"text/xml",
	"application/xml",
	"application/javascript",
)
ACTIVE += ("text/javascript", "application/mathml+xml", "application/rss+xml", "multipart/related")
PERMISSIONS = ("accelerometer", "autoplay", "display-capture", "geolocation", "gyroscope", "magnetometer")
PERMISSIONS += ("microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "usb")
FIXED = {
	"X-Content-Type-Options": "nosniff",
	"X-Frame-Options": "SAMEORIGIN",
	"Referrer-Policy": "same-origin",
	"Cross-Origin-Opener-Policy": "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
}
# Only the program sets it, on the script of a service worker.
WORKER_MARK = "Service-Worker-Allowed"
YEAR = 365 * 24 * 60 * 60


def protect(response: Response | None, request: Request) -> None:
	"""`after_request` hook: no trace of the program, and headers that bind the browser."""
	if response is None:
		return
	without_trace(response)
	for name, value in FIXED.items():
		response.headers[name] = value
	response.headers["Permissions-Policy"] = features(request)
	keep_or_not(response)
	if is_secure(request):
		response.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
	bind(response, request)


def features(request: Request) -> str:
	"""The camera for this site, and what an app asks for one of its pages: `social_care_page_features = {"/page": ["geolocation"]}`."""
	asked = (frappe.get_hooks("social_care_page_features") or {}).get(request.path, [])
	open_to = dict.fromkeys(("camera", *asked), "(self)")
	return ", ".join(f"{name}={open_to.get(name, '()')}" for name in ("camera", *PERMISSIONS))


def keep_or_not(response: Response) -> None:
	"""Browsers keep no answer but those that say so (`immutable`: texts of the desk); what is kept sets no cookie."""
	told = response.headers.get("Cache-Control", "")
	if "immutable" in told:
		frappe.local.cookie_manager.cookies.clear()
	elif "no-store" not in told:
		response.headers["Cache-Control"] = "no-store"


def is_secure(request: Request) -> bool:
	"""Whether the browser came by TLS, here or at the proxy."""
	return request.is_secure or request.headers.get("X-Forwarded-Proto", "") == "https"


def bind(response: Response, request: Request) -> None:
	"""A page gets the policy of pages, a file that of files, data none of a page's rights."""
	kind = (response.mimetype or "").lower()
	if is_file(response, request):
		bind_file(response, kind)
		return
	name, value = "Content-Security-Policy", policy_of(response, kind)
	if kind == PAGE and frappe.conf.get("content_security_policy") == "report":
		name += "-Report-Only"
	response.headers[name] = value


def policy_of(response: Response, kind: str) -> str:
	if kind == PAGE:
		return page_policy()
	return WORKER if WORKER_MARK in response.headers else NOTHING


def is_file(response: Response, request: Request) -> bool:
	"""Whether the body is a file, and not a page that a template wrote."""
	return "Content-Disposition" in response.headers or request.path.startswith(
		("/private/", "/backups", "/files/")
	)


def bind_file(response: Response, kind: str) -> None:
	"""What could run as a page is never opened in place, and runs nowhere. A stricter word said before stays."""
	active = kind in ACTIVE or kind.endswith("+xml")
	if active:
		response.headers["Content-Security-Policy"] = NOTHING
	else:
		response.headers.setdefault("Content-Security-Policy", SHOWN_FILE)
	disposition = response.headers.get("Content-Disposition", "")
	if active and not disposition.lower().startswith("attachment"):
		_kind, semicolon, rest = disposition.partition(";")
		response.headers["Content-Disposition"] = f"attachment{semicolon}{rest}"
