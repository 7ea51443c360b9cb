"""Searching people by Arabic names as they are spoken of, in link pickers and lists."""

import frappe
from frappe.model.document import Document

from social_care.registry.arabic import normalise, search_terms

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
	found = {"filters": as_filters(doctype, filters) + name_filters(key, txt)}
	if txt and txt.isascii():  # a number of a file, or a name in Latin letters
		either = [["name", "like", f"%{txt}%"], [key, "like", f"%{normalise(txt)}%"]]
		found = {"filters": as_filters(doctype, filters), "or_filters": either}
	return frappe.get_list(
		doctype,
		**found,
		fields=fields,
		limit_start=start,
		limit_page_length=page_len,
		order_by=f"{title} asc",
		as_list=True,
	)


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
