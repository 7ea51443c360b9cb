"""Requests that are about a family, on its file: permits to travel with the child, and names to add to the child's.

Whoever reads the file reads here those requests that he may read for themselves; of each what stands at the lowest level, and no name.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import format_date, getdate

from social_care_kafala.kafala.family_requests import ties

SHOWN = ("name", "status", "submitted_on")
JOURNEY, ADDITION = ("to_country", "leaves_on", "returns_on"), ("addition",)


def of_file(file: Document) -> list[dict]:
	"""[{doctype, name, kind, state, day, details}], the newest first; nothing before the hand-over."""
	if file.status not in ties.WITH_A_CHILD or not file.handed_over_on:
		return []
	found = [row for service in ties.SERVICES for row in of_service(file, service)]
	return sorted(found, key=lambda row: (row["day"], row["name"]), reverse=True)


def of_service(file: Document, service: str) -> list[dict]:
	"""Requests of one service that are about the family and the reader's to read."""
	row = frappe.db.get_value("Service", service, ["service_name", "request_type"], as_dict=True)
	doctype = row and row.request_type
	if not doctype or not names_a_child(doctype) or not frappe.has_permission(doctype, "read"):
		return []
	names = [
		name
		for name, tie in ties.tied(candidates(file, doctype)).items()
		if tie.file == file.name and tie.readable()
	]
	return [shown(doctype, row.service_name, request) for request in readable(doctype, names)]


def names_a_child(doctype: str) -> bool:
	"""Whether the service is published, and its requests still name a child and an applicant."""
	return bool(frappe.db.table_exists(doctype)) and all(
		frappe.get_meta(doctype).has_field(field) for field in ties.FIELDS[1:]
	)


def candidates(file: Document, doctype: str) -> list[dict]:
	"""Requests since the hand-over that name a child or an adult of the family, whoever may see them."""
	request = DocType(doctype)
	children = {file.child, *ties.children_of([file.name]).get(file.name, set())}
	adults = ties.adults_of([file.name]).get(file.name, [])
	named = request.child.isin(sorted(children - {None, ""}) or [""])
	named |= request.person.isin([one.person for one in adults if one.person] or [""])
	numbers = [one.national_number for one in adults if one.national_number]
	named |= request.applicant_national_number.isin(numbers or [""])
	query = frappe.qb.from_(request).select(*(request[field] for field in ties.FIELDS))
	query = query.where(named & (request.submitted_on >= file.handed_over_on))
	return query.orderby(request.name).run(as_dict=True)


def readable(doctype: str, names: list[str]) -> list[dict]:
	"""Those of the reader's own list, with what this panel shows of them; fields that a later version of the pack dropped stay away."""
	if not names:
		return []
	meta = frappe.get_meta(doctype)
	own = [field for field in (*JOURNEY, *ADDITION) if meta.has_field(field)]
	return frappe.get_list(
		doctype, {"name": ["in", names]}, [*SHOWN, *own], order_by="name asc", limit_page_length=0
	)


def shown(doctype: str, kind: str, request: dict) -> dict:
	"""One line: kind, number, state, day; destination and period of a journey, or what is added to the name."""
	return {
		"doctype": doctype,
		"name": request.name,
		"kind": kind,
		"state": _(request.status),
		"day": str(getdate(request.submitted_on)),
		"details": journey(request) or _(request.get("addition") or ""),
	}


def journey(request: dict) -> str:
	"""Where the family travels, and from when to when."""
	if not request.get("to_country"):
		return ""
	country = _(request.to_country)
	if not (request.get("leaves_on") and request.get("returns_on")):
		return country
	days = format_date(request.leaves_on), format_date(request.returns_on)
	return _("{0}, from {1} to {2}").format(country, *days)
