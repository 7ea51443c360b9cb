"""What all operations of the description share: who calls, how lists are asked, what refusals look like."""

from typing import Any

from frappe import _

from social_care.services.openapi.schemas import AMOUNT, DATETIME, NAME_LIMIT, TIME, WHOLE, Schema

PAGE, MOST, MOST_FILTERS = 20, 1000, 20
Columns = tuple[tuple[str, str], ...]
VALUES: dict[str, Schema] = {
	"text": {"type": "string", "maxLength": NAME_LIMIT},
	"number": {"type": "number", "minimum": -AMOUNT, "maximum": AMOUNT},
	"date": {"type": "string", "format": "date"},
	"datetime": DATETIME,
	"time": TIME,
}
JSON = "application/json"
REFUSALS: dict[str, str] = {
	"400": "The session's token against forged requests is missing or wrong, or what was sent is no JSON.",
	"401": "The keys are wrong, or the session has ended.",
	"403": "The caller may not do this, or the record is outside the caller's scope.",
	"404": "There is no such record, service or function.",
	"409": "A record of this name is there already.",
	"413": "More was sent than one call may bring.",
	"417": "What was sent cannot be taken; the message says why.",
	"429": "Too many calls in a short time; try again later.",
	"503": "The system is being maintained; try again later.",
}


def security_schemes() -> dict[str, Any]:
	"""Keys of a user for programs; the session of a browser with its token for pages."""
	return {
		"token": {
			"type": "apiKey",
			"in": "header",
			"name": "Authorization",
			"description": _("«token KEY:SECRET», with the key and the secret of a user for programs."),
		},
		"session": {
			"type": "apiKey",
			"in": "cookie",
			"name": "sid",
			"description": _("The session of a browser that has logged in."),
		},
		"forgery": {
			"type": "apiKey",
			"in": "header",
			"name": "X-Frappe-CSRF-Token",
			"description": _("Token of the session against forged requests; calls with keys need none."),
		},
	}


READING: list[dict[str, list]] = [{"token": []}, {"session": []}]
WRITING: list[dict[str, list]] = [{"token": []}, {"session": [], "forgery": []}]


def responses() -> dict[str, Any]:
	"""Refusals by status, as components. Their words are English here and translated when the document is made."""
	body = {JSON: {"schema": {"$ref": "#/components/schemas/Refusal"}}}
	found = {
		f"Refusal{status}": {"description": _(text), "content": body} for status, text in REFUSALS.items()
	}
	page = {"text/html": {"schema": {"type": "string"}}}  # the web server's own, before the framework
	return found | {
		"Refusal414": {"description": _("The address is longer than the web server takes."), "content": page}
	}


def refusals(*statuses: str) -> dict[str, Any]:
	"""References to refusals, for an operation."""
	return {status: {"$ref": f"#/components/responses/Refusal{status}"} for status in statuses}


def refusal_schema() -> Schema:
	"""The body of a refusal, as the framework writes it."""
	text = {"type": "string"}
	return {
		"type": "object",
		"description": _("Why a call was refused."),
		"properties": {
			"exc_type": {**text, "description": _("Class of the refusal, for programs.")},
			"exception": {**text, "description": _("Class of the refusal, for programs.")},
			"exc": {**text, "description": _("Always without a trace of the program.")},
			"_server_messages": {
				**text,
				"contentMediaType": JSON,
				"description": _(
					"Messages for people: a JSON list of JSON objects with «message» and «title»."
				),
			},
			"session_expired": {"type": "integer"},
		},
	}


def list_parameters(columns: Columns) -> list[dict[str, Any]]:
	"""Arguments of a list. `columns` are those that the caller may ask for."""
	return [
		_parameter(
			"fields",
			fields_schema(columns),
			_("Columns to be answered; the name alone otherwise."),
			as_json=True,
		),
		_parameter(
			"filters",
			filters_schema(columns),
			_("Conditions that all have to hold, each [column, operator, value]."),
			as_json=True,
		),
		_parameter(
			"order_by", order_schema(columns), _("Column and direction, for example «modified desc».")
		),
		_parameter("limit_start", count_schema(WHOLE), _("How many records are left out at the beginning.")),
		_parameter(
			"limit_page_length",
			{**count_schema(MOST), "minimum": 1, "default": PAGE},
			_("How many records are answered at most."),
		),
	]


def _parameter(name: str, schema: Schema, text: str, as_json: bool = False) -> dict[str, Any]:
	form = {"content": {JSON: {"schema": schema}}} if as_json else {"schema": schema}
	return {"name": name, "in": "query", "required": False, "description": text, **form}


def fields_schema(columns: Columns) -> Schema:
	return {
		"type": "array",
		"items": {"type": "string", "enum": ["*", *(name for name, _kind in columns)]},
		"minItems": 1,
		"maxItems": 100,
	}


def filters_schema(columns: Columns) -> Schema:
	"""Conditions of a list: rows [column, operator, value], or an object of values, or of [operator, value], by column.

	`columns` are (name, kind) with a kind of VALUES.
	"""
	rows: list[Schema] = []
	by_column: dict[str, Schema] = {}
	for kind, names in _grouped(columns).items():
		tests = _tests(kind)
		rows += [_list([{"type": "string", "enum": names}, *test]) for test in tests]
		by_column[f"^({'|'.join(names)})$"] = {"anyOf": [VALUES[kind], *(_list(test) for test in tests)]}
	whole = {
		"type": "object",
		"patternProperties": by_column,
		"additionalProperties": False,
		"maxProperties": MOST_FILTERS,
	}
	return {"anyOf": [{"type": "array", "items": {"anyOf": rows}, "maxItems": MOST_FILTERS}, whole]}


def _grouped(columns: Columns) -> dict[str, list[str]]:
	groups: dict[str, list[str]] = {}
	for name, kind in columns:
		groups.setdefault(kind, []).append(name)
	return groups


def _tests(kind: str) -> list[list[Schema]]:
	"""What may stand behind a column of this kind: an operator, and what it compares with."""
	value = VALUES[kind]
	found = [
		_test(("=", "!=", ">", "<", ">=", "<="), value),
		_test(("in", "not in"), {"type": "array", "items": value, "minItems": 1, "maxItems": 100}),
		_test(("is",), {"enum": ["set", "not set"]}),
	]
	if kind == "text":
		return [*found, _test(("like", "not like"), value)]
	return [*found, _test(("between",), {"type": "array", "items": value, "minItems": 2, "maxItems": 2})]


def _test(operators: tuple[str, ...], value: Schema) -> list[Schema]:
	return [{"type": "string", "enum": list(operators)}, value]


def _list(parts: list[Schema]) -> Schema:
	return {"type": "array", "prefixItems": parts, "minItems": len(parts), "maxItems": len(parts)}


def order_schema(columns: Columns) -> Schema:
	names = "|".join(name for name, _kind in columns)
	return {"type": "string", "pattern": f"^({names})( (asc|desc))?$"}


def count_schema(most: int) -> Schema:
	return {"type": "integer", "minimum": 0, "maximum": most}


def name_parameter() -> dict[str, Any]:
	"""The name of a record in a path."""
	return {
		"name": "name",
		"in": "path",
		"required": True,
		"description": _("Number of the request, as it stands on its receipt."),
		"schema": {"type": "string", "minLength": 1, "maxLength": NAME_LIMIT, "pattern": "^[A-Za-z0-9-]+$"},
	}
