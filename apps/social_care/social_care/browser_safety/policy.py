"""The Content-Security-Policy of pages, and what other answers may do."""

import base64
import hashlib
import re

import frappe

from social_care.browser_safety.nonce import nonce

HOST = re.compile(r"^([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:\d{1,5})?$")

# Inline handlers of the framework's own templates. Each is allowed by its exact text, wherever it stands: whoever
# plants one gains a print dialog, a scroll or a reload.
HANDLERS = (
	"return false;",
	"window.print();",
	"frappe.utils.scroll_to(0)",
	"cur_frm.reload_doc()",
	"window.location.pathname = this.value",
	"localStorage.setItem('show_insights_banner', 'false') || this.parentElement.remove()",
	"localStorage.setItem('show_server_script_banner', 'false') || this.parentElement.remove()",
	"undefined",
)

NOTHING = "default-src 'none'; frame-ancestors 'none'; sandbox"
# A service worker fetches the pages that it keeps, and loads nothing else.
WORKER = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"
# A sandbox would keep the browser's own viewer from a PDF.
SHOWN_FILE = (
	"script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


def page_policy() -> str:
	"""The policy of an HTML page of this request."""
	host = own_host()
	rules = {
		"default-src": "'self'",
		"script-src": scripts(host),
		"script-src-attr": handlers(),
		"style-src": "'self' 'unsafe-inline'",
		"img-src": "'self' data: blob:",
		"font-src": "'self' data:",
		"media-src": "'self' data: blob:",
		"connect-src": " ".join(["'self'", *sockets(host)]),
		"worker-src": "'self' blob:",
		"frame-src": "'self' blob:",
		"object-src": "'none'",
		"base-uri": "'self'",
		"form-action": "'self'",
		"frame-ancestors": "'self'",
	}
	return "; ".join(f"{name} {value}" for name, value in rules.items())


def own_host() -> str:
	"""Host and port that the browser asked for; empty when the header is no plain host name."""
	host = frappe.local.request.host or ""
	return host if HOST.match(host) else ""


def scripts(host: str) -> str:
	"""Scripts of template files, and built files. What users upload lies elsewhere and never runs."""
	sources = [f"'nonce-{nonce()}'"]
	if host:
		sources += [f"{host}/assets/", f"{host}/website_script.js"]
	if getattr(frappe.local, "page_needs_eval", False):
		sources.append("'unsafe-eval'")  # the desk compiles its templates and form scripts in the browser
	return " ".join(sources)


def handlers() -> str:
	"""The allowed inline handlers by their SHA-256."""
	texts = [*HANDLERS, *menu_actions()]
	return " ".join(["'unsafe-hashes'", *(f"'sha256-{digest(text)}'" for text in texts)])


def menu_actions() -> list[str]:
	"""Handlers of the menus that an administrator composes in Navbar Settings."""
	if not getattr(frappe.local, "page_needs_eval", False):
		return []
	settings = frappe.get_cached_doc("Navbar Settings")
	items = [*settings.settings_dropdown, *settings.help_dropdown]
	return sorted({f"return {item.action}" for item in items if item.action})


def digest(text: str) -> str:
	return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def sockets(host: str) -> list[str]:
	"""Where live updates come from: this host, or its other port where no web server stands in front."""
	if not host:
		return []
	found = [f"ws://{host}", f"wss://{host}"]
	if frappe.conf.socketio_direct or frappe.conf.developer_mode:
		other = f"{HOST.match(host).group(1)}:{frappe.conf.socketio_port or 9000}"
		found += [f"{scheme}://{other}" for scheme in ("http", "https", "ws", "wss")]
	return found
