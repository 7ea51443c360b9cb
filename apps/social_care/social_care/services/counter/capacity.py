"""How many appointments a counter gives on a day, and how many are left."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, date_diff, format_date, getdate, nowdate

from social_care.services.counter import offices
from social_care.services.working_days import is_working

CANCELLED = "Cancelled"


class NoPlaceError(frappe.ValidationError):
	"""No appointment on this day."""


def take(appointment: Document) -> None:
	"""Refuse an appointment that has no place. The counter stays locked, so the last place is given once."""
	offices.lock(appointment.office)
	office, day = frappe.get_doc(offices.OFFICE, appointment.office), getdate(appointment.day)
	check_day(office, day)
	if free(office, appointment.service_group, day, appointment.name or "") < 1:
		_refuse(_("There is no place left on {0}.").format(format_date(day)))
	check_once(appointment, day)


def check_day(office: Document, day: date) -> None:
	"""A day on which the offices work, from today to as many days ahead as the counter allows."""
	ahead = date_diff(day, nowdate())
	if office.disabled:
		_refuse(_("This counter is closed."))
	if ahead < 0:
		_refuse(_("The day of an appointment is not in the past."))
	if ahead > office.days_ahead:
		last = add_days(nowdate(), office.days_ahead)
		_refuse(_("The last day that may be booked is {0}.").format(format_date(last)))
	if not is_working(day):
		_refuse(_("The offices are closed on {0}.").format(format_date(day)))


def check_once(appointment: Document, day: date) -> None:
	"""One telephone holds one place of a group on a day."""
	same = {
		"office": appointment.office,
		"day": day,
		"service_group": appointment.service_group,
		"phone_key": appointment.phone_key,
		"state": "Booked",
		"name": ["!=", appointment.name or ""],
	}
	if appointment.phone_key and frappe.db.exists(offices.APPOINTMENT, same):
		_refuse(_("This telephone has an appointment on this day already."))


def places(office: Document, group: str, day: date) -> int:
	"""Places of a day for a group: its own row, else the row without a group, else none."""
	rows = {row.service_group or "": row.places for row in _rows(office, day)}
	return rows.get(group, rows.get("", 0))


def _rows(office: Document, day: date) -> list[Document]:
	return [
		row
		for row in office.capacities
		if (not row.from_date or getdate(row.from_date) <= day)
		and (not row.to_date or getdate(row.to_date) >= day)
	]


def free(office: Document, group: str, day: date, besides: str = "") -> int:
	"""Places left, counted under the lock of `take` past this transaction's snapshot. Never below 0."""
	own = {row.service_group for row in _rows(office, day) if row.service_group}
	table = frappe.qb.DocType(offices.APPOINTMENT)
	query = (
		frappe.qb.from_(table)
		.select(table.name)
		.where((table.office == office.name) & (table.day == day))
		.where((table.state != CANCELLED) & (table.name != besides))
		.for_update()
	)
	if group in own:
		query = query.where(table.service_group == group)
	elif own:
		query = query.where(table.service_group.notin(sorted(own)))
	return max(places(office, group, day) - len(query.run()), 0)


def days(office: Document, group: str) -> list[dict]:
	"""Days that may be booked: [{"day", "places", "free"}]; one query for all of them."""
	first, last = getdate(nowdate()), getdate(add_days(nowdate(), office.days_ahead))
	taken = _taken(office, first, last)
	found = []
	for step in range(office.days_ahead + 1):
		day = getdate(add_days(first, step))
		room = places(office, group, day) if is_working(day) else 0
		if room:
			own = {row.service_group for row in _rows(office, day) if row.service_group}
			used = sum(
				number
				for (other, on), number in taken.items()
				if on == day and (other == group if group in own else other not in own)
			)
			found.append({"day": str(day), "places": room, "free": max(room - used, 0)})
	return found


def _taken(office: Document, first: date, last: date) -> dict[tuple[str, date], int]:
	"""Appointments by group and day; numbers only, of the counter that the caller has opened."""
	rows = frappe.get_all(
		offices.APPOINTMENT,
		filters={"office": office.name, "day": ["between", [first, last]], "state": ["!=", CANCELLED]},
		fields=["service_group", "day", "count(name) as number"],
		group_by="service_group, day",
		order_by=None,
	)
	return {(row.service_group, row.day): row.number for row in rows}


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, NoPlaceError, title=_("Appointment"))
