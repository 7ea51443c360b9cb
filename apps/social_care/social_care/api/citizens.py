"""Calls of the public pages of services. Guests: citizens have no account. Each is a POST, counted for each address, and
opens nothing but what the receipt in hand stands for; what they answer is decided in services/citizens/. Texts are refused
there where they hold markup, so the framework does not rewrite them (`xss_safe`): «5 < 6» stays as it was written.
"""

import frappe
from frappe.rate_limiter import rate_limit

from social_care.services.citizens import apply as applying
from social_care.services.citizens import appointments, following, limits, places, uploads, visits
from social_care.services.citizens.offers import offer


# Guests: public names of offices, without which nobody could say where his request goes.
@frappe.whitelist(allow_guest=True, xss_safe=True, methods=["POST"])
@rate_limit(limit=limits.calls_a_minute, seconds=limits.MINUTE)
def offices(service: str, governorate: str) -> list[dict]:
	"""Offices (and institutions) of a governorate that take requests of a service."""
	visits.check_guest()
	return places.choices(offer(service).pack, places.known(governorate))


# Guests: names of institutions that a form may ask for.
@frappe.whitelist(allow_guest=True, xss_safe=True, methods=["POST"])
@rate_limit(limit=limits.calls_a_minute, seconds=limits.MINUTE)
def institutions(service: str, governorate: str) -> list[list[str]]:
	"""Operating institutions of a governorate by name, for a service whose form asks for one."""
	visits.check_guest()
	return places.institutions_for(offer(service).pack, places.known(governorate))


# Guests: whoever asks for a service has no account.
@frappe.whitelist(allow_guest=True, xss_safe=True, methods=["POST"])
@rate_limit(limit=limits.requests_an_hour, seconds=limits.HOUR)
def apply(service: str, data: str, page_key: str) -> dict:
	"""Send a form: a receipt, or sentences by field."""
	return applying.apply(service, data, page_key)


# Guests: receipt number and telephone open this one receipt.
@frappe.whitelist(allow_guest=True, xss_safe=True, methods=["POST"])
@rate_limit(limit=limits.calls_a_minute, seconds=limits.MINUTE)
def follow(receipt: str, phone: str) -> dict:
	"""Requests of a receipt."""
	return following.follow(receipt, phone)


# Guests: the pass of a visit opens its receipt.
@frappe.whitelist(allow_guest=True, xss_safe=True, methods=["POST"])
@rate_limit(limit=limits.calls_a_minute, seconds=limits.MINUTE)
def look(visit: str) -> dict:
	"""Requests of an open visit."""
	return following.look(visit)


# Guests: the pass of a visit opens its receipt.
@frappe.whitelist(allow_guest=True, xss_safe=True, methods=["POST"])
@rate_limit(limit=limits.calls_a_minute, seconds=limits.MINUTE)
def step(visit: str, request: str, code: str, text: str = "", seen: int | str = 0) -> dict:
	"""Answer, withdraw or appeal."""
	return following.step(visit, request, code, text, seen)


# Guests: the pass of a visit opens its receipt.
@frappe.whitelist(allow_guest=True, xss_safe=True, methods=["POST"])
@rate_limit(limit=limits.calls_a_minute, seconds=limits.MINUTE)
def rate(visit: str, request: str, stars: int | str, text: str = "") -> dict:
	"""Rate an ended request once."""
	return following.rate(visit, request, stars, text)


# Guests: the pass of a visit opens its receipt; the file is stored privately and never given back.
@frappe.whitelist(allow_guest=True, xss_safe=True, methods=["POST"])
@rate_limit(limit=limits.files_an_hour, seconds=limits.HOUR)
def upload(visit: str, request: str, paper: str, more: int | str = 0) -> dict:
	"""Bring one paper as a file; with `more` as a further file of it."""
	return uploads.upload(visit, request, paper, more)


# Guests: names of counters that book in public, without which nobody could choose one.
@frappe.whitelist(allow_guest=True, xss_safe=True, methods=["POST"])
@rate_limit(limit=limits.calls_a_minute, seconds=limits.MINUTE)
def counters(governorate: str) -> list[list[str]]:
	"""Counters of a governorate that book appointments on the public page."""
	return appointments.counters(governorate)


# Guests: days of a counter that books in public, and how many places they have left.
@frappe.whitelist(allow_guest=True, xss_safe=True, methods=["POST"])
@rate_limit(limit=limits.calls_a_minute, seconds=limits.MINUTE)
def days(office: str, group: str) -> list[dict]:
	"""Days with a place left."""
	return appointments.days(office, group)


# Guests: whoever comes to an office has no account.
@frappe.whitelist(allow_guest=True, xss_safe=True, methods=["POST"])
@rate_limit(limit=limits.requests_an_hour, seconds=limits.HOUR)
def book(office: str, group: str, day: str, name: str, phone: str, page_key: str) -> dict:
	"""Book an appointment once."""
	return appointments.book(office, group, day, name, phone, page_key)
