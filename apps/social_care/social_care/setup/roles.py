"""Roles of the ministry's people (setup/data/roles.csv), each with a Role Profile of its Arabic name."""

from functools import cache

import frappe

from social_care.setup.tables import table

BASE_ROLE = "Social Care User"


@cache
def managed_roles() -> frozenset[str]:
	"""Names of the roles that Staff Assignments give and take."""
	return frozenset(row["role"] for row in table("roles"))


def roles_of_level(level: str) -> list[str]:
	"""Roles that belong to a level: national, directorate, district or institution."""
	return [row["role"] for row in table("roles") if row["level"] == level]


def ensure_roles() -> None:
	"""Create missing roles and role profiles; those that exist are left as an administrator made them."""
	for row in table("roles"):
		if not frappe.db.exists("Role", row["role"]):
			frappe.get_doc({"doctype": "Role", "role_name": row["role"], "desk_access": 1}).insert(
				ignore_permissions=True
			)
		if row["role"] != BASE_ROLE and not frappe.db.exists("Role Profile", row["role_ar"]):
			_make_profile(row)


def _make_profile(row: dict[str, str]) -> None:
	profile = frappe.new_doc("Role Profile")
	profile.role_profile = row["role_ar"]
	profile.extend("roles", [{"role": BASE_ROLE}, {"role": row["role"]}])
	profile.insert(ignore_permissions=True)
