"""What the desk of a ministry needs otherwise than Frappe's own first values."""

import frappe

MARK = "social_care_desk_prepared"
FIRST_VALUES = {"enable_onboarding": 0, "disable_document_sharing": 1}


def ensure_desk() -> None:
	"""Once a site: no product tours (they exist in English only) and no sharing past the row scope."""
	if frappe.db.get_default(MARK):
		return
	for field, value in FIRST_VALUES.items():
		if frappe.get_meta("System Settings").has_field(field):
			frappe.db.set_single_value("System Settings", field, value)
	frappe.db.set_default(MARK, 1)
