"""JSON Schema (draft 2020-12) of fields: what a request holds when it is read, and what may be sent. Pure."""

from datetime import datetime
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from social_care.services.openapi.form_fields import TABLES, Field

Schema = dict[str, Any]

DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
CLOCK = "[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?"
# A day and an hour as the framework writes them. Patterns are for generic clients; the format knows February, too.
DATETIME: Schema = {
	"type": "string",
	"pattern": f"^{DAY} ([01][0-9]|2[0-3]):{CLOCK}$",
	"format": "local-date-time",
}
TIME: Schema = {
	"type": "string",
	"pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?$",
	"format": "local-time",
}
FORMATS = FormatChecker(Draft202012Validator.FORMAT_CHECKER.checkers)
TEXT_LIMIT = 16_383  # characters of four bytes in a column of 65,535 bytes
NAME_LIMIT = 140
WHOLE = 2_147_483_647
AMOUNT = 999_999_999_999  # decimal(21,9)
ADDRESS_LIMIT = 500
LONG_TEXTS = (
	"Small Text",
	"Text",
	"Long Text",
	"Text Editor",
	"Code",
	"JSON",
	"HTML Editor",
	"Markdown Editor",
)
NEW = ".New"
ROW_LIMIT = 500  # rows of a table that one call may send


@FORMATS.checks("local-date-time", raises=ValueError)
def is_moment(value: Any) -> bool:
	"""Whether the calendar has such a day and hour; other kinds than texts are the schema's matter."""
	return not isinstance(value, str) or bool(datetime.fromisoformat(value))


def read_schema(fields: tuple[Field, ...], doctype: str) -> Schema:
	"""A request as it is answered. Fields without a value may be left out."""
	properties = system_properties(doctype) | {field.name: read_field(field) for field in fields}
	return {"type": "object", "properties": properties}


def system_properties(doctype: str) -> Schema:
	"""What the framework keeps with every record."""
	return {
		"name": {"type": "string", "maxLength": NAME_LIMIT, "readOnly": True},
		"doctype": {"const": doctype},
		"owner": {"type": "string", "readOnly": True},
		"creation": {**DATETIME, "readOnly": True},
		"modified": {**DATETIME, "readOnly": True},
		"modified_by": {"type": "string", "readOnly": True},
		"docstatus": {"enum": [0, 1, 2], "readOnly": True},
		"idx": {"type": "integer", "readOnly": True},
	}


def read_field(field: Field) -> Schema:
	"""One field in an answer."""
	if field.kind in TABLES:
		rows = reference(rows_name(field)) if field.shared else read_rows(field)
		schema: Schema = {"type": "array", "items": rows}
	else:
		schema = _value(field)
		if field.options:
			schema = _choice(
				schema, list(field.known or field.options), list(field.known_titles or field.titles)
			)
		schema = nullable(schema)
	if field.read_only:
		schema["readOnly"] = True
	if field.earlier:
		schema["deprecated"] = True
	return schema | _label(field)


def read_rows(field: Field) -> Schema:
	"""A row of a table in an answer."""
	return {"type": "object", "properties": {column.name: read_field(column) for column in field.rows}}


def write_rows(field: Field) -> Schema:
	"""A row of a table as it may be sent."""
	return write_schema(tuple(column for column in field.rows if not column.read_only), required=True)


def rows_name(field: Field, part: str = "") -> str:
	"""Component of the rows of a table that all services share."""
	return field.target.replace(" ", "") + part


def reference(name: str) -> Schema:
	return {"$ref": f"#/components/schemas/{name}"}


def write_schema(fields: tuple[Field, ...], required: bool, whole: bool = True) -> Schema:
	"""What may be sent. `required`: a new request, which brings every field that is always asked for.

	`whole`: without references to other components.
	"""
	schema: Schema = {
		"type": "object",
		"properties": {field.name: write_field(field, required, whole) for field in fields},
		"minProperties": 1,
	}
	asked = [field.name for field in fields if field.required]
	if required and asked:
		schema["required"] = asked
	return schema


def write_field(field: Field, new: bool = True, whole: bool = True) -> Schema:
	"""One field as it may be sent; `new`: in a new record."""
	if field.kind in TABLES:
		shared = field.shared and not whole
		rows = reference(rows_name(field, NEW)) if shared else write_rows(field)
		schema: Schema = {"type": "array", "items": rows, "maxItems": ROW_LIMIT}
		if field.required:
			schema["minItems"] = 1
	else:
		schema = _value(field) | _limits(field)
		if field.options:
			schema = _choice(schema, list(field.options), list(field.titles))
		if field.required or (field.kept and not new):
			schema |= {"minLength": 1} if schema.get("type") == "string" and not field.options else {}
		else:
			schema = nullable(schema)
	return schema | _label(field)


def _value(field: Field) -> Schema:
	kinds: dict[str, Schema] = {
		"Check": {"type": "integer", "enum": [0, 1]},
		"Int": {"type": "integer", "minimum": -WHOLE, "maximum": WHOLE},
		"Date": {"type": "string", "format": "date"},
		"Datetime": DATETIME,
		"Time": TIME,
		"Link": {"type": "string", "maxLength": NAME_LIMIT, "x-links-to": field.target},
		"Attach": {"type": "string", "maxLength": ADDRESS_LIMIT},
		"Attach Image": {"type": "string", "maxLength": ADDRESS_LIMIT},
	}
	if field.kind in kinds:
		return dict(kinds[field.kind])
	if field.kind in ("Float", "Currency", "Percent", "Rating", "Duration"):
		return {"type": "number", "minimum": -AMOUNT, "maximum": AMOUNT}
	limit = TEXT_LIMIT if field.kind in LONG_TEXTS else field.length or NAME_LIMIT
	return {"type": "string", "maxLength": limit} | ({"format": field.form} if field.form else {})


def _limits(field: Field) -> Schema:
	if field.kind not in ("Int", "Float", "Currency", "Percent"):
		return {}
	limits = {"minimum": field.minimum, "maximum": field.maximum}
	return {key: value for key, value in limits.items() if value is not None}


def _choice(schema: Schema, options: list[str], titles: list[str]) -> Schema:
	return {**schema, "enum": options, "x-enum-titles": titles}


def nullable(schema: Schema) -> Schema:
	"""The schema, which nothing at all meets too."""
	open_schema = {**schema, "type": [schema["type"], "null"]}
	if "enum" in schema:
		empty = "" if schema["type"] == "string" and "" not in schema["enum"] else None
		more = [empty, None] if empty == "" else [None]
		open_schema["enum"] = [*schema["enum"], *more]
		if "x-enum-titles" in schema:
			open_schema["x-enum-titles"] = [*schema["x-enum-titles"], *("" for _one in more)]
	return open_schema


def _label(field: Field) -> Schema:
	return {"title": field.label, **({"description": field.help} if field.help else {})}
