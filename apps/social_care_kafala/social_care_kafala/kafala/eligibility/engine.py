"""Whether a family meets the conditions of kafala: rules, limits and facts in, one answer a rule out. Pure.

Conditions are written in the language of service packs (social_care.services.packs.expressions), in which a fact that is not
known makes the answer unknown instead of «no».
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from social_care.services.packs.expressions import ExpressionError, Unknown, evaluate

PASS, FAIL, WAIVABLE, MISSING, NOT_APPLICABLE = (
	"Pass",
	"Not Met",
	"Waivable",
	"Data Missing",
	"Not Applicable",
)


@dataclass(frozen=True)
class Rule:
	"""One condition of a rule set; empty texts: it applies to everybody, a failure is waivable whenever somebody may waive."""

	code: str
	passes_when: str
	applies_when: str = ""
	waivable_when: str = ""
	waivable_by: str = ""


@dataclass(frozen=True)
class Answer:
	"""What a rule says of a family. `missing` is the fact that has to be known first."""

	code: str
	outcome: str
	waivable_by: str = ""
	missing: str = ""


def evaluate_rules(
	rules: Iterable[Rule], limits: Mapping[str, float], facts: Mapping[str, Any], day: date
) -> list[Answer]:
	"""The answers in the order of the rules. `day` is the day of the application: ages count on it."""
	known = {**facts, **{f"limit.{code}": value for code, value in limits.items()}}
	return [answer(rule, known, day) for rule in rules]


def answer(rule: Rule, known: Mapping[str, Any], day: date) -> Answer:
	"""What one rule says."""
	try:
		if rule.applies_when and not evaluate(rule.applies_when, known, day):
			return Answer(rule.code, NOT_APPLICABLE)
		if evaluate(rule.passes_when, known, day):
			return Answer(rule.code, PASS)
		return unmet(rule, known, day)
	except Unknown as unknown:
		return Answer(rule.code, MISSING, missing=str(unknown.args[0]))
	except ExpressionError as error:  # a limit or fact of another kind than the condition expects
		return Answer(rule.code, MISSING, missing=error.code)


def unmet(rule: Rule, known: Mapping[str, Any], day: date) -> Answer:
	"""A condition that is not met: waivable, or a failure. Raises Unknown while that is not known either."""
	if rule.waivable_by and (not rule.waivable_when or evaluate(rule.waivable_when, known, day)):
		return Answer(rule.code, WAIVABLE, waivable_by=rule.waivable_by)
	return Answer(rule.code, FAIL)
