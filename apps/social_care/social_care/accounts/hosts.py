"""The host that a request names, and the places it wants to be sent to."""

from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import frappe
from werkzeug.exceptions import BadRequest
from werkzeug.routing import RequestRedirect

from social_care.accounts.addresses import client_address, is_loopback

REDIRECTS = {"redirect-to", "redirect_to"}
OWN = {"localhost", "127.0.0.1", "::1"}
UNKNOWN = "Unknown host. A site's hosts are host_name, domains and allowed_hosts of its configuration."


def check_host() -> None:
	"""Refuse a Host header that is none of the site's: links, cookies and caches would bear it."""
	if name_of(frappe.request.host) not in known_hosts():
		raise BadRequest(UNKNOWN)


def known_hosts() -> set[str]:
	"""The site's own name, the configured ones, and this machine."""
	domains = (item.get("domain") if isinstance(item, dict) else item for item in frappe.conf.domains or [])
	listed = [frappe.local.site, *domains, *(frappe.conf.get("allowed_hosts") or [])]
	configured = frappe.conf.host_name or frappe.conf.hostname
	return OWN | {name_of(host) for host in [*listed, configured or ""] if host}


def name_of(host: str) -> str:
	"""A host without scheme and port, in small letters."""
	try:
		return (urlsplit(host if "://" in host else f"//{host}").hostname or "").rstrip(".").lower()
	except ValueError:
		return ""


def is_local_name(host: str) -> bool:
	"""Whether a host name never leaves this machine."""
	return host == "localhost" or host.endswith(".localhost") or is_loopback(host)


def is_local_request() -> bool:
	"""Whether the site is configured, addressed and reached on this machine only; a header alone proves nothing."""
	configured = name_of(frappe.conf.host_name or frappe.conf.hostname or frappe.local.site)
	names = (configured, name_of(frappe.request.host))
	return all(is_local_name(name) for name in names) and is_loopback(client_address())


def clean_redirects() -> None:
	"""Only paths of this site, or addresses on its own hosts, are where anybody is sent."""
	unsafe = {key for key, value in frappe.local.form_dict.items() if _unsafe(key, value)}
	for key in unsafe:
		frappe.local.form_dict.pop(key)
	query = parse_qsl(frappe.request.query_string.decode("utf-8", "replace"), keep_blank_values=True)
	kept = [(key, value) for key, value in query if not _unsafe(key, value)]
	if len(kept) < len(query) and frappe.request.method in ("GET", "HEAD"):
		path = "/" + frappe.request.path.lstrip("/\\")
		raise RequestRedirect(path + (f"?{urlencode(kept)}" if kept else ""))


def _unsafe(key: str, value) -> bool:
	return key.lower() in REDIRECTS and isinstance(value, str) and bool(value) and not is_own(value)


def is_own(target: str) -> bool:
	"""Whether a browser that follows `target` stays here, however often it is encoded."""
	forms = [target]
	while len(forms) < 5 and (plainer := unquote(forms[-1])) != forms[-1]:
		forms.append(plainer)
	return len(forms) < 5 and all(_stays(form) for form in forms)


def _stays(target: str) -> bool:
	if "\\" in target or any(ord(letter) <= 32 or ord(letter) == 127 for letter in target[:20]):
		return False
	parts = urlsplit(target)
	if parts.scheme or parts.netloc or target.startswith("//"):
		return parts.scheme in ("http", "https") and name_of(parts.netloc.rpartition("@")[2]) in known_hosts()
	return True
