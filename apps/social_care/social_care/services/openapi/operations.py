"""Paths and components of one service: its requests are listed, read, entered, changed, and moved along their path."""

from typing import Any
from urllib.parse import quote

from frappe import _

from social_care.services.openapi import common
from social_care.services.openapi.form_fields import TABLES, spoken
from social_care.services.openapi.reader import Offer
from social_care.services.openapi.schemas import (
	NAME_LIMIT,
	NEW,
	Schema,
	read_rows,
	read_schema,
	reference,
	rows_name,
	write_rows,
	write_schema,
)

WORKFLOW = "/api/method/frappe.model.workflow.apply_workflow"
LISTED = (
	*(("name", "text"), ("owner", "text"), ("creation", "datetime")),
	*(("modified", "datetime"), ("modified_by", "text"), ("docstatus", "number")),
)
KINDS = {
	**dict.fromkeys(("Int", "Float", "Currency", "Percent", "Check", "Rating", "Duration"), "number"),
	"Date": "date",
	"Datetime": "datetime",
	"Time": "time",
}
ALWAYS = ("401", "403", "417", "429", "503")


def component(offer: Offer, part: str = "") -> str:
	"""Name of a component of the service: FamilyVisitPermitRequest, FamilyVisitPermitRequest.New, …"""
	name = offer.doctype.replace(" ", "")
	return f"{name}.{part}" if part else name


def columns(offer: Offer) -> common.Columns:
	"""Columns that a list of the service's requests answers and is asked by, with the kind of what they hold."""
	own = ((field.name, KINDS.get(field.kind, "text")) for field in offer.read if field.kind not in TABLES)
	return (*LISTED, *own)


def schemas(offer: Offer) -> dict[str, Schema]:
	"""Components of the service."""
	found = _shared_rows(offer) | {
		component(offer): read_schema(offer.read, offer.doctype) | {"title": title(offer)}
	}
	if "create" in offer.rights:
		found[component(offer, "New")] = write_schema(offer.write, required=True, whole=False)
	if "write" in offer.rights:
		found[component(offer, "Change")] = write_schema(offer.write, required=False, whole=False)
	if "write" in offer.rights and offer.actions:
		found[component(offer, "Step")] = step_schema(offer)
	return found


def _shared_rows(offer: Offer) -> dict[str, Schema]:
	"""Rows of the tables that all services have: papers, conditions, path."""
	tables = [field for field in offer.read if field.shared]
	read = {rows_name(field): read_rows(field) for field in tables}
	return read | {rows_name(field, NEW): write_rows(field) for field in offer.write if field.shared}


def title(offer: Offer) -> str:
	return spoken(offer.pack["title"])


def step_schema(offer: Offer) -> Schema:
	"""A step of the workflow: of which request, and which one."""
	names = [action["title"]["en"] for action in offer.actions]
	return {
		"type": "object",
		"title": title(offer),
		"required": ["doc", "action"],
		"properties": {
			"doc": {
				"type": "object",
				"required": ["doctype", "name"],
				"properties": {
					"doctype": {"const": offer.doctype},
					"name": {"type": "string", "minLength": 1, "maxLength": NAME_LIMIT},
				},
			},
			"action": {
				"type": "string",
				"enum": names,
				"x-enum-titles": [spoken(action["title"]) for action in offer.actions],
			},
		},
	}


def paths(offer: Offer) -> dict[str, Any]:
	"""Addresses of the service's requests."""
	address = f"/api/resource/{quote(offer.doctype)}"
	many: dict[str, Any] = {"get": list_operation(offer)}
	one: dict[str, Any] = {"parameters": [common.name_parameter()], "get": read_operation(offer)}
	if "create" in offer.rights:
		many["post"] = create_operation(offer)
	if "write" in offer.rights:
		one["put"] = change_operation(offer)
	return {address: many, f"{address}/{{name}}": one}


def list_operation(offer: Offer) -> dict[str, Any]:
	rows = {"type": "array", "items": reference(component(offer))}
	return _operation(offer, "list", _("List of requests"), rows, common.READING, *ALWAYS, "414") | {
		"parameters": common.list_parameters(columns(offer)),
	}


def read_operation(offer: Offer) -> dict[str, Any]:
	answer = reference(component(offer))
	return _operation(offer, "read", _("Read a request"), answer, common.READING, *ALWAYS, "404")


def create_operation(offer: Offer) -> dict[str, Any]:
	answer = reference(component(offer))
	statuses = (*ALWAYS, "400", "404", "409", "413")
	made = _operation(offer, "create", _("Enter a request"), answer, common.WRITING, *statuses)
	return made | {"requestBody": _body(reference(component(offer, "New")))}


def change_operation(offer: Offer) -> dict[str, Any]:
	answer = reference(component(offer))
	statuses = (*ALWAYS, "400", "404", "409", "413")
	made = _operation(offer, "change", _("Change a request"), answer, common.WRITING, *statuses)
	return made | {"requestBody": _body(reference(component(offer, "Change")))}


def workflow_path(offers: list[Offer]) -> dict[str, Any]:
	"""The one address at which a request of any service takes a step."""
	able = [offer for offer in offers if "write" in offer.rights and offer.actions]
	if not able:
		return {}
	answers = {"anyOf": [reference(component(offer)) for offer in able]}
	steps = {"anyOf": [reference(component(offer, "Step")) for offer in able]}
	operation = {
		"operationId": "workflow.step",
		"tags": [offer.code for offer in able],
		"summary": _("Take a step of the workflow"),
		"description": _(
			"The steps that are open depend on the state of the request and on the caller's role at its place."
		),
		"security": common.WRITING,
		"requestBody": _body(steps),
		"responses": _answers(answers, "message", (*ALWAYS, "400", "404", "409", "413")),
	}
	return {WORKFLOW: {"post": operation}}


def _operation(
	offer: Offer, name: str, summary: str, answer: Schema, security: list, *statuses: str
) -> dict[str, Any]:
	return {
		"operationId": f"{offer.code}.{name}",
		"tags": [offer.code],
		"summary": summary,
		"security": security,
		"responses": _answers(answer, "data", statuses),
	}


def _answers(answer: Schema, key: str, statuses: tuple[str, ...]) -> dict[str, Any]:
	body = {"type": "object", "required": [key], "properties": {key: answer}}
	done = {"description": _("Done"), "content": {common.JSON: {"schema": body}}}
	return {"200": done, **common.refusals(*sorted(statuses))}


def _body(schema: Schema) -> dict[str, Any]:
	return {"required": True, "content": {common.JSON: {"schema": schema}}}
