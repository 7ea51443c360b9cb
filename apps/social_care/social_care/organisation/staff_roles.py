"""Roles of users follow their Staff Assignments: given with the first, taken with the last."""

import frappe

from social_care.organisation.grants import INSTITUTION, active_grants
from social_care.setup.roles import BASE_ROLE, managed_roles

GIVES_ALL = {"Functional Administrator", "System Manager"}
NEVER_GIVEN = {"System Manager", "Administrator", "Script Manager"}


def may_give(giver: str, role: str) -> bool:
	"""Whether `giver` may assign `role`: administrators any of ours, others those of Social Care Settings."""
	if role in NEVER_GIVEN or role not in managed_roles():
		return False
	if GIVES_ALL & set(frappe.get_roles(giver)):
		return True
	delegable = {row.role for row in frappe.get_cached_doc("Social Care Settings").delegable_roles}
	return role in delegable


def sync(user: str) -> None:
	"""Give the user the roles of today's assignments, take those of ended ones, and set his default institution.

	Roles that this app does not manage are left alone.
	"""
	doc = frappe.get_doc("User", user)
	wanted = wanted_roles(user)
	held = {row.role for row in doc.roles}
	if wanted - held or (held & managed_roles()) - wanted:
		doc.flags.ignore_permissions = True
		doc.role_profile_name = None
		doc.set("roles", [row for row in doc.roles if row.role not in managed_roles() or row.role in wanted])
		doc.extend("roles", [{"role": role} for role in sorted(wanted - held)])
		doc.save()
	set_default_institution(user)


def wanted_roles(user: str) -> set[str]:
	"""Managed roles that the user's assignments of today give him."""
	roles = {grant.role for grant in active_grants(user)} & managed_roles()
	return roles | {BASE_ROLE} if roles else roles


def set_default_institution(user: str) -> None:
	"""New forms of a user with one institution begin with it."""
	own = {grant.institution for grant in active_grants(user) if grant.scope == INSTITUTION}
	if len(own) == 1:
		frappe.defaults.set_user_default("institution", own.pop(), user)
	else:
		frappe.defaults.clear_user_default("institution", user)


def drop_unassigned(doc, method: str | None = None) -> None:
	"""User validate hook: a managed role without an assignment is not kept, however it was added."""
	if frappe.flags.in_install or doc.name in ("Administrator", "Guest"):
		return
	wanted = wanted_roles(doc.name) if not doc.is_new() else set()
	doc.set("roles", [row for row in doc.roles if row.role not in managed_roles() or row.role in wanted])


def sync_changed() -> None:
	"""Daily: users whose assignment began today or ended yesterday."""
	frappe.enqueue(
		"social_care.organisation.staff_roles.sync_changed_now",
		job_id="social_care_sync_roles",
		deduplicate=True,
	)


def sync_changed_now() -> None:
	"""Sync every user with an assignment that begins today or ended in the last week (a missed day is caught up)."""
	from frappe.utils import add_days, nowdate

	week = [add_days(nowdate(), -7), nowdate()]
	users = set(frappe.get_all("Staff Assignment", filters={"valid_from": ["between", week]}, pluck="user"))
	users |= set(frappe.get_all("Staff Assignment", filters={"valid_to": ["between", week]}, pluck="user"))
	for user in sorted(users):
		sync(user)
