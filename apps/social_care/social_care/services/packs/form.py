"""Checks of a pack's form against the published JSON Schema (schema.json, draft 2020-12)."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from social_care.services.packs.messages import Fault

SCHEMA = Path(__file__).with_name("schema.json")
LISTED = 8


@cache
def schema() -> dict:
	"""The schema as it is published."""
	return json.loads(SCHEMA.read_text(encoding="utf-8"))


@cache
def _validator() -> Draft202012Validator:
	return Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def form_faults(pack: object) -> list[Fault]:
	"""What of the form is wrong, in the order of the document; empty where the form is right."""
	errors = sorted(
		_validator().iter_errors(pack), key=lambda error: [str(part) for part in error.absolute_path]
	)
	return [fault for error in errors for fault in _faults(error)]


def path_of(parts: Iterator[str | int]) -> str:
	"""«sections[0].fields[2].options»."""
	text = ""
	for part in parts:
		text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
	return text or "."


def _faults(error: ValidationError) -> Iterator[Fault]:
	path, rule = path_of(error.absolute_path), error.validator
	if rule == "required":
		yield from (
			Fault(path, "required", key) for key in error.validator_value if key not in error.instance
		)
	elif rule == "additionalProperties":
		known = error.schema.get("properties", {})
		yield from (Fault(path, "unexpected", key) for key in error.instance if key not in known)
	elif rule in ("enum", "const"):
		allowed = error.validator_value if rule == "enum" else [error.validator_value]
		yield Fault(path, "choice", ", ".join(str(value) for value in allowed[:20]))
	elif rule in ("type",):
		yield Fault(path, "type", str(error.validator_value))
	elif rule in ("pattern", "format"):
		yield Fault(path, "pattern", str(error.instance)[:60])
	elif rule in ("minLength", "minItems", "minProperties"):
		yield Fault(path, "empty")
	elif rule == "uniqueItems":
		yield Fault(path, "twice", ", ".join(str(value) for value in error.instance[:LISTED]))
	elif rule in ("minimum", "maximum", "maxLength", "maxItems", "maxProperties"):
		yield Fault(path, "bounds", str(error.validator_value))
	else:
		yield Fault(path, "other", error.message[:120])
