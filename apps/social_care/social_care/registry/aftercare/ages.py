"""Ages at which care ends and aftercare begins (Social Care Settings; Child Law 12/1996, art. 48)."""

from datetime import date

import frappe
from frappe.utils import add_months, add_years, getdate, nowdate

LEAVING_AGE, AFTERCARE_FROM, NOTICE_MONTHS = 18, 15, 12


def setting(field: str, otherwise: int) -> int:
	"""A number of Social Care Settings; where it was never set, the law's."""
	return int(frappe.get_cached_doc("Social Care Settings").get(field) or otherwise)


def leaving_day(birth_date) -> date:
	"""The day on which a child reaches the age of leaving care."""
	return getdate(add_years(birth_date, setting("leaving_age", LEAVING_AGE)))


def born_until(months_ahead: int = 0) -> date:
	"""Latest birth date of those who reach the age of leaving within so many months from today."""
	day = add_months(nowdate(), months_ahead)
	return getdate(add_years(day, -setting("leaving_age", LEAVING_AGE)))


def notice_months() -> int:
	"""How long before the age of leaving a child stands on the list."""
	return setting("leaving_notice_months", NOTICE_MONTHS)


def is_for_aftercare(child) -> bool:
	"""Whether the part «Aftercare» of a file is shown: from an age on, and for those who are in aftercare."""
	if child.get("life_state") == "In Aftercare":
		return True
	if not child.get("birth_date"):
		return False
	from_age = setting("aftercare_from_age", AFTERCARE_FROM)
	return getdate(add_years(child.birth_date, from_age)) <= getdate(nowdate())
