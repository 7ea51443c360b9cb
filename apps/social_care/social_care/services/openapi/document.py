"""The description of all services for one reader, in OpenAPI 3.1."""

import hashlib
import json
from typing import Any

import frappe
from frappe import _
from frappe.utils import nowdate
from werkzeug.wrappers import Response

import social_care
from social_care.services.citizens import forms
from social_care.services.openapi import common, operations, public
from social_care.services.openapi.form_fields import spoken
from social_care.services.openapi.reader import Offer, offers

VERSION = "3.1.0"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
KEPT = f"private, max-age={365 * 24 * 60 * 60}, immutable"
LANGUAGES = ("ar", "en")
STORE, STORED_FOR = "social_care_openapi", 60 * 60


def answer(language: str | None = None, version: str = "") -> Response:
	"""The document as an answer. Whoever names the version that it has may keep it; it bears an ETag in any case."""
	with speaking(language):
		text = stored(frappe.session.user)
	digest = hashlib.sha256(text.encode()).hexdigest()[:16]
	if frappe.request and frappe.request.if_none_match.contains(digest):
		response = Response(status=304)
	else:
		response = Response(text, content_type="application/json")
	response.set_etag(digest)
	response.headers["Vary"] = "Authorization, Cookie"
	if version == digest:
		response.headers["Cache-Control"] = KEPT
	return response


def stored(user: str) -> str:
	"""The document of whoever has the same roles, as long as nothing that it is made of has changed."""
	key = f"{STORE}:{fingerprint(user)}"
	text = frappe.cache.get_value(key, expires=True)
	if not text:
		text = as_text(document(user))
		frappe.cache.set_value(key, text, expires_in_sec=STORED_FOR)
	return text


def fingerprint(user: str) -> str:
	"""What the document depends on: language, roles, catalogue, packs, record types, fields, translations, code."""
	made_of = [
		frappe.local.lang,
		public.kind_of(user),
		sorted(frappe.get_roles(user)),
		social_care.__version__,
		nowdate(),  # services begin and end on a day
	]
	made_of += [user] if user == "Administrator" else []
	for doctype in (
		"Service",
		"Service Pack",
		"DocType",
		"Custom Field",
		"Property Setter",
		"Custom DocPerm",
		"Translation",
		"Web Form",
		*forms.LISTS,
	):
		made_of.append(str(frappe.db.get_value(doctype, {}, ["max(modified)", "count(name)"])))
	made_of.append(frappe.get_hooks(public.HOOK))
	return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()


class speaking:
	"""Another language for the length of a block: one of LANGUAGES, Arabic where none is named. Raises ValidationError."""

	def __init__(self, language: str | None) -> None:
		if language is not None and language not in LANGUAGES:
			frappe.throw(
				_("The document is there in these languages: {0}.").format(", ".join(LANGUAGES)),
				title=_("Language"),
			)
		self.language = language or LANGUAGES[0]

	def __enter__(self) -> None:
		self.before, frappe.local.lang = frappe.local.lang, self.language

	def __exit__(self, *_exc) -> None:
		frappe.local.lang = self.before


def as_text(found: dict[str, Any]) -> str:
	"""The document as JSON, always the same for the same services, roles and language."""
	return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def document(user: str) -> dict[str, Any]:
	"""What the user may see of the interface."""
	seen = offers(user) if public.is_staff(user) else []
	paths: dict[str, Any] = {}
	for offer in seen:
		paths |= operations.paths(offer)
	paths |= operations.workflow_path(seen)
	more = public.parts(user)
	paths |= more["paths"]
	return {
		"openapi": VERSION,
		"jsonSchemaDialect": DIALECT,
		"info": info(seen),
		"servers": [{"url": "/"}],
		"tags": [*(tag(offer) for offer in seen), *more["tags"]],
		"paths": paths,
		"components": components(seen, more["schemas"]),
	}


def info(seen: list[Offer]) -> dict[str, Any]:
	"""Name and version of the interface: that of the core, and of every service its pack's."""
	packs = ".".join(f"{offer.code}-v{offer.version}" for offer in seen)
	digest = hashlib.sha256(packs.encode()).hexdigest()[:8]
	return {
		"title": _("Interface of the social care services"),
		"version": f"{social_care.__version__}+{digest}",
		"description": _(
			"Requests of the published services, for programs of other authorities and for the ministry's own. It shows what the reader's roles open."
		),
	}


def tag(offer: Offer) -> dict[str, Any]:
	"""A service as a group of operations."""
	title, introduction = spoken(offer.pack["title"]), offer.pack["introduction"]
	words = {"name": offer.code, "x-code": offer.code, "x-displayName": title}
	return words | {"description": spoken(introduction) if introduction else title}


def components(seen: list[Offer], more: dict[str, Any]) -> dict[str, Any]:
	found = {"Refusal": common.refusal_schema(), **more}
	for offer in seen:
		found |= operations.schemas(offer)
	return {"schemas": found, "responses": common.responses(), "securitySchemes": common.security_schemes()}
