"""Counters and who works at them. Every call of this package begins with `opened`."""

import frappe
from frappe import _
from frappe.model.document import Document

OFFICE, TICKET, APPOINTMENT, RECEIPT = (
	"Service Office",
	"Service Ticket",
	"Service Appointment",
	"Service Receipt",
)


class CounterError(frappe.ValidationError):
	"""What the counter does not do now."""


def opened(name: str, doctype: str = TICKET, right: str = "create") -> Document:
	"""The counter, for a user who holds `right` on records of `doctype` at its place. Raises PermissionError."""
	office = record(OFFICE, name, "read")
	place = {"org_unit": office.org_unit, "institution": office.institution}
	frappe.get_doc({"doctype": doctype, "office": office.name, **place}).check_permission(right)
	if office.disabled and right != "read":
		frappe.throw(_("This counter is closed."), CounterError, title=_("Service Counter"))
	return office


def record(doctype: str, name: str | None, right: str, lock: bool = False) -> Document:
	"""A record that the user holds `right` on. One that is another's and one that is nobody's are refused alike."""
	if not name or not frappe.db.exists(doctype, str(name)) or not _may(doctype, str(name), right):
		frappe.throw(
			_("There is no such record at your places."), frappe.PermissionError, title=_("Service Counter")
		)
	return frappe.get_doc(doctype, str(name), for_update=lock)


def _may(doctype: str, name: str, right: str) -> bool:
	return bool(frappe.has_permission(doctype, right, doc=name))


def mine() -> list[dict]:
	"""Counters that the session user may look at: {"name", "office_name", "windows", "target_minutes"}."""
	return frappe.get_list(
		OFFICE,
		filters={"disabled": 0},
		fields=["name", "office_name", "windows", "target_minutes"],
		order_by="office_name asc, name asc",
		limit_page_length=0,
	)


def take_place(doc: Document) -> None:
	"""A record of a counter belongs where the counter is, whatever a client sent."""
	doc.org_unit, doc.institution = frappe.db.get_value(OFFICE, doc.office, ["org_unit", "institution"]) or (
		None,
		None,
	)


def lock(name: str) -> None:
	"""Until the transaction ends nobody else gives numbers, calls or books at this counter. The first lock that is taken."""
	frappe.db.get_value(OFFICE, name, "name", for_update=True)
