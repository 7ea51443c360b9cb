"""The rows of an answer: lists, link searches, records that were asked for by filters, and what endpoints of ours list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.model.document import Document

from social_care.api.guards.request import existing_doctype
from social_care.framework_doors.references import Pair, pairs
from social_care.reading.subjects import existing, personal

KEYS = ("message", "data", "results", "values")
WRAPPED = ("files", "data", "result", "rows")
NAMING = ("name", "value")
CODES = ("name", "value", "child", "docname", "record_name", "reference_name", "person")
FILE_PAIR = (Pair("attached_to_doctype", "attached_to_name"),)
MOST = 2000  # names kept of one list, and values looked at in one answer


@dataclass
class Listed:
	"""A list of records of one type, with those names of personal records that its rows hold."""

	doctype: str
	rows_shown: int
	names: list[str]


def body() -> Any:
	"""What the answer under way holds."""
	return next((frappe.response[key] for key in KEYS if frappe.response.get(key)), None)


def documents() -> list[tuple[str, str]]:
	"""Personal records that the answer holds whole, by their names in the database; rows of tables by their records."""
	shown = [*(frappe.response.get("docs") or []), body()]
	pairs_shown = dict.fromkeys(pair for part in shown[:MOST] if (pair := _document(part)))
	kinds, names = ({pair[at] for pair in pairs_shown} for at in (0, 1))
	return [pair for pair in existing(sorted(kinds), sorted(names)) if pair in pairs_shown]


def _document(part: Any) -> tuple[str, str] | None:
	if not isinstance(part, dict | Document):
		return None
	kind, name = part.get("doctype"), part.get("name")
	if existing_doctype(kind) and frappe.get_meta(kind).istable:
		kind, name = part.get("parenttype"), part.get("parent")
	if not (isinstance(name, str) and name and existing_doctype(kind)):
		return None
	return (kind, name) if personal(kind) else None


def rows(doctype: Any) -> list[Listed]:
	"""The records of a type that the answer lists, where they are personal or hang on personal records."""
	answer = body()
	if _is_by_type(answer):
		return [listed for kind, part in answer.items() for listed in _of_type(kind, _rows(part))]
	return _of_type(doctype, _rows(answer)) if existing_doctype(doctype) else []


def _is_by_type(answer: Any) -> bool:
	"""Lists by the names of their types, as the framework tells linked records."""
	return (
		isinstance(answer, dict)
		and bool(answer)
		and all(isinstance(part, list) and existing_doctype(kind) for kind, part in answer.items())
	)


def _of_type(doctype: str, found: list) -> list[Listed]:
	if not found:
		return []
	texts = list(dict.fromkeys(name for row in found[:MOST] if (name := _name(row))))
	if personal(doctype):
		return [Listed(doctype, len(found), _names(doctype, texts))]
	names = _hung_on(doctype, texts)
	return [Listed(doctype, len(found), names)] if names else []


def _names(doctype: str, texts: list[str]) -> list[str]:
	"""Those that are names of records, and no counted or grouped values; one query."""
	return [] if frappe.get_meta(doctype).istable else [name for _kind, name in existing([doctype], texts)]


def _hung_on(doctype: str, names: list[str]) -> list[str]:
	"""Personal records on which rows of the framework hang (files, comments, versions)."""
	found: dict[str, None] = {}
	for pair in FILE_PAIR if doctype == "File" else pairs(doctype):
		filters = {"name": ["in", names], pair.name_field: ["is", "set"]}
		# what was shown is found after the answer: rights were asked before it
		for kind, name in (
			frappe.get_all(doctype, filters, list(pair), as_list=True, order_by=None) if names else []
		):
			if existing_doctype(kind) and personal(kind):
				found[name] = None
	return list(found)


def _rows(answer: Any) -> list:
	if isinstance(answer, dict) and isinstance(answer.get("values"), list) and answer.get("keys"):
		return [dict(zip(answer["keys"], row, strict=False)) for row in answer["values"]]
	if isinstance(answer, dict):
		inner = next((answer[key] for key in WRAPPED if isinstance(answer.get(key), list)), None)
		return _rows(inner) if inner is not None else [answer] if answer.get("name") else []
	if isinstance(answer, list | tuple):
		return [row for row in answer if isinstance(row, dict | list | tuple) and row]
	return [answer.as_dict()] if isinstance(answer, Document) and answer.get("name") else []


def _name(row: Any) -> str:
	if isinstance(row, list | tuple):
		return row[0] if isinstance(row[0], str) else ""
	return (
		next((row[key] for key in NAMING if isinstance(row.get(key), str)), "")
		if isinstance(row, dict)
		else ""
	)


def children_told() -> Listed | None:
	"""Children whose codes an answer holds anywhere: of endpoints that name no type of records."""
	texts = list(dict.fromkeys(_codes(body(), [MOST])))
	names = [name for _kind, name in existing(["Child"], texts)]
	return Listed("Child", len(names), names) if names else None


def _codes(value: Any, left: list[int]) -> Iterator[str]:
	"""Texts that stand where names stand; `left` bounds the walk."""
	left[0] -= 1
	if left[0] < 0:
		return
	if isinstance(value, dict):
		yield from (value[key] for key in CODES if isinstance(value.get(key), str) and len(value[key]) <= 140)
		for part in value.values():
			yield from _codes(part, left) if isinstance(part, dict | list | tuple) else ()
	elif isinstance(value, list | tuple):
		for part in value:
			yield from _codes(part, left) if isinstance(part, dict | list | tuple) else ()
