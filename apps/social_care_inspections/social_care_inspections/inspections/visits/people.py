"""Who makes a visit: somebody who may inspect at the place, and has no part in the institution."""

from collections.abc import Collection

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import comma_and
from social_care.organisation.grants import roles_at
from social_care.registry.notices import responsible, valid_today
from social_care.scope import row_visible

from social_care_inspections.inspections.visits.states import INSPECTORS


def is_inspector(visit: Document, user: str) -> bool:
	"""Whether the user is ordered to make this visit."""
	return any(row.user == user for row in visit.inspectors)


def check_inspectors(visit: Document) -> None:
	"""Each is named once, inspects at the place today, and holds no office in the institution; one heads the team."""
	users = [row.user for row in visit.inspectors]
	if len(set(users)) < len(users):
		visit.refuse(_("An inspector is named twice."))
	unit, institution = visit.place()
	strangers = [user for user in users if not set(INSPECTORS) & roles_at(user, unit, institution)]
	if strangers:
		visit.refuse(_("These do not inspect at this place: {0}").format(names(strangers)))
	if involved := set(users) & officers_of(institution):
		visit.refuse(_("These hold an office in the institution: {0}").format(names(sorted(involved))))
	heads = [row for row in visit.inspectors if row.is_lead]
	if len(heads) > 1:
		visit.refuse(_("A team has one head."))
	if users and not heads:
		visit.inspectors[0].is_lead = 1


def names(users: list[str]) -> str:
	"""Full names of users, for a message."""
	rows = frappe.get_all(  # named by the row that is being saved
		"User", filters={"name": ["in", users]}, pluck="full_name", order_by="full_name asc"
	)
	return comma_and(rows, add_quotes=False)


def officers_of(institution: str, roles: tuple[str, ...] = ()) -> set[str]:
	"""Users with an assignment in the institution today; with `roles`, those who hold one of them."""
	assignment = DocType("Staff Assignment")
	query = frappe.qb.from_(assignment).select(assignment.user).distinct()
	query = query.where(assignment.institution == institution)
	if roles:
		query = query.where(assignment.role.isin(roles))
	return {row[0] for row in valid_today(query, assignment).run()}


def candidates(institution: str | None) -> list[str]:
	"""Users who may be ordered to visit the institution. Raises PermissionError for whoever may not order a visit there."""
	may_order = frappe.has_permission("Institution Visit", "create")
	if not may_order or not institution or not row_visible("Institution", institution):
		frappe.throw(_("You have no access to this institution."), frappe.PermissionError)
	return able(frappe.db.get_value("Institution", institution, "org_unit"), institution)


def able(unit: str, institution: str) -> list[str]:
	"""Users who inspect at the unit today and hold no office in the institution."""
	return sorted(set(responsible(unit, INSPECTORS)) - officers_of(institution))


def pick(institution: str | None, text: str, start: int, length: int) -> list[tuple]:
	"""(user, full name) of candidates whose name or address holds the text."""
	return search(candidates(institution), text, start, length)


def search(users: Collection[str], text: str, start: int, length: int) -> list[tuple]:
	"""(user, full name) of those of the users who may log in and whose name or address holds the text."""
	user = DocType("User")
	query = frappe.qb.from_(user).select(user.name, user.full_name).orderby(user.full_name, user.name)
	query = query.where(user.name.isin(users or [""]) & (user.enabled == 1))
	if text:
		query = query.where(user.full_name.like(f"%{text}%") | user.name.like(f"%{text}%"))
	return list(query.limit(length).offset(start).run())
