"""Who reads, decides and signs a confirmation. A right counts at the place of the institution."""

import frappe
from frappe import _

from social_care.governance.confirmation import CONFIRMATION
from social_care.organisation.grants import roles_at

CONFIRMING = ("Institution Entry User", "Institution Social Worker", "Institution Director")
SIGNING = ("Institution Director",)
FIELDS = (
	*("name", "cycle", "institution", "org_unit", "governorate", "due_on", "status", "children", "confirmed"),
	*("to_correct", "signed_by", "signed_on"),
)


class ConfirmationError(frappe.ValidationError):
	"""A step that a confirmation does not allow now."""


def read(name: str) -> frappe._dict:
	"""The confirmation, for whoever may open it. Raises PermissionError, the same where there is none."""
	rows = frappe.get_list(CONFIRMATION, filters={"name": name}, fields=list(FIELDS), limit=1)
	if not rows:
		frappe.throw(
			_("You may not open this confirmation."), frappe.PermissionError, title=_("Not Permitted")
		)
	return rows[0]


def holds(confirmation: dict, roles: tuple[str, ...]) -> bool:
	"""Whether the user holds one of the roles at the institution."""
	here = roles_at(frappe.session.user, confirmation.org_unit, confirmation.institution)
	return bool(here & set(roles))


def check(name: str, roles: tuple[str, ...]) -> frappe._dict:
	"""The confirmation, for whoever holds one of the roles at its institution; its row stays locked until the end of the
	transaction, so that two who decide or sign at once do so one after the other."""
	confirmation = read(name)
	if not holds(confirmation, roles):
		frappe.throw(
			_("Your role at this institution may not take this step."),
			frappe.PermissionError,
			title=_("Not Permitted"),
		)
	return frappe.db.get_value(CONFIRMATION, name, FIELDS, as_dict=True, for_update=True)
