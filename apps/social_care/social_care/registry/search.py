"""Searching people by Arabic names as they are spoken of, in link pickers and lists."""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.registry.arabic import ascii_digits, normalise, search_terms
from social_care.registry.levels import field_readable
from social_care.scope.pages import side_of_page
from social_care.scope.searching import asked_from, search_of

NATIONAL_NUMBER = 14  # digits
PICKERS = {
	"Child": ("full_name", "search_name", ["name", "full_name", "institution_name", "birth_date"]),
	"Person": ("full_name", "search_name", ["name", "full_name", "birth_date"]),
	"Family": ("family_title", "search_name", ["name", "family_title", "governorate"]),
}


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def pick(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict | list | None = None
) -> list[tuple]:
	"""Rows of Child, Person or Family for a link field, within the caller's scope."""
	title, key, fields = PICKERS[doctype]
	filters = as_filters(doctype, filters) + not_merged(doctype)
	found = {"filters": filters + name_filters(key, txt)}
	if txt and txt.isascii():  # a number of a file, or a name in Latin letters
		either = [["name", "like", f"%{txt}%"], [key, "like", f"%{normalise(txt)}%"]]
		found = {"filters": filters, "or_filters": either}
	order = f"{title} asc"
	with asked_from(
		*(search_of(doctype, found["filters"]) if txt else (side_of_page(doctype, order), doctype))
	):
		return frappe.get_list(
			doctype,
			**found,
			fields=fields,
			limit_start=start,
			limit_page_length=page_len,
			order_by=order,
			as_list=True,
		)


def not_merged(doctype: str) -> list[list]:
	"""What stands for itself; records merged into another are not picked."""
	return [["merged_into", "is", "not set"]] if frappe.get_meta(doctype).has_field("merged_into") else []


def box_filters(doctype: str, text: str) -> list[list]:
	"""Filters for the search box of a list: words of a name in any order and spelling, a code, or a national number.

	A whole national number is looked for only by whoever may read that field; others find nothing by it.
	"""
	typed = ascii_digits(text or "").strip()
	number = typed.replace(" ", "")
	if number.isdigit() and len(number) == NATIONAL_NUMBER and may_read_number(doctype):
		return [["national_number", "=", number]]
	if any(letter.isdigit() for letter in typed) and typed.isascii():
		return [["name", "like", f"%{typed}%"]]
	return name_filters("search_name", typed)


def may_read_number(doctype: str) -> bool:
	"""Whether the session user reads national numbers in lists of `doctype`."""
	return field_readable(doctype, "national_number")


def people(text: str, limit: int = 10) -> list[dict]:
	"""Children for the search of the whole desk: {"doctype", "name", "content"}, within the caller's scope."""
	filters = box_filters("Child", text)
	if not filters or not frappe.has_permission("Child", "read"):
		return []
	rows = frappe.get_list(
		"Child",
		filters=filters,
		fields=["name", "full_name", "institution_name"],
		order_by="full_name asc",
		limit_page_length=limit,
	)
	return [
		{
			"doctype": "Child",
			"name": row.name,
			"content": f"{_('Full Name')} : {row.full_name} ||| {_('Institution Name')} : {row.institution_name or ''}",
			"rank": 1.0,
		}
		for row in rows
	]


def as_filters(doctype: str, filters: dict | list | None) -> list:
	"""Filters of a link field as a list of conditions, unknown fields left out."""
	if isinstance(filters, dict):
		filters = [
			[
				field,
				"=" if not isinstance(value, list | tuple) else value[0],
				value if not isinstance(value, list | tuple) else value[1],
			]
			for field, value in filters.items()
		]
	known = set(frappe.get_meta(doctype).get_valid_columns())
	return [list(row)[-3:] for row in filters or [] if list(row)[-3:][0] in known]


def name_filters(key: str, text: str | None) -> list:
	"""One condition a word: every word of the search occurs in the search key."""
	return [[key, "like", f"%{term}%"] for term in search_terms(text)]


def fill_search_name(doc: Document, source: str) -> None:
	"""Keep the search key of a titled row in step with its title."""
	doc.search_name = normalise(doc.get(source))
