"""Which records rules are about, and whose row says who may know of a fault."""

from dataclasses import dataclass

import frappe

HOOK = "social_care_quality_records"


@dataclass(frozen=True)
class RecordType:
	"""A DocType with rules. A fault follows the child that the column `child` names, else the institution of `institution`."""

	child: str
	institution: str


def record_types() -> dict[str, RecordType]:
	"""Types of the hook `social_care_quality_records`: {DocType: {"child": column, "institution": column}}."""
	found = frappe.get_hooks(HOOK, default={})
	return {
		doctype: RecordType(*((columns.get(key) or [""])[0] for key in ("child", "institution")))
		for doctype, columns in found.items()
	}
