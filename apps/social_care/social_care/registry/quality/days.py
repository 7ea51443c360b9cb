"""The day on which rules are asked: today, or the day of a demonstration nation."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import frappe
from frappe.utils import nowdate


def today() -> str:
	return str(getattr(frappe.local, "social_care_quality_day", None) or nowdate())


@contextmanager
def on_day(day: date) -> Iterator[None]:
	"""Rules are asked as on that day."""
	frappe.local.social_care_quality_day = day
	frappe.local.social_care_quality_rules = None
	try:
		yield
	finally:
		frappe.local.social_care_quality_day = frappe.local.social_care_quality_rules = None
