"""The units of a request: the office where it was entered, and a second one that its service may bring in on the way."""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.organisation.grants import roles_at
from social_care.services.packs.fact_names import place_fields
from social_care.services.versions import state_named


class SecondUnitError(frappe.ValidationError):
	"""A step to a unit that nobody has chosen."""


def place_in(doc: Document, state: dict) -> tuple[str | None, str | None]:
	"""(unit, institution) at which roles count while the request stands in a state of its pack."""
	if state["at_second_unit"]:
		return doc.get("second_unit"), None
	return doc.org_unit, doc.get("institution")


def roles_in(user: str, doc: Document, state: dict) -> set[str]:
	"""Roles that the user holds where the request stands; none while a second unit is missing."""
	unit, institution = place_in(doc, state)
	return roles_at(user, unit, institution) if unit or institution else set()


def roles_now(user: str, doc: Document, pack: dict) -> set[str]:
	"""Roles that the user holds where the request stands before this save."""
	before = doc.get_doc_before_save() or doc
	return roles_in(user, before, state_named(pack, before.status))


def drop_sent(doc: Document) -> None:
	"""A new request has no second unit, and a client that sends one is asked again whether it may make the request."""
	if doc.get("second_unit"):
		doc.second_unit = None
		doc.check_permission("create")


def keep_places(doc: Document, before: Document, pack: dict) -> None:
	"""In its own states the second unit decides; where the request belongs is not its to change."""
	if state_named(pack, before.status)["at_second_unit"]:
		for field in place_fields(pack):
			doc.set(field, before.get(field))


def bring_in(doc: Document, pack: dict) -> None:
	"""The unit that is chosen comes in when the request reaches the state that the pack names."""
	second = pack["second_unit"]
	if not second or state_named(pack, doc.status)["code"] != second["from_state"]:
		return
	if not doc.get(second["field"]):
		frappe.throw(
			_("Choose first: {0}.").format(_(doc.meta.get_label(second["field"]))),
			SecondUnitError,
			title=_("Request"),
		)
	doc.second_unit = doc.get(second["field"])
