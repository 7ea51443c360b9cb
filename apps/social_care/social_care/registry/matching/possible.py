"""Search before a person is made: who may be the same, what of it one is told, and the reason that a second file needs.

A form is never lost: a file of which somebody may have one already is stored as a draft. It goes no further, through no
door, before whoever enters it has written why this is another child, or the pair has been decided.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, now

from social_care.accounts import attempts
from social_care.registry import duplicates
from social_care.registry.kin.siblings import bounds_of, unit_above

SEARCHES = 200  # of a user in an hour, where the settings say nothing
SHOWN = ["name", "full_name", "sex", "birth_date", "institution_name", "life_state"]


class DuplicateReasonError(frappe.ValidationError):
	"""A file of which the registry may hold another one, without the reason why it is another child."""


def for_typed(values: dict, institution: str | None) -> list[dict]:
	"""Who may be the child that is being entered, for the form before it is stored."""
	if not frappe.has_permission("Child", "create"):
		frappe.throw(_("Not Permitted"), frappe.PermissionError, title=_("Not Permitted"))
	attempts.allow_or_refuse(searches_of_user(), frappe.session.user)
	from social_care.registry.matching import near  # what compares is loaded where it is needed

	persons = [row[1] for row in near.found(near.probe_of(values))]
	return told(persons, frappe.db.get_value("Institution", institution, "org_unit") if institution else None)


def searches_of_user() -> attempts.Limit:
	"""Names are not tried out one after the other: searches of one user in an hour (setting), from whatever address."""
	number = cint(frappe.get_cached_doc("Social Care Settings").duplicate_searches_per_hour)
	return attempts.Limit("duplicate_searches", number or SEARCHES, 3600)


def told(persons: list[str], unit: str | None) -> list[dict]:
	"""What the reader learns of these persons: of a file within his scope its row, of another one only which unit to ask."""
	visible = (
		frappe.get_list("Child", {"person": ["in", persons]}, [*SHOWN, "person"], limit_page_length=0)
		if persons
		else []
	)
	seen = {row.pop("person") for row in visible}
	hidden = [person for person in persons if person not in seen]
	places = dict(
		frappe.get_all(  # places only, of files that the reader may not see
			"Child", {"person": ["in", hidden]}, ["person", "org_unit"], as_list=True, order_by=None
		)
		if hidden
		else ()
	)
	bounds = bounds_of({unit, *places.values()})
	asked = {unit_above(bounds.get(unit), bounds.get(places.get(person))) for person in hidden}
	return visible + [{"elsewhere": 1, "ask": name} for name in sorted(asked)]


def stamp_reason(child: Document) -> None:
	"""Whoever writes the reason stands beside it, with the time."""
	before = child.get_doc_before_save()
	if (child.duplicate_reason or "") == ((before and before.duplicate_reason) or ""):
		return
	given = bool((child.duplicate_reason or "").strip())
	child.duplicate_reason_by = frappe.session.user if given else None
	child.duplicate_reason_on = now() if given else None


def require_reason(child: Document) -> None:
	"""Asked when a file is submitted: nobody may be the same child, or the reason says why it is another one."""
	if (child.duplicate_reason or "").strip() or not child.person:
		return
	duplicates.compare([child.person])
	if persons := duplicates.waiting(child.person):
		frappe.throw(
			_sentence(told(persons, child.org_unit)), DuplicateReasonError, title=_("Possible Duplicate")
		)


def _sentence(rows: list[dict]) -> str:
	"""What has to be done, and who can help; names only of files that the reader may open."""
	parts = [
		_(
			"The registry holds a record that may be the same child. Write why this is another child, or let the pair be decided first."
		)
	]
	parts += [
		_("File within your scope: {0}").format(row["name"]) for row in rows if not row.get("elsewhere")
	]
	parts += [_("For a record elsewhere ask: {0}").format(row["ask"]) for row in rows if row.get("elsewhere")]
	return "<br>".join(frappe.utils.escape_html(part) for part in parts)
