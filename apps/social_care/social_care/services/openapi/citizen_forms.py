"""JSON Schema of what a citizen writes in the form of a service: the fields of its public page, as they are sent."""

from functools import partial
from typing import Any

from frappe import _

from social_care.services.citizens import answers, forms, places
from social_care.services.citizens.offers import Offer
from social_care.services.openapi.form_fields import spoken
from social_care.services.openapi.schemas import DAY, Schema, nullable, reference

FORM = "Form"
MOMENT = f"^{DAY}[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"
HOUR = "^([01][0-9]|2[0-3]):[0-5][0-9]$"


def form_name(offer: Offer) -> str:
	"""Component of a service's form: FamilyVisitPermitRequest.Form."""
	return f"{offer.web_form.doc_type.replace(' ', '')}.{FORM}"


def list_name(target: str) -> str:
	"""Component of the rows of a reference table that a form offers: Choice.AdmissionReason."""
	return f"Choice.{target.replace(' ', '')}"


def lists(targets: set[str]) -> dict[str, Schema]:
	"""Components of reference tables, once for all forms: what is sent, and its words beside it."""
	return {list_name(target): _listed(target) for target in sorted(targets)}


def _listed(target: str) -> Schema:
	if target == "Governorate":
		rows: list = [list(row) for row in places.governorates()]
	else:
		rows = forms.options({"type": "link", "target": target})
	schema: Schema = {"type": "string", "title": _(target), "enum": [row[0] for row in rows]}
	return schema | {"x-enum-titles": [row[1] for row in rows]}


def targets(offer: Offer) -> set[str]:
	"""Reference tables that the form of a service asks for."""
	asked = {field["target"] for field in forms.fields(offer) if field["type"] == "link"}
	return {"Governorate"} | (asked & set(forms.LISTS))


def form_schema(offer: Offer) -> Schema:
	"""The form of a service. What hangs on other answers (`required_when`) is asked for when it is sent."""
	rows = {row.fieldname: row for row in offer.web_form.web_form_fields}
	always = _always_shown(offer)
	properties, required = _place(), ["governorate", "place"]
	for field in forms.fields(offer):
		row = rows[field["name"]]
		needed = bool(row.reqd) and field["name"] in always
		properties[field["name"]] = _field(field, _(row.label or field["name"]), needed)
		required += [field["name"]] if needed else []
	return {
		"type": "object",
		"title": spoken(offer.pack["title"]),
		"properties": properties,
		"required": required,
	}


def _always_shown(offer: Offer) -> set[str]:
	"""Fields that stand in no part of the form with a condition."""
	sections = offer.pack["sections"]
	hidden = {field["name"] for part in sections if part["show_when"] for field in part["fields"]}
	return {field["name"] for field in forms.fields(offer)} - hidden


def _place() -> dict[str, Any]:
	place: Schema = {"type": "string", "minLength": 1, "maxLength": answers.LINE}
	return {
		"governorate": reference(list_name("Governorate")),
		"place": place | {"title": _("Key of the office or institution, as «offices» answers it")},
	}


def _field(field: dict, label: str, required: bool) -> Schema:
	schema = _table(field) if field["type"] == "table" else _value(field)
	if "$ref" in schema:
		return (
			{**schema, "title": label} if required else {"anyOf": [schema, {"type": "null"}], "title": label}
		)
	return {**(schema if required or field["type"] == "table" else nullable(schema)), "title": label}


def _table(field: dict) -> Schema:
	columns = {
		column["name"]: _field(column, spoken(column["label"]), column["required"])
		for column in field["columns"]
	}
	needed = [column["name"] for column in field["columns"] if column["required"]]
	return {
		"type": "array",
		"maxItems": answers.ROWS,
		"items": {"type": "object", "properties": columns} | ({"required": needed} if needed else {}),
	}


def _value(field: dict) -> Schema:
	"""One value, as the readers of services/citizens/answers.py take it."""
	kind = field["type"]
	makers = {
		"choice": partial(_choice, field),
		"link": partial(_link, field),
		"yes_no": lambda: {"type": "integer", "enum": [0, 1]},
		"date": lambda: {"type": "string", "format": "date"},
		"datetime": lambda: {"type": "string", "pattern": MOMENT, "format": "local-date-time"},
		"time": lambda: {"type": "string", "pattern": HOUR, "format": "local-time"},
		"email": lambda: {"type": "string", "format": "email", "maxLength": answers.LINE},
		"long_text": lambda: {"type": "string", "maxLength": answers.TEXT},
	}
	if kind in answers.NUMBERS:
		return _number(field)
	return makers.get(kind, lambda: {"type": "string", "maxLength": answers.LINE})()


def _number(field: dict) -> Schema:
	whole, least, most = field["type"] == "integer", field.get("minimum"), field.get("maximum")
	largest = (answers.LARGEST_WHOLE if whole else answers.LARGEST) - 1
	return {
		"type": "integer" if whole else "number",
		"minimum": -largest if least is None else least,
		"maximum": largest if most is None else most,
	}


def _choice(field: dict) -> Schema:
	return {
		"type": "string",
		"enum": [option["value"] for option in field["options"]],
		"x-enum-titles": [spoken(option["title"]) for option in field["options"]],
	}


def _link(field: dict) -> Schema:
	if field["target"] in forms.LISTS:
		return reference(list_name(field["target"]))
	return {
		"type": "string",
		"maxLength": answers.LINE,
		"description": _("Key of the institution, as «institutions» answers it."),
	}
