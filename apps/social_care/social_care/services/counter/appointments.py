"""Appointments of a counter, as its clerks keep them."""

import frappe
from frappe import _
from frappe.utils import nowdate

from social_care.services.counter import capacity, offices
from social_care.services.counter.offices import APPOINTMENT


def days(office: str, group: str) -> list[dict]:
	"""Days on which a group may be booked, and places left."""
	return capacity.days(offices.opened(office, APPOINTMENT, "read"), str(group))


def book(office: str, group: str, day: str, name: str, phone: str, remarks: str = "") -> dict:
	"""A new appointment: {"name", "day"}. Raises NoPlaceError."""
	opened = offices.opened(office, APPOINTMENT, "create")
	doc = frappe.new_doc(APPOINTMENT)
	doc.update({"office": opened.name, "service_group": group, "day": day, "remarks": remarks})
	doc.update({"applicant_name": name, "applicant_phone": phone})
	doc.insert()
	return {"name": doc.name, "day": str(doc.day)}


def cancel(name: str) -> None:
	"""Give a booked place back."""
	doc = offices.record(APPOINTMENT, name, "write", lock=True)
	if doc.state != "Booked":
		frappe.throw(
			_("This appointment is «{0}» now.").format(_(doc.state)),
			capacity.NoPlaceError,
			title=_("Appointment"),
		)
	doc.state, doc.flags.by_counter = "Cancelled", True
	doc.save()


def today(office: str) -> list[dict]:
	"""Who is expected at the counter today, and who has come."""
	opened = offices.opened(office, APPOINTMENT, "read")
	return frappe.get_list(
		APPOINTMENT,
		filters={"office": opened.name, "day": nowdate(), "state": ["!=", "Cancelled"]},
		fields=["name", "applicant_name", "service_group", "state"],
		order_by="applicant_name asc, name asc",
		limit_page_length=0,
	)
