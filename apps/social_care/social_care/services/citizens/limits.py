"""How often and how much: everything that Social Care Settings bound of what comes from the public pages."""

import frappe
from frappe.utils import cint

from social_care.accounts.attempts import Limit

MINUTE, HOUR = 60, 3600
FIRST_VALUES = {
	"citizen_calls_per_minute": 60,
	"citizen_requests_per_hour": 60,
	"citizen_files_per_hour": 200,
	"citizen_follow_failures": 5,
	"citizen_follow_wait_minutes": 15,
	"citizen_address_failures": 50,
	"citizen_visit_minutes": 60,
	"citizen_file_mb": 5,
	"citizen_files_per_request": 20,
}


def setting(name: str) -> int:
	return cint(frappe.get_cached_doc("Social Care Settings").get(name)) or FIRST_VALUES[name]


def calls_a_minute() -> int:
	"""Calls of one address in a minute, of each kind."""
	return setting("citizen_calls_per_minute")


def requests_an_hour() -> int:
	"""Requests that one address sends in an hour. Many telephones of one operator share an address."""
	return setting("citizen_requests_per_hour")


def files_an_hour() -> int:
	return setting("citizen_files_per_hour")


def receipt_failures() -> Limit:
	"""Wrong telephones for one receipt number, whether there is such a receipt or not."""
	wait = setting("citizen_follow_wait_minutes") * MINUTE
	return Limit("follow_of_receipt", setting("citizen_follow_failures"), wait)


def address_failures() -> Limit:
	"""Wrong pairs of number and telephone from one address, whichever numbers were tried."""
	wait = setting("citizen_follow_wait_minutes") * MINUTE
	return Limit("follow_of_address", setting("citizen_address_failures"), wait)
