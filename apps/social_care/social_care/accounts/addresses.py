"""The address that a request comes from. A header says it only where a trusted proxy wrote the header.

`trusted_proxies` in the site's configuration lists the proxies (addresses or networks). Without it every
`X-Forwarded-For` and `X-Real-IP` is ignored, and the address is that of the connection.
"""

import logging
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import frappe

Network = IPv4Network | IPv6Network


def client_address() -> str:
	"""The nearest address that is no trusted proxy; "" when the request bears none."""
	peer = frappe.request.remote_addr or ""
	trusted = networks(frappe.conf.get("trusted_proxies") or [])
	if not inside(peer, trusted):
		return peer
	for address in reversed(_forwarded()):
		if not _parsed(address):
			break
		if not inside(address, trusted):
			return address
	return peer


def warn_of_unknown_proxy() -> None:
	"""Once a day a line in the log, where a proxy seems to stand in front that the configuration does not name.

	All users share its address then, and wait together.
	"""
	if frappe.conf.get("trusted_proxies") or not _forwarded():
		return
	if frappe.cache.set(frappe.cache.make_key("social_care:unknown_proxy"), 1, ex=24 * 3600, nx=True):
		logger = frappe.logger("social_care.security", allow_site=True)
		logger.setLevel(logging.WARNING)
		logger.warning("X-Forwarded-For does not count: trusted_proxies is not set")


def _forwarded() -> list[str]:
	header = frappe.get_request_header("X-Forwarded-For") or frappe.get_request_header("X-Real-IP") or ""
	return [part.strip() for part in header.split(",") if part.strip()]


def networks(texts: Iterable[str] | str) -> list[Network]:
	"""Networks of a list or of a text with commas; blanks count for nothing, what is no address matches nothing."""
	parts = texts.split(",") if isinstance(texts, str) else texts
	found = (_network(part.strip()) for part in parts if part and part.strip())
	return [network for network in found if network]


def _network(text: str) -> Network | None:
	octets = text.rstrip(".").split(".")
	if "/" not in text and ":" not in text and len(octets) < 4:  # «10.1» as the framework's forms allow it
		text = ".".join(octets + ["0"] * (4 - len(octets))) + f"/{8 * len(octets)}"
	try:
		return ip_network(text, strict=False)
	except ValueError:
		return None


def inside(address: str, allowed: Iterable[Network]) -> bool:
	"""Whether the address lies in one of the networks; no address lies nowhere."""
	parsed = _parsed(address)
	return bool(parsed) and any(parsed in network for network in allowed)


def is_loopback(address: str) -> bool:
	parsed = _parsed(address)
	return bool(parsed) and parsed.is_loopback


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
	try:
		parsed = ip_address(address)
	except ValueError:
		return None
	return getattr(parsed, "ipv4_mapped", None) or parsed
