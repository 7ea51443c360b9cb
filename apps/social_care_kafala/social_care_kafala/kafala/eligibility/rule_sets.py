"""Rule sets: which one is in force on a day, and what it is made of."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import formatdate, getdate, nowdate

from social_care_kafala.kafala.eligibility.engine import Answer, Rule, evaluate_rules

DOCTYPE = "Kafala Rule Set"
MATCHING = "Matching"  # the part of the path in which the child is known


class NoRuleSetError(frappe.ValidationError):
	"""No rule set was in force on a day."""


def in_force(day: date | str) -> str:
	"""Code of the rule set in force on the day. Raises NoRuleSetError where there is none."""
	rules, on = DocType(DOCTYPE), getdate(day)
	query = frappe.qb.from_(rules).select(rules.name).orderby(rules.valid_from, order=frappe.qb.desc).limit(1)
	query = query.where(rules.valid_from <= on).where(rules.valid_to.isnull() | (rules.valid_to >= on))
	found = query.run()
	if not found:
		frappe.throw(
			_("No conditions of kafala were in force on {0}.").format(formatdate(on)),
			NoRuleSetError,
			title=_("Conditions of Kafala"),
		)
	return found[0][0]


def overlapping(rule_set: Document) -> str | None:
	"""Another rule set that is in force on one of its days, or None."""
	other = DocType(DOCTYPE)
	query = frappe.qb.from_(other).select(other.name).orderby(other.name).limit(1)
	query = query.where(other.name != (rule_set.name or ""))
	query = query.where(other.valid_to.isnull() | (other.valid_to >= getdate(rule_set.valid_from)))
	if rule_set.valid_to:
		query = query.where(other.valid_from <= getdate(rule_set.valid_to))
	found = query.run()
	return found[0][0] if found else None


def rules_of(rule_set: Document) -> list[Rule]:
	"""Its rules as the engine reads them."""
	return [
		Rule(
			row.rule_code,
			row.passes_when,
			row.applies_when or "",
			row.waivable_when or "",
			row.waivable_by or "",
		)
		for row in rule_set.rules
	]


def limits_of(rule_set: Document) -> dict[str, float]:
	"""Its limits by code."""
	return {row.limit_code: row.limit_value for row in rule_set.limits}


def answers(code: str, facts: dict, day: date | str) -> list[Answer]:
	"""What the rule set says of a family on the day of its application; what is about the child counts today."""
	rule_set = frappe.get_cached_doc(DOCTYPE, code)
	limits = limits_of(rule_set)
	days = [nowdate() if row.decided_at == MATCHING else day for row in rule_set.rules]
	return [
		evaluate_rules([rule], limits, facts, getdate(on))[0]
		for rule, on in zip(rules_of(rule_set), days, strict=True)
	]


def of_matching(code: str) -> tuple[list[Rule], dict[str, float]]:
	"""The conditions of a rule set that are about the child, and its limits."""
	rule_set = frappe.get_cached_doc(DOCTYPE, code)
	about = {row.rule_code for row in rule_set.rules if row.decided_at == MATCHING}
	return [rule for rule in rules_of(rule_set) if rule.code in about], limits_of(rule_set)
