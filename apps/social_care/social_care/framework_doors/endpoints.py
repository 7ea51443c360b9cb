"""Functions of the framework whose arguments have to be narrowed (hook override_whitelisted_methods)."""

import frappe
from frappe import _
from frappe.desk import desktop

PROGRESS = ("is_complete", "is_skipped")


@frappe.whitelist(methods=["POST"])
def update_onboarding_step(name: str, field: str, value: str) -> None:
	"""Only whether a step is done or left out."""
	if field not in PROGRESS:
		frappe.throw(
			_("Only the progress of a step can be set."), frappe.PermissionError, title=_("Not Permitted")
		)
	desktop.update_onboarding_step(name, field, value)
