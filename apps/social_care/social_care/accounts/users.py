"""Who sees which accounts: staff those of their own places, a website user his own, administrators all."""

import frappe
from frappe.core.doctype.user.user import user_query as framework_query
from frappe.desk import search

from social_care.organisation.grants import active_grants
from social_care.scope import RowScope, escape

ADMINISTRATORS = {"System Manager", "Functional Administrator"}


def get_permission_query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Condition on User for lists, link search and reports."""
	user = user or frappe.session.user
	if user == "Administrator" or ADMINISTRATORS & set(frappe.get_roles(user)):
		return ""
	own = f"`tabUser`.`name` = {escape(user)}"
	scope = RowScope(user, active_grants(user))
	if not scope.grants:
		return f"({own})"
	everybody = "select `user` from `tabStaff Assignment`"
	if scope.everywhere:
		return f"({own} or `tabUser`.`name` in ({everybody}))"
	units = scope.sql("Staff Assignment", {"unit": "org_unit"})
	homes = scope.sql("Institution", {"unit": "org_unit", "institution": "name"})
	where = f"{units} or `institution` in (select `name` from `tabInstitution` where {homes})"
	return f"({own} or `tabUser`.`name` in ({everybody} where {where}))"


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def user_query(doctype, txt, searchfield, start, page_len, filters):
	"""Link search for accounts, of the desk only, within the caller's list.

	Whoever gives assignments also finds an account that has none yet, by its whole address.
	"""
	filters = dict(filters or {})
	if not ADMINISTRATORS & set(frappe.get_roles()):
		filters.pop("ignore_user_type", None)
	found = framework_query(
		doctype=doctype, txt=txt, searchfield="name", start=start, page_len=page_len, filters=filters
	)
	return found or _unplaced(txt)


def _unplaced(address: str) -> list[tuple]:
	if "@" not in address or not frappe.has_permission("Staff Assignment", "create"):
		return []
	filters = {"name": address, "enabled": 1}
	rows = frappe.get_all("User", filters=filters, fields=["name", "full_name"])
	return [
		(row.name, row.full_name)
		for row in rows
		if not frappe.db.exists("Staff Assignment", {"user": row.name})
	]


@frappe.whitelist()
def get_names_for_mentions(search_term: str) -> list[dict]:
	"""Names after an @, of accounts that the caller's list has."""
	seen = set(frappe.get_list("User", pluck="name", limit_page_length=0))
	rows = search.get_names_for_mentions(search_term)
	return [row for row in rows if row.get("is_group") or row["id"] in seen]
