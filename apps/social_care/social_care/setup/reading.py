"""First values of reading control, and the database's refusal to change the log."""

import frappe

from social_care.reading import triggers

SETTINGS = "Reading Control Settings"


def ensure_reading_control() -> None:
	"""Store the defaults of settings that nobody has set yet (a single record with some values stored has no others)."""
	stored = frappe.db.get_singles_dict(SETTINGS)
	for df in frappe.get_meta(SETTINGS).fields:
		if df.default and df.fieldname not in stored:
			frappe.db.set_single_value(SETTINGS, df.fieldname, df.default)
	triggers.ensure()
