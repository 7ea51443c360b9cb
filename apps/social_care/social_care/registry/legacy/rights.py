"""Who brings an old registry in: headquarters alone. No role writes its rows; these functions ask before the program does."""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.cash_support import places, rights
from social_care.registry.legacy import IMPORT

HEAD, ADMINISTRATOR = "Central Administration Head", "Functional Administrator"
PREPARERS = (HEAD, ADMINISTRATOR)  # they see columns and counts
DECIDERS = (HEAD,)  # they see whose rows these are, decide, and apply


def check(roles: tuple[str, ...]) -> str:
	"""Refuse who holds none of the roles at headquarters; gives its unit."""
	rights.check(roles)
	return places.root()


def opened(name: str, roles: tuple[str, ...], lock: bool = False) -> Document:
	"""The import, for who may see it and holds one of the roles."""
	doc = frappe.get_doc(IMPORT, name, for_update=lock)
	doc.check_permission("read")
	rights.check(roles, doc.org_unit)
	return doc


def refuse_state(sentence: str) -> None:
	"""Say that a step is not open now."""
	from social_care.registry.legacy import LegacyImportError

	frappe.throw(sentence, LegacyImportError, title=_("Legacy Import"))
