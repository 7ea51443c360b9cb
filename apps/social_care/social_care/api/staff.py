import frappe
from frappe import _

from social_care.organisation.staff_roles import may_give
from social_care.registry.arabic import normalise
from social_care.setup.tables import table


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def pick_role(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict | None = None
) -> list[tuple]:
	"""Roles that the caller may assign, found by their Arabic or English name."""
	wanted = normalise(txt)
	found = [
		(row["role"], row["role_ar"])
		for row in table("roles")
		if row["level"] != "base" and may_give(frappe.session.user, row["role"])
	]
	matching = [
		pair
		for pair in found
		if wanted in normalise(pair[1]) or wanted in pair[0].lower() or wanted in normalise(_(pair[0]))
	]
	return matching[start : start + page_len]
