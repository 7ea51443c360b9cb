"""Which versions of a service's pack there are: the published one, and those under which requests are still open."""

import json
from functools import lru_cache

import frappe

from social_care.organisation.grants import request_cache
from social_care.services.compiler.texts import LANGUAGE, all_texts
from social_care.services.packs.definition import complete, state_of

ENDED = ("accepted", "refused", "withdrawn", "closed")
KNOWN, TEXTS = "social_care_pack_versions", "social_care_app_texts"


def name_of(service: str, version: int) -> str:
	return f"{service}-v{version}"


def at(service: str, version: int) -> dict:
	"""The complete definition of one version. Raises DoesNotExistError."""
	name = name_of(service, version)
	digest, definition = _stored(name)
	return _complete(name, digest, definition)


def _stored(name: str) -> tuple[str, str]:
	cache = request_cache(KNOWN)
	if name not in cache:
		doc = frappe.get_cached_doc("Service Pack", name)
		cache[name] = (doc.definition_digest, doc.definition)
	return cache[name]


@lru_cache(maxsize=256)
def _complete(name: str, digest: str, definition: str) -> dict:
	"""Parsed once a process for each content; callers do not change it."""
	return complete(json.loads(definition))


def published_version(service: str) -> int | None:
	return frappe.get_cached_value("Service", service, "published_version") or None


def published(service: str) -> dict | None:
	"""The definition that new requests begin under."""
	version = published_version(service)
	return at(service, version) if version else None


def living(service: str) -> dict[int, dict]:
	"""Versions with open requests, by number."""
	row = frappe.db.get_value("Service", service, ["request_type", "published_version"], as_dict=True)
	if not row or not row.published_version or not frappe.db.table_exists(row.request_type):
		return {}
	table = frappe.qb.DocType(row.request_type)
	used = frappe.qb.from_(table).select(table.pack_version, table.status).distinct().run()
	open_versions = {version for version, status in used if version and not _ended(service, version, status)}
	return {version: at(service, version) for version in open_versions}


def _ended(service: str, version: int, status: str) -> bool:
	"""Whether nothing can follow: a granted or refused request may still be closed or appealed."""
	pack = at(service, version)
	left = {code for action in pack["workflow"]["actions"] for code in action["from"]}
	return not any(
		state["title"]["en"] == status and state["code"] in left for state in pack["workflow"]["states"]
	)


def made_before(service: str) -> set[tuple[str, str]]:
	"""(DocType, name) of what the published version made, without record types and shared names: these are kept."""
	version = published_version(service)
	text = frappe.db.get_value("Service Pack", name_of(service, version), "artefacts") if version else None
	kept = ("DocType", "Workflow State", "Workflow Action Master", "Translation")
	return {(doctype, name) for doctype, name in json.loads(text or "[]") if doctype not in kept}


def foreign_texts(services: set[str]) -> dict[str, str]:
	"""English texts that have an Arabic already: of the apps' files, then of published packs of other services; the first one's."""
	texts = dict(_texts_of_apps())
	rows = frappe.get_all(
		"Service", fields=["name", "published_version"], order_by="name asc"
	)  # the catalogue
	for row in rows:
		if row.published_version and row.name not in services:
			for english, arabic in all_texts(at(row.name, row.published_version)):
				texts.setdefault(english, arabic)
	return texts


def _texts_of_apps() -> dict[str, str]:
	"""What the apps' files hold, read once a request or command: a run over all packs asks for every one of them."""
	from frappe.translate import get_translations_from_apps

	cache = request_cache(TEXTS)
	if LANGUAGE not in cache:
		cache[LANGUAGE] = get_translations_from_apps(LANGUAGE)
	return cache[LANGUAGE]


def forget(service: str) -> None:
	"""Drop what this request knows of a service's versions."""
	request_cache(KNOWN).clear()
	frappe.clear_document_cache("Service", service)


def state_named(pack: dict, status: str) -> dict:
	"""The state that is stored as `status`."""
	return next(state for state in pack["workflow"]["states"] if state["title"]["en"] == status)


def action_between(pack: dict, old: str, new: str) -> dict | None:
	"""The action that leads from one stored state to another under this version."""
	codes = {state["title"]["en"]: state["code"] for state in pack["workflow"]["states"]}
	start, end = codes.get(old), codes.get(new)
	return next(
		(row for row in pack["workflow"]["actions"] if start in row["from"] and row["to"] == end), None
	)


__all__ = [
	"action_between",
	"at",
	"foreign_texts",
	"forget",
	"living",
	"made_before",
	"name_of",
	"published",
	"state_named",
	"state_of",
]
