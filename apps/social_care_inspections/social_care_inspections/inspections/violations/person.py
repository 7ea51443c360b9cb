"""Persons against whom a violation is found, and persons who were excluded from work in care."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, nowdate
from social_care.registry import national_number
from social_care.registry.arabic import normalise

BARRED, POSSIBLE, CLEAR = "Barred", "Possible Match", "No Objection"
EXCLUDED = "Barred Worker"


def check(record: Document) -> None:
	"""A violation of an institution names nobody; one of a person names him, with a number that can be one."""
	record.against = record.against or "Institution"  # an import sets no defaults
	fields = ("accused_user", "accused_name", "accused_number", "accused_job")
	if record.against == "Institution":
		if any(record.get(field) for field in fields):
			record.refuse(_("A violation of the institution names no person."))
		return
	if record.accused_user and not record.accused_name:
		record.accused_name = frappe.db.get_value("User", record.accused_user, "full_name")
	record.expect(("accused_name",), _("Please fill in: {0}"))
	if record.accused_number:
		record.accused_number = checked_number(record.accused_number)


def checked_number(number: str) -> str:
	"""The number in plain digits. Raises NationalNumberError where it cannot be one."""
	plain = national_number.clean(number)
	national_number.parse(plain)
	return plain


def bar(penalty: Document, record: Document) -> None:
	"""The person of a proven violation stands on the list of those excluded, from the decision on."""
	if frappe.db.exists(EXCLUDED, {"violation_penalty": penalty.name}):
		return
	frappe.get_doc(
		{
			"doctype": EXCLUDED,
			"full_name": record.accused_name,
			"search_name": normalise(record.accused_name),
			"national_number": record.accused_number,
			"user": record.accused_user,
			"violation_penalty": penalty.name,
			"org_unit": penalty.org_unit,
			"barred_from": penalty.valid_from or penalty.decision_date,
			"barred_to": penalty.valid_to,
		}
	).insert(ignore_permissions=True)  # the list is written by decisions only


def lift(penalty: Document) -> None:
	"""A penalty that was cancelled or granted in appeal excludes nobody."""
	frappe.db.set_value(EXCLUDED, {"violation_penalty": penalty.name}, "lifted", 1)


def clearance(number: str | None, full_name: str | None, user: str | None = None) -> str:
	"""Barred for the number or account of somebody excluded today; a possible match for his name alone."""
	rows = in_force()
	if any((number and row.national_number == number) or (user and row.user == user) for row in rows):
		return BARRED
	folded = normalise(full_name or "")
	return POSSIBLE if folded and any(row.search_name == folded for row in rows) else CLEAR


def in_force() -> list[dict]:
	"""Exclusions that count today; asked by the system for everybody, shown to nobody."""
	rows = frappe.get_all(
		EXCLUDED,
		filters={"lifted": 0, "barred_from": ["<=", nowdate()]},
		fields=["national_number", "search_name", "user", "barred_to"],
		order_by="creation asc",
	)
	return [row for row in rows if not row.barred_to or getdate(row.barred_to) >= getdate(nowdate())]


def check_assignment(assignment: Document, _method: str | None = None) -> None:
	"""Staff Assignment validate hook: nobody who was excluded gets an office in an institution."""
	ends_open = not assignment.valid_to or getdate(assignment.valid_to) >= getdate(nowdate())
	if not assignment.institution or not ends_open:
		return
	if clearance(None, None, assignment.user) == BARRED:
		frappe.throw(
			_("This person was excluded from work in care by a decision; ask the directorate."),
			frappe.ValidationError,
			title=_("Clearance"),
		)
