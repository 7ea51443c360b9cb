"""What tests of data quality share: rules with other weights, and what is kept of records."""

import frappe

from social_care.registry.quality import rules
from social_care.registry.quality.keeping import FAULT


def weigh(**weights: int) -> None:
	"""Only these rules weigh in completeness."""
	frappe.db.set_value(rules.RULE, {"weight": [">", 0]}, "weight", 0)
	for code, weight in weights.items():
		frappe.db.set_value(rules.RULE, code, "weight", weight)
	rules.forget()


def rule(code: str, **values):
	"""A rule of a child's file; what a test does not say is as simple as can be."""
	doc = frappe.get_doc(
		{
			"doctype": rules.RULE,
			"rule_code": code,
			"record_type": "Child",
			"kind": "Required",
			"severity": "Warning",
			"check": rules.FILLED,
			"sentence_ar": f"جملة {code}",
			"sentence_en": f"Sentence {code}",
			**values,
		}
	)
	return doc.insert()


def kept(record_type: str, names: list[str]) -> dict[str, set[str]]:
	"""{record: rules} of what is kept of the records."""
	found: dict[str, set[str]] = {name: set() for name in names}
	filters = {"record_type": record_type, "record_name": ["in", names]}
	for row in frappe.get_all(FAULT, filters=filters, fields=["record_name", "rule"]):
		found[row.record_name].add(row.rule)
	return found


def scores(names: list[str]) -> dict[str, tuple[int, int]]:
	"""{child: (weight asked, weight lacking)} as kept with the files."""
	fields = ["name", "quality_asked", "quality_lacking"]
	rows = frappe.get_all("Child", filters={"name": ["in", names]}, fields=fields)
	return {row.name: (row.quality_asked, row.quality_lacking) for row in rows}
