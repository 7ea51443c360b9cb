"""What a file tells of its family, as the facts that conditions ask for. What nobody has written is not known."""

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import cint, flt

from social_care_kafala.kafala.applications import bars
from social_care_kafala.kafala.applications.adults import by_prefix

PLAIN = (
	*("family_kind", "married_on", "permanent_infertility", "lives_with_family", "family_consents"),
	*("best_education", "has_stable_income", "home_suitable", "home_in_egypt", "lives_abroad"),
	*("criminal_record", "foreign_record", "hepatitis_free", "drug_test", "psychological_test"),
	*("credit_result", "training_result", "administration_inquiry", "association_inquiry"),
	*("keeps_lineage", "accepts_return", "no_travel", "mother_died", "father_continues"),
)
OF_ADULTS = ("birth_date", "nationality", "religion")
BAR_FACTS = {bars.BARRED: "Barred", bars.CLEAR: "Clear"}
KNOWN_RELIGIONS = ("Muslim", "Christian", "Other")


def of_file(file: Document) -> dict[str, Any]:
	"""Facts by name; of the child only what the conditions ask for, and nothing of it stays in the file."""
	found: dict[str, Any] = {name: file.get(name) or None for name in PLAIN}
	for prefix, row in by_prefix(file).items():
		found |= {f"{prefix}.{field}": row.get(field) or None for field in OF_ADULTS}
	found |= children(file) | {"bar_state": bar_state(file)}
	found["monthly_income"] = flt(file.monthly_income) or None
	return found | (of_child(file.child) if file.child else {})


def children(file: Document) -> dict[str, Any]:
	"""Own children, as far as the family was asked."""
	if file.has_own_children == "No":
		return {"own_children": 0, "dependent_children": 0}
	if file.has_own_children != "Yes" or not cint(file.own_children):
		return {}
	return {
		"own_children": cint(file.own_children),
		"dependent_children": cint(file.dependent_children),
		"youngest_child_born": file.youngest_child_born or None,
	}


def bar_state(file: Document) -> str | None:
	"""On the list or not; a name alone that stands there too has first to be looked at."""
	return BAR_FACTS.get(file.bar_state)


def of_child(child: str) -> dict[str, Any]:
	"""Birth date, religion and whether the child is one for kafala."""
	row = frappe.db.get_value("Child", child, ["birth_date", "religion", "kafala_candidate"], as_dict=True)
	if not row:
		return {}
	return {
		"child.birth_date": row.birth_date,
		"child.religion": row.religion if row.religion in KNOWN_RELIGIONS else None,
		"child.lacks_care": "Yes" if cint(row.kafala_candidate) else "No",
	}
