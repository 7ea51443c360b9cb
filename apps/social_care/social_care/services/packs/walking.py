"""A sample's way from action to action as the system would let it go. Pure: no database, no session."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from social_care.services.packs import evaluation, expressions
from social_care.services.packs.flow_checks import APPEALED

APPLICANT = "applicant"
NO_STEP, WHEN, FIELDS, DOCUMENTS, RULES, FOUR_EYES = (
	"no step",
	"when",
	"fields",
	"documents",
	"rules",
	"four eyes",
)


@dataclass
class Walk:
	"""Where a way led: the states it stood in, and the first step that cannot be taken with its reason («» where all can)."""

	states: list[str] = field(default_factory=list)
	wrong_step: str = ""


def walk(pack: dict, sample: dict, known: Mapping[str, Any], day: date) -> Walk:
	"""Take the actions of the sample's path one by one; waivers are those that the sample names."""
	actions = {action["code"]: action for action in pack["workflow"]["actions"]}
	path = [actions[code] for code in sample["expect"].get("path", [])]
	found = Walk([pack["workflow"]["states"][0]["code"]])
	stuck = no_other_eyes(pack, path)
	for number, action in enumerate(path):
		reasons = list(_against(pack, sample, found.states, action, known, day))
		if number == stuck:
			reasons.append((FOUR_EYES, ", ".join(action["roles"])))
		if reasons:
			found.wrong_step = f"{action['code']}: " + "; ".join(
				f"{why} {what}".strip() for why, what in reasons
			)
			break
		found.states.append(action["to"])
	return found


def _against(
	pack: dict, sample: dict, states: list[str], action: dict, known: Mapping[str, Any], day: date
) -> Iterator[tuple[str, str]]:
	"""(reason, what) of everything that stands against the next step."""
	if states[-1] not in action["from"]:
		yield NO_STEP, states[-1]
		return
	if action["when"] and not expressions.holds(action["when"], known, day):
		yield WHEN, action["when"]
	left = evaluation.states_left(pack, [*states, action["to"]])
	wrong = evaluation.wrong_fields(pack, known, day, left_states=left)
	open_items = {FIELDS: sorted({row.name for row in wrong})}
	if {"documents", "verified_documents"} & set(action["requires"]):
		open_items[DOCUMENTS] = open_documents(pack, sample, known, day)
	if "rules" in action["requires"]:
		open_items[RULES] = open_rules(pack, sample, known, day)
	yield from ((why, ", ".join(names)) for why, names in open_items.items() if names)


def open_documents(pack: dict, sample: dict, known: Mapping[str, Any], day: date) -> list[str]:
	"""Documents that are asked for, neither brought nor waived."""
	there = {*sample["documents"], *_waived(pack["documents"], sample)}
	return [row["code"] for row in evaluation.asked_documents(pack, known, day) if row["code"] not in there]


def open_rules(pack: dict, sample: dict, known: Mapping[str, Any], day: date) -> list[str]:
	"""Rules that stand against a positive decision: not passed, and not waived."""
	good = (evaluation.PASS, evaluation.NOT_APPLICABLE)
	waived = _waived(pack["rules"], sample)
	results = evaluation.rule_results(pack, known, day)
	return [row.code for row in results if row.outcome not in good and row.code not in waived]


def _waived(rows: list[dict], sample: dict) -> set[str]:
	"""Codes that the sample says are waived, and that somebody may waive."""
	return {row["code"] for row in rows if row["waivable_by"]} & set(sample["waived"])


def no_other_eyes(pack: dict, path: list[dict]) -> int | None:
	"""Index of the first step that nobody can take because of four eyes; None where all can be taken.

	Counted with one user a role, so that every office can do it; whoever enters the request may be any of those who may.
	"""
	reached = [_steps_with(pack, owner, path) for owner in enterers(pack)]
	best = max(reached, default=0)
	return best if best < len(path) else None


def enterers(pack: dict) -> list[str]:
	"""Roles that may enter a request, and the applicant where there is a page for him."""
	roles = [row["role"] for row in pack["access"] if "create" in row["rights"]]
	return [*roles, *([APPLICANT] if "citizen" in pack["channels"] else [])]


def actors(pack: dict, owner: str, path: list[dict]) -> list[set[str]]:
	"""For each step who can take it, given who entered the request and who can have taken the steps before."""
	refusals = {state["code"] for state in pack["workflow"]["states"] if state["kind"] == "refused"}
	found: list[set[str]] = []
	before, refused_by = {owner}, set()
	for action in path:
		able = {*action["roles"], *([APPLICANT] if action["by_applicant"] else [])}
		if action["four_eyes"]:
			able = {role for role in able if role != owner and before - {role}}
		if refused_by and (APPEALED in action["from"] or action["to"] in refusals):
			able = {role for role in able if refused_by - {role}}
		if action["to"] in refusals:
			refused_by = able
		found.append(able)
		before = able
	return found


def _steps_with(pack: dict, owner: str, path: list[dict]) -> int:
	"""How many steps can be taken before nobody is left for the next."""
	return next((i for i, able in enumerate(actors(pack, owner, path)) if not able), len(path))
