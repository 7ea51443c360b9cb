"""Figures of the number cards. Each counts the rows of the places where the caller holds any assignment."""

import frappe

from social_care.registry import figures
from social_care.registry.case_work import figures as case_work

Card = dict[str, int | str | list | dict]


def card(value: int, doctype: str | None = None, **route_options) -> Card:
	"""What a number card of type Custom shows, with the list that it opens where the caller may read it."""
	answer: Card = {"value": value, "fieldtype": "Int"}
	if doctype and frappe.has_permission(doctype, "read"):
		answer |= {"route": ["List", doctype], "route_options": route_options}
	return answer


@frappe.whitelist()
def children_in_care(filters: str | None = None) -> Card:
	"""Children who live in an institution today."""
	return card(
		figures.children(figures.IN_INSTITUTION), "Child", life_state="Active", institution=["is", "set"]
	)


@frappe.whitelist()
def operating_institutions(filters: str | None = None) -> Card:
	return card(figures.institutions("status = 'Operating'"), "Institution", status="Operating")


@frappe.whitelist()
def approved_files(filters: str | None = None) -> Card:
	return _files("Approved")


@frappe.whitelist()
def unsubmitted_files(filters: str | None = None) -> Card:
	return _files("Draft")


@frappe.whitelist()
def files_to_review(filters: str | None = None) -> Card:
	return _files("Submitted by Institution")


@frappe.whitelist()
def files_to_approve(filters: str | None = None) -> Card:
	return _files("Reviewed by Directorate")


@frappe.whitelist()
def returned_files(filters: str | None = None) -> Card:
	return _files("Returned")


def _files(state: str) -> Card:
	return card(figures.children(figures.file_state(state)), "Child", file_state=state)


@frappe.whitelist()
def children_without_national_number(filters: str | None = None) -> Card:
	"""Children in care whose file has no national number, explained or not."""
	return card(figures.children(figures.NO_NATIONAL_NUMBER))


@frappe.whitelist()
def photographs_due(filters: str | None = None) -> Card:
	"""Children in care without a photograph, or with one older than the settings allow."""
	return card(figures.children(figures.photograph_due()))


@frappe.whitelist()
def institutions_over_capacity(filters: str | None = None) -> Card:
	return card(figures.institutions(figures.OVER_CAPACITY))


@frappe.whitelist()
def open_duplicates(filters: str | None = None) -> Card:
	"""Open pairs that the caller may decide."""
	if not frappe.has_permission("Duplicate Candidate", "read"):
		return card(0)
	found = frappe.get_list(
		"Duplicate Candidate", filters={"status": "Open"}, fields=["count(name) as total"]
	)
	return card(found[0].total, "Duplicate Candidate", status="Open")


@frappe.whitelist()
def directorates_with_data_officer(filters: str | None = None) -> Card:
	"""Directorates that have an active data officer today, of all directorates."""
	return card(figures.directorates_with_data_officer())


@frappe.whitelist()
def reviews_due(filters: str | None = None) -> Card:
	"""Children whose care review is due soon or overdue; opens the report of them."""
	answer = card(figures.children(case_work.reviews_due()))
	return answer | {"route": ["query-report", "Care Reviews Due"]}


@frappe.whitelist()
def plans_missing(filters: str | None = None) -> Card:
	"""Children in care without an active plan, after the days that the rule allows."""
	return card(figures.children(case_work.plan_missing()))


@frappe.whitelist()
def open_events(filters: str | None = None) -> Card:
	"""Significant events that nobody has closed yet."""
	return card(case_work.open_events(), "Significant Event", status=["!=", "Closed"])
