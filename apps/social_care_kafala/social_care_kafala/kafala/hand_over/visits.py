"""The follow-up of a child in the family: which visit is due when, as the settings say, until the child is of age."""

from collections.abc import Iterator
from datetime import date

import frappe
from frappe.model.document import Document
from frappe.utils import add_months, cint, getdate, nowdate

from social_care_kafala.kafala.path.clock import settings

DOCTYPE = "Kafala Follow-Up Visit"
DUE, MADE, CANCELLED = "Visit Due", "Visit Made", "Visit Cancelled"
SCHEDULED, ON_ALERT = "Visit Schedule", "On an Alert"


def days(start: date, monthly: int, every: int, until: date) -> Iterator[date]:
	"""Days of visits: each month at first, then every so many months, until a day. Pure."""
	month, day = 0, start
	while True:
		month += 1 if month < monthly else max(every, 1)
		day = getdate(add_months(start, month))
		if day > until:
			return
		yield day


def next_day(start: date, after: date, born: date) -> date | None:
	"""The first visit after a day; None once the child is of age."""
	rules = settings()
	until = getdate(add_months(born, 12 * cint(rules.follow_until)))
	planned = days(start, cint(rules.monthly_visits), cint(rules.visit_every), until)
	return next((day for day in planned if day > after), None)


def plan(file: str, child: str, start: date | str, after: date | str) -> str | None:
	"""The next visit to a child, where one is still to be made; its name."""
	born = frappe.db.get_value("Child", child, "birth_date")
	day = next_day(getdate(start), getdate(after), getdate(born)) if born else None
	if not day:
		return None
	doc = frappe.new_doc(DOCTYPE)
	doc.family_file = file
	doc.flags.planned = {"child": child, "due_on": day}
	doc.flags.ignore_permissions = True  # the hand-over, or the visit before, is the right to it
	return doc.insert().name


def plan_after(visit: Document) -> None:
	"""The visit that follows one that was made."""
	start = frappe.db.get_value("Kafala Family File", visit.family_file, "handed_over_on")
	if start:
		plan(visit.family_file, visit.child, start, max(getdate(visit.visit_date), getdate(visit.due_on)))


def cancel(file: str) -> None:
	"""No visit is due any more in a family whose kafala has ended."""
	visit = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.update(visit).set(visit.status, CANCELLED).set(visit.open_child, None)
	query.where((visit.family_file == file) & (visit.status == DUE)).run()


def pass_on(ending: Document) -> None:
	"""The follow-up ends with the kafala; with the next family of the child another one begins."""
	cancel(ending.family_file)
	start = ending.next_file and frappe.db.get_value("Kafala Family File", ending.next_file, "handed_over_on")
	if start:
		plan(ending.next_file, ending.child, start, start)


def overdue() -> dict:
	"""Filter of visits that should have been made before today."""
	return {"status": DUE, "due_on": ["<", nowdate()]}
