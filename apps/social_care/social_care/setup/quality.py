"""Rules of data quality that a site begins with: those of this app and of the apps on it. A rule that exists is the administrator's."""

import frappe

from social_care.registry.quality import rules, run
from social_care.setup.tables import table

HOOK = "social_care_quality_rules"


def first_rules() -> list[dict]:
	"""Rows of setup/data/quality_rules.csv, with their conditions as rows ("field:operator:value", with bars between)."""
	found = []
	for row in table("quality_rules"):
		values = {field: value for field, value in row.items() if value != ""}
		parts = [part.split(":") for part in values.pop("conditions", "").split("|") if part]
		conditions = [dict(zip(("field", "operator", "value"), part, strict=True)) for part in parts]
		found.append(values | {"conditions": conditions})
	return found


def ensure_quality_rules() -> None:
	"""Add the rules of the hook `social_care_quality_rules` that the site has never had; have the records checked by what
	counts now. The check itself waits for a worker: until it is done, figures are counted anew."""
	known = set(frappe.get_all(rules.RULE, pluck="name"))
	for path in frappe.get_hooks(HOOK):
		for row in frappe.get_attr(path)():
			if row["rule_code"] not in known:
				doc = frappe.get_doc({"doctype": rules.RULE, **row})
				doc.flags.seeding = True
				doc.insert(ignore_permissions=True)
	rules.forget()
	if not run.is_current() and not run.is_waiting():
		run.request(run.CHANGED)
