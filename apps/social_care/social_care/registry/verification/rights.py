"""Who asks registries and decides what they answer. No role writes these rows; the functions here are asked before the program does."""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care import system_fields
from social_care.organisation.grants import roles_at

OFFICER, CHIEF, HEAD = "Directorate Data Officer", "Directorate Director", "Central Administration Head"
ASKERS, PROPOSERS, DECIDERS = (OFFICER, HEAD), (OFFICER, CHIEF, HEAD), (CHIEF, HEAD)


def check(roles: tuple[str, ...], org_unit: str | None, institution: str | None = None) -> None:
	"""Refuse who holds none of the roles over the place."""
	user = frappe.session.user
	if user != "Administrator" and not set(roles) & roles_at(user, org_unit, institution):
		frappe.throw(_("Your role does not do this here."), frappe.PermissionError, title=_("Not Permitted"))


def asked(doctype: str, name: str, roles: tuple[str, ...] = ASKERS) -> Document:
	"""The batch, locked, for who may see it and holds one of the roles at its unit."""
	doc = frappe.get_doc(doctype, name, for_update=True)
	doc.check_permission("read")
	check(roles, doc.org_unit)
	return doc


def refuse_by_hand(doc: Document) -> None:
	"""For controllers of rows that only the program writes, after it has asked."""
	if not doc.flags.ignore_permissions:
		system_fields.keep(doc)
		frappe.throw(
			_("This is changed by its own buttons only."), frappe.PermissionError, title=_("Not Permitted")
		)
