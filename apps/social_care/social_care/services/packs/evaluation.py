"""What a pack says of one request: wrong and missing fields, documents, rules, points. Pure: no database, no session."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from social_care.services.packs import expressions
from social_care.services.packs.definition import fields_of

PASS, FAIL, WAIVABLE, MISSING, NOT_APPLICABLE = "pass", "fail", "waivable", "missing", "not_applicable"


@dataclass(frozen=True)
class WrongField:
	"""A field that cannot stay as it is. `kind` is "required", "value", "minimum", "maximum" or "option"."""

	name: str
	kind: str
	row: int = 0


@dataclass(frozen=True)
class RuleResult:
	"""The answer of one rule: pass, fail, waivable (fails, and somebody may waive it), missing (a fact is not known)."""

	code: str
	outcome: str
	fact: str = ""


def shown(pack: dict, field: dict, known: Mapping[str, Any], day: date) -> bool:
	"""Whether the field is on the form with these values."""
	section = next(part for part in pack["sections"] if field in part["fields"])
	return all(expressions.holds(part["show_when"], known, day, otherwise=True) for part in (section, field))


def wrong_fields(
	pack: dict,
	known: Mapping[str, Any],
	day: date,
	by_staff: bool = True,
	left_states: frozenset[str] = frozenset(),
) -> list[WrongField]:
	"""Fields that are missing or hold what they may not.

	`by_staff`: whether fields that staff fills are asked for where they are required from the start; those with
	`from_state` are asked for once that state is in `left_states`.
	"""
	found: list[WrongField] = []
	for field in fields_of(pack):
		if shown(pack, field, known, day):
			found += _wrong(field, known, day, _asked_for(field, by_staff, left_states))
	return found


def states_left(pack: dict, path: list[str | None]) -> frozenset[str]:
	"""States of a path (codes, in order) that were left for a further one; not the one in which it ends (again)."""
	kinds = {state["code"]: state["kind"] for state in pack["workflow"]["states"]}
	left = {old for old, new in itertools.pairwise(path) if _moves_on(kinds.get(old), kinds.get(new))}
	return frozenset(left - {None, path[-1] if path else None})


def _moves_on(old_kind: str | None, new_kind: str | None) -> bool:
	"""Whether a step carries a request forward: neither waiting for the applicant nor an end against him asks for findings."""
	return new_kind not in ("waiting", "withdrawn", "refused", "draft") and old_kind != "waiting"


def _asked_for(field: dict, by_staff: bool, left_states: frozenset[str]) -> bool:
	if field["from_state"]:
		return field["from_state"] in left_states
	return field["filled_by"] == "applicant" or by_staff


def _wrong(field: dict, known: Mapping[str, Any], day: date, asked_for: bool) -> Iterator[WrongField]:
	name, value = field["name"], known.get(field["name"])
	filled = expressions.given(value) and not _stands_for_nothing(field, value)
	if not filled:
		required = _required(field, known, day)
		if (
			required
			and asked_for
			and not (_is_number(field) and value == 0 and field["minimum"] in (None, 0))
		):
			yield WrongField(name, "required")
		return
	if field["type"] == "choice" and value not in {option["value"] for option in field["options"]}:
		yield WrongField(name, "option")
	if _is_number(field) and field["minimum"] is not None and value < field["minimum"]:
		yield WrongField(name, "minimum")
	if _is_number(field) and field["maximum"] is not None and value > field["maximum"]:
		yield WrongField(name, "maximum")
	if field["valid_when"] and not expressions.holds(field["valid_when"], known, day):
		yield WrongField(name, "value")
	if field["type"] == "table":
		yield from _wrong_rows(field, value)


def _stands_for_nothing(field: dict, value: Any) -> bool:
	"""A box that is not ticked, and the 0 that the framework keeps for an empty number which has to be more."""
	if field["type"] == "yes_no":
		return not value
	return _is_number(field) and value == 0 and (field["minimum"] or 0) > 0


def _required(field: dict, known: Mapping[str, Any], day: date) -> bool:
	"""A finding of staff (`from_state`) is required by that alone, where no condition says otherwise."""
	if field["required_when"]:
		return expressions.holds(field["required_when"], known, day)
	return field["required"] or (bool(field["from_state"]) and field["type"] != "yes_no")


def _wrong_rows(field: dict, rows: list[Mapping[str, Any]]) -> Iterator[WrongField]:
	for number, row in enumerate(rows, start=1):
		for column in field["columns"]:
			value = row.get(column["name"])
			if column["required"] and not expressions.given(value):
				yield WrongField(f"{field['name']}.{column['name']}", "required", number)
			allowed = {option["value"] for option in column.get("options", [])}
			if column["type"] == "choice" and expressions.given(value) and value not in allowed:
				yield WrongField(f"{field['name']}.{column['name']}", "option", number)


def _is_number(field: dict) -> bool:
	return field["type"] in ("integer", "number", "money", "percent")


def asked_documents(pack: dict, known: Mapping[str, Any], day: date) -> list[dict]:
	"""Documents that this request has to bring."""
	return [row for row in pack["documents"] if _asked_document(row, known, day)]


def _asked_document(document: dict, known: Mapping[str, Any], day: date) -> bool:
	if document["required_when"]:
		return expressions.holds(document["required_when"], known, day)
	return document["required"]


def rule_results(pack: dict, known: Mapping[str, Any], day: date) -> list[RuleResult]:
	"""The answer of every rule."""
	return [_rule(rule, known, day) for rule in pack["rules"]]


def _rule(rule: dict, known: Mapping[str, Any], day: date) -> RuleResult:
	try:
		if rule["applies_when"] and not expressions.evaluate(rule["applies_when"], known, day):
			return RuleResult(rule["code"], NOT_APPLICABLE)
		passed = bool(expressions.evaluate(rule["passes_when"], known, day))
	except expressions.Unknown as unknown:
		return RuleResult(rule["code"], MISSING, unknown.args[0])
	except expressions.ExpressionError:
		return RuleResult(rule["code"], MISSING)
	return RuleResult(rule["code"], PASS if passed else WAIVABLE if rule["waivable_by"] else FAIL)


def points(pack: dict, known: Mapping[str, Any], day: date) -> int:
	"""Points on the waiting list: the more, the earlier."""
	return sum(row["points"] for row in pack["priority"] if expressions.holds(row["when"], known, day))
