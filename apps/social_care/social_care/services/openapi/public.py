"""What of the interface needs no service: the core's own open functions, and what apps add by a hook.

`social_care_openapi_parts` names functions(user) that return {"paths": …, "tags": […], "schemas": …}, each key optional:
Path Items by address, Tags, and Schemas by name, as OpenAPI 3.1 writes them. They say what that user may see.
"""

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _

from social_care.api.guards.policy import KINDS, STAFF, kind_of
from social_care.services.openapi import common

TAG = "public"
HOOK = "social_care_openapi_parts"


def is_staff(user: str) -> bool:
	"""Whether the user has a desk: records over REST are for nobody else."""
	return KINDS.index(kind_of(user)) >= KINDS.index(STAFF)


def parts(user: str) -> dict[str, Any]:
	"""Everything that apps describe beside the services, for this user."""
	whole: dict[str, Any] = {"paths": {}, "tags": [], "schemas": {}}
	for describe in hooked():
		part = describe(user)
		whole["paths"] |= part.get("paths", {})
		whole["schemas"] |= part.get("schemas", {})
		whole["tags"] += [tag for tag in part.get("tags", []) if tag not in whole["tags"]]
	return whole


def hooked() -> list[Callable[[str], dict[str, Any]]]:
	"""The functions that describe more."""
	return [frappe.get_attr(path) for path in frappe.get_hooks(HOOK)]


def core_part(user: str) -> dict[str, Any]:
	"""The core's functions that are open to everybody."""
	tag = {
		"name": TAG,
		"x-displayName": _("Open to everybody"),
		"description": _("Functions that need no account."),
	}
	return {
		"tags": [tag],
		"paths": {
			"/api/method/social_care.api.prints.verify": {"post": _verify()},
			"/api/method/social_care.api.openapi.document": {"get": _document()},
		},
	}


def _verify() -> dict[str, Any]:
	asked = {
		"type": "object",
		"required": ["code"],
		"properties": {
			"code": {"type": "string", "title": _("Verification Code")},
			"file_digest": {"type": "string", "title": _("SHA-256 of the PDF file, hexadecimal")},
		},
	}
	fact = {"type": "array", "items": {"type": "string"}}
	told = {
		"type": "object",
		"required": ["state", "title", "facts", "file"],
		"properties": {
			"state": {"enum": ["unknown", "withdrawn", "expired", "valid"]},
			"title": {"type": "string"},
			"facts": {"type": "array", "items": fact},
			"file": {"enum": ["same", "other", ""]},
		},
	}
	return {
		"operationId": "public.verify",
		"tags": [TAG],
		"summary": _("Confirm a print by its code"),
		"security": [{}],
		"requestBody": {"required": True, "content": {common.JSON: {"schema": asked}}},
		"responses": _answers(
			{"type": "object", "required": ["message"], "properties": {"message": told}}, "400", "417", "429"
		),
	}


def _document() -> dict[str, Any]:
	parameters = [
		{
			"name": "language",
			"in": "query",
			"description": _("Language of the descriptions"),
			"schema": {"type": "string", "enum": ["ar", "en"], "default": "ar"},
		},
		{
			"name": "version",
			"in": "query",
			"description": _("ETag of the document; browsers keep it for as long as it has this one."),
			"schema": {"type": "string"},
		},
	]
	whole = {"type": "object", "required": ["openapi", "info", "paths"]}
	return {
		"operationId": "public.document",
		"tags": [TAG],
		"summary": _("This document"),
		"security": [{}, *common.READING],
		"parameters": parameters,
		"responses": _answers(whole, "417", "429")
		| {"304": {"description": _("The document is still the one that you have.")}},
	}


def _answers(schema: dict[str, Any], *statuses: str) -> dict[str, Any]:
	done = {"description": _("Done"), "content": {common.JSON: {"schema": schema}}}
	return {"200": done, **common.refusals("401", "403", "503", *statuses)}
