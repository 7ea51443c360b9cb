"""What all rows of the campaign need: empty columns, days on which offices work, times after a visit."""

from datetime import date, datetime, timedelta
from functools import cache

import frappe
from frappe.model import no_value_fields
from social_care.demo.generator.records import office_hour
from social_care.services.working_days import REST, WEEK

NUMBERS = ("Check", "Int", "Float", "Currency", "Percent")


@cache
def blank(doctype: str) -> dict:
	"""Every column of a DocType as it is before anything was entered."""
	fields = [
		df
		for df in frappe.get_meta(doctype).fields
		if df.fieldtype not in no_value_fields and not df.is_virtual
	]
	return {df.fieldname: 0 if df.fieldtype in NUMBERS else None for df in fields}


def working(day: date) -> date:
	"""The day, or the next one on which offices work; holidays are not looked for."""
	while WEEK[day.weekday()] in REST:
		day += timedelta(days=1)
	return day


def after(moment: datetime, days: int, minutes: int = 0) -> datetime:
	"""A time on a working day so many days later."""
	return office_hour(working(moment.date() + timedelta(days=days)), minutes)
