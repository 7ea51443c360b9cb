"""Rows for tests, made through the controllers."""

import frappe
from frappe.utils import add_days, nowdate
from social_care.tests.factories import unique


def note(day: int, works: float, **values) -> dict:
	"""A follow-up note `day` days from today."""
	return {"follow_up_date": add_days(nowdate(), day), "works_progress": works, "note": "معاينة", **values}


def building(unit: str, **values):
	"""A building allocated to a directorate 400 days ago."""
	complete = {
		"building_name": unique("مبنى"),
		"org_unit": unit,
		"address": "شارع المحطة",
		"building_owner": "هيئة المجتمعات العمرانية",
		"decision_number": "114",
		"decision_date": add_days(nowdate(), -400),
	}
	return frappe.get_doc({"doctype": "Kafala Centre Building", **complete, **values}).insert()
