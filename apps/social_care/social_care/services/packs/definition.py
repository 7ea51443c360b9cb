"""A pack as the system works with it: read, checked, with every default filled in."""

import copy
import hashlib
import json
from typing import Any

from social_care.services.packs.appeals import add_appeal
from social_care.services.packs.checks import pack_faults
from social_care.services.packs.form import form_faults
from social_care.services.packs.messages import Fault


class PackError(ValueError):
	"""A pack that is not right; `faults` say where and why."""

	def __init__(self, faults: list[Fault]) -> None:
		super().__init__("\n".join(str(fault) for fault in faults))
		self.faults = faults


def faults_of(pack: Any) -> list[Fault]:
	"""Everything wrong with a pack: its form first, and where that is right, what hangs together."""
	return form_faults(pack) or pack_faults(pack)


def read(pack: dict) -> dict:
	"""The pack with defaults filled in and English beside every Arabic text. Raises PackError."""
	found = faults_of(pack)
	if found:
		raise PackError(found)
	return complete(pack)


def digest(pack: dict) -> str:
	"""One short name for one content, whatever the order of keys."""
	text = json.dumps(pack, ensure_ascii=False, sort_keys=True)
	return hashlib.sha256(text.encode()).hexdigest()[:16]


DEFAULTS: dict[str, Any] = {
	"introduction": None,
	"effective_from": None,
	"legal_basis": [],
	"confidential": False,
	"anonymous": False,
	"subject": "person",
	"documents": [],
	"rules": [],
	"priority": [],
	"fee": {"kind": "free"},
	"appeal": None,
	"second_unit": None,
	"outputs": [],
	"notifications": [],
	"indicators": [],
}
ROW_DEFAULTS: dict[str, dict[str, Any]] = {
	"access": {"levels": []},
	"documents": {
		"help": None,
		"required": True,
		"required_when": None,
		"provided_by": "applicant",
		"original_seen": False,
		"waivable_by": [],
	},
	"rules": {"applies_when": None, "waivable_by": [], "source": ""},
	"outputs": {"shows": [], "valid_months": None, "valid_until_field": None, "signatures": []},
	"notifications": {"channels": ["system"]},
	"indicators": {"states": [], "where": {}, "field": None},
}
FIELD_DEFAULTS: dict[str, Any] = {
	"help": None,
	"options": [],
	"target": None,
	"columns": [],
	"required": False,
	"required_when": None,
	"show_when": None,
	"valid_when": None,
	"message": None,
	"minimum": None,
	"maximum": None,
	"level": 0,
	"in_list": False,
	"filled_by": "applicant",
	"from_state": None,
}
STATE_DEFAULTS: dict[str, Any] = {"editors": [], "days": None, "escalate_to": [], "at_second_unit": False}
ACTION_DEFAULTS: dict[str, Any] = {
	"roles": [],
	"by_applicant": False,
	"requires": [],
	"four_eyes": False,
	"when": None,
}
CLOCK_DEFAULTS: dict[str, Any] = {"warn_days": 3, "escalate_to": [], "source": ""}


def complete(pack: dict) -> dict:
	"""The pack with every optional key there. It does not check."""
	whole = copy.deepcopy({**DEFAULTS, **pack})
	for key, defaults in ROW_DEFAULTS.items():
		whole[key] = [{**copy.deepcopy(defaults), **row} for row in whole[key]]
	for section in whole["sections"]:
		section.setdefault("show_when", None)
		section["fields"] = [_whole_field(field) for field in section["fields"]]
	flow = whole["workflow"]
	flow["states"] = [{**copy.deepcopy(STATE_DEFAULTS), **state} for state in flow["states"]]
	flow["actions"] = [{**copy.deepcopy(ACTION_DEFAULTS), **action} for action in flow["actions"]]
	whole["clock"] = {**CLOCK_DEFAULTS, **whole["clock"]}
	for sample in whole["samples"]:
		sample.setdefault("documents", [])
		sample.setdefault("applicant", {})
		sample.setdefault("facts", {})
		sample.setdefault("waived", [])
	_add_english(whole)
	add_appeal(whole, STATE_DEFAULTS, ACTION_DEFAULTS)
	return whole


def _whole_field(field: dict) -> dict:
	whole = {**copy.deepcopy(FIELD_DEFAULTS), **field}
	whole["columns"] = [{"options": [], "required": False, **column} for column in whole["columns"]]
	return whole


def _add_english(part: Any) -> None:
	"""Where no English text is written the Arabic one stands in its place."""
	if isinstance(part, dict):
		if set(part) == {"ar"}:
			part["en"] = part["ar"]
		for value in part.values():
			_add_english(value)
	elif isinstance(part, list):
		for value in part:
			_add_english(value)


def fields_of(pack: dict) -> list[dict]:
	"""All fields of the form, in order."""
	return [field for section in pack["sections"] for field in section["fields"]]


def state_of(pack: dict, code: str) -> dict:
	return next(state for state in pack["workflow"]["states"] if state["code"] == code)
