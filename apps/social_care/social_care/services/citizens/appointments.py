"""A citizen books a day at a counter that lets him: counters by governorate, days with places left, one booking a key.

Nothing of other appointments is told but how many places a day has left.
"""

import re

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, strip_html

from social_care.services.citizens import visits
from social_care.services.citizens.apply import PAGE_KEY, PageKeyError
from social_care.services.counter import capacity
from social_care.services.counter.offices import APPOINTMENT, OFFICE
from social_care.services.runtime.telephones import phone_key

FEWEST_DIGITS = 8
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class BookingError(frappe.ValidationError):
	"""A counter that books nothing in public, or an answer that is missing."""


def counters(governorate: str) -> list[list[str]]:
	"""[[key, name]] of the governorate's counters that book in public; their names are public."""
	visits.check_guest()
	office, unit = frappe.qb.DocType(OFFICE), frappe.qb.DocType("Org Unit")
	rows = (
		frappe.qb.from_(office)
		.join(unit)
		.on(unit.name == office.org_unit)
		.select(office.name, office.office_name)
		.where((office.public_booking == 1) & (office.disabled == 0))
		.where(unit.governorate == str(governorate))
		.orderby(office.office_name)
		.run()
	)
	return [list(row) for row in rows]


def any_books() -> bool:
	"""Whether some counter books in public."""
	return bool(frappe.db.exists(OFFICE, {"public_booking": 1, "disabled": 0}))


def groups() -> list[tuple[str, str]]:
	"""(code, name) of the groups of services, in the order of the catalogue."""
	rows = frappe.get_all("Service Group", fields=["name", "group_name"], order_by="sort_order asc")
	return [(row.name, row.group_name) for row in rows]  # a reference table


def days(office: str, group: str) -> list[dict]:
	"""Days with a place left: [{"day", "title", "free"}]."""
	visits.check_guest()
	rows = capacity.days(_opened(office), str(group))
	return [
		{"day": row["day"], "title": format_date(row["day"], "EEEE d MMMM"), "free": row["free"]}
		for row in rows
		if row["free"]
	]


def _opened(name: str) -> Document:
	office = frappe.db.exists(OFFICE, {"name": str(name), "public_booking": 1, "disabled": 0})
	if not office:
		_refuse(_("This counter books no appointments on the public page."))
	return frappe.get_doc(OFFICE, office)


def book(office: str, group: str, day: str, name: str, phone: str, page_key: str) -> dict:
	"""{"office", "day", "group"} of a new appointment, or {"error": sentence}. The same key is one appointment."""
	visits.check_guest()
	if not isinstance(page_key, str) or not PAGE_KEY.fullmatch(page_key):
		frappe.throw(_("Please open the page of the service again."), PageKeyError, title=_("Appointment"))
	opened, digest = _opened(office), visits.page_digest(f"appointment:{page_key}")
	if known := frappe.db.get_value(APPOINTMENT, {"page_key": digest}):
		return told(known)
	_check_answers(group, day, name, phone)
	doc = frappe.new_doc(APPOINTMENT)
	doc.update({"office": opened.name, "service_group": group, "day": day, "page_key": digest})
	doc.update({"org_unit": opened.org_unit, "institution": opened.institution})
	doc.update({"applicant_name": name, "applicant_phone": phone})
	return _saved(doc)


def _saved(doc: Document) -> dict:
	frappe.db.savepoint("booking")
	try:
		doc.insert(ignore_permissions=True)  # guests hold no right; the record's own rules are asked
	except frappe.UniqueValidationError:
		frappe.db.rollback()  # to the end of the snapshot, which does not know the first one
		frappe.clear_messages()
		return told(frappe.db.get_value(APPOINTMENT, {"page_key": doc.page_key}))
	except frappe.ValidationError as error:
		frappe.db.rollback(save_point="booking")
		frappe.clear_messages()
		return {"error": strip_html(str(error))}
	return told(doc.name)


def _check_answers(group: str, day: str, name: str, phone: str) -> None:
	texts = all(isinstance(value, str) and len(value) <= 140 for value in (group, day, name, phone))
	if not texts or not frappe.db.exists("Service Group", group):
		_refuse(_("Please look at the fields that are marked."))
	if len(name.split()) < 2:
		_refuse(_("Write the applicant's name with at least two parts."))
	if len(phone_key(phone)) < FEWEST_DIGITS:
		_refuse(_("Write a telephone number of at least eight digits."))
	if not DAY.fullmatch(day):
		_refuse(_("Choose a day."))


def told(name: str) -> dict:
	"""What the page shows of a booking: nobody's name."""
	row = frappe.db.get_value(APPOINTMENT, name, ["office", "day", "service_group"], as_dict=True)
	return {
		"office": frappe.db.get_value(OFFICE, row.office, "office_name"),
		"day": format_date(row.day, "EEEE d MMMM yyyy"),
		"group": frappe.db.get_value("Service Group", row.service_group, "group_name"),
	}


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, BookingError, title=_("Appointment"))
