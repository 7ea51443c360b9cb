"""Passwords of the demonstration users, and the address book of them."""

import frappe
from frappe import _
from frappe.utils.password import passlibctx

from social_care.demo.generator.records import DOMAIN, SYSTEM, UNITS_FOUNDED
from social_care.demo.loader import marks
from social_care.demo.loader.store import write

OURS = f"%@{DOMAIN}"


def set_passwords() -> None:
	"""Give all demonstration users the site's demonstration password, hashed once."""
	hashed = passlibctx.hash(marks.password())
	frappe.db.sql(
		"""insert into `__Auth` (`doctype`, `name`, `fieldname`, `password`, `encrypted`)
		select 'User', `name`, 'password', %(hashed)s, 0 from `tabUser` where `name` like %(ours)s
		on duplicate key update `password` = values(`password`)""",
		{"hashed": hashed, "ours": OURS},
	)


def share_with_themselves() -> None:
	"""Let each demonstration user edit his own settings, as the framework does for users it makes itself."""
	users = frappe.db.sql_list(
		"""select u.`name` from `tabUser` u where u.`name` like %s and not exists
			(select 1 from `tabDocShare` s where s.`share_doctype` = 'User' and s.`share_name` = u.`name`)""",
		OURS,
	)
	columns = (
		"name",
		"owner",
		"modified_by",
		"creation",
		"modified",
		"user",
		"share_doctype",
		"share_name",
		"read",
		"write",
		"share",
	)
	stamps = (SYSTEM, SYSTEM, UNITS_FOUNDED, UNITS_FOUNDED)
	rows = [
		(frappe.db.get_next_sequence_val("DocShare"), *stamps, user, "User", user, 1, 1, 1) for user in users
	]
	if rows:
		write("DocShare", columns, rows)


def address_book(everybody: bool = False) -> list[tuple[str, str, str]]:
	"""(user, role in Arabic, place) of demonstration users: one for each role, or everybody."""
	rows = frappe.db.sql(
		"""select a.`user`, a.`role`, coalesce(i.`institution_name`, u.`unit_name`)
		from `tabStaff Assignment` a
		left join `tabInstitution` i on i.`name` = a.`institution`
		left join `tabOrg Unit` u on u.`name` = a.`org_unit`
		where a.`user` like %s order by u.`lft`, a.`institution`, a.`role`""",
		OURS,
	)
	if not everybody:
		shown = shown_users()
		rows = [row for row in rows if row[0] in shown]
	arabic = role_names()
	return [(user, arabic.get(role, _(role, lang="ar")), place) for user, role, place in rows]


def role_names() -> dict[str, str]:
	"""Arabic names of our roles."""
	from social_care.setup.tables import table

	return {row["role"]: row["role_ar"] for row in table("roles")}


def shown_users() -> set[str]:
	"""The users who stand for one role each."""
	from social_care.demo.generator.nation import Nation
	from social_care.demo.generator.staff import shown_posts

	found = marks.loaded()
	return {post.user for post in shown_posts(Nation(found.settings).sites)} if found else set()
