"""What a complete file has stood in Social Care Settings; now rules of data quality say it. What the site had chosen stays."""

import frappe

from social_care.registry.quality.rules import FILLED, RULE
from social_care.setup.quality import ensure_quality_rules, first_rules

OLD = "Completeness Item"
IN_CARE = [
	{"field": "institution", "operator": "Is Filled"},
	{"field": "life_state", "operator": "Is", "value": "Active"},
]


def execute() -> None:
	if not frappe.db.table_exists(OLD):
		return
	chosen = frappe.db.sql(f"select `field`, `weight`, `from_age` from `tab{OLD}`", as_dict=True)
	if not chosen:
		return
	ensure_quality_rules()
	rules = {row["field"]: row for row in first_rules() if row.get("weight")}
	for field in rules.keys() - {row.field for row in chosen}:
		_set(rules[field]["rule_code"], weight=0)
	for row in chosen:
		if row.field in rules:
			_set(
				rules[row.field]["rule_code"],
				weight=row.weight,
				conditions=_conditions(rules[row.field], row),
			)
		elif frappe.get_meta("Child").get_field(row.field):
			_add(row)
	frappe.db.delete(OLD)


def _conditions(rule: dict, row: dict) -> list[dict]:
	kept = [condition for condition in rule["conditions"] if condition["field"] != "birth_date"]
	return kept + _from_age(row)


def _from_age(row: dict) -> list[dict]:
	return (
		[{"field": "birth_date", "operator": "At Least Years Ago", "value": str(row.from_age)}]
		if row.from_age
		else []
	)


def _set(code: str, **values) -> None:
	doc = frappe.get_doc(RULE, code)
	doc.update(values)
	doc.flags.seeding = True
	doc.save(ignore_permissions=True)


def _add(row: dict) -> None:
	label = frappe.get_meta("Child").get_label(row.field)
	values = {
		"rule_code": f"child_{row.field}",
		"record_type": "Child",
		"kind": "Required",
		"severity": "Warning",
	}
	values |= {"check": FILLED, "field": row.field, "weight": row.weight}
	values |= {"sentence_ar": f"{frappe._(label, 'ar')}: غير مسجل.", "sentence_en": f"{label}: not recorded."}
	doc = frappe.get_doc({"doctype": RULE, **values, "conditions": IN_CARE + _from_age(row)})
	doc.flags.seeding = True
	doc.insert(ignore_permissions=True)
