"""The personal records whose names stand in the arguments of a request."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import frappe

from social_care.api.guards.request import RECORD_PATHS, existing_doctype, is_doctype_key, parsed
from social_care.reading.subjects import ROOTS, existing, personal

NAME = re.compile(r"[\w.\- ]{5,140}")  # as records are named; addresses, sentences and markup are not
FILE_ADDRESS = re.compile(r"/private/files/.+")
DOCUMENTS = {"doc", "docs"}
TYPES = {"doc", "document_type"}  # besides those whose name says it
# Arguments that name a record: whatever stands there is looked up as it is.
NAMING = {"name", "names", "docname", "docnames", "dn", "doc_name", "path_name", "path_part"}
NAMING |= {"reference_name", "reference_docname", "ref_docname", "record_name", "child", "person", "family"}
AT_ONCE = 500
MOST = 10_000  # texts of one request; with more of them the answer is withheld
MAX_DEPTH = 6


class TooManyNamesError(Exception):
	"""More texts in one request than are looked up."""


@dataclass
class Found:
	"""(DocType, name) of each record; `file` is the File of a download."""

	records: list[tuple[str, str]]
	file: str = ""
	doctypes: tuple[str, ...] = ()  # personal types that the arguments name

	def __bool__(self) -> bool:
		return bool(self.records)

	def add(self, records: Iterable[tuple[str, str]]) -> None:
		"""Records that are known otherwise; each once."""
		self.records = list(dict.fromkeys([*self.records, *records]))

	def by_type(self) -> dict[str, list[str]]:
		grouped: dict[str, list[str]] = {}
		for doctype, name in self.records:
			grouped.setdefault(doctype, []).append(name)
		return grouped


def records_of(name: str, arguments: dict) -> Found:
	"""Records that the arguments name, and those on which named files hang; each once."""
	doctypes, named, texts = set(), [], []
	for key, text in _texts(_looked_at(name, arguments)):
		if (is_doctype_key(key) or key in TYPES) and existing_doctype(text):
			doctypes.add(text)
		else:
			(named if key in NAMING else texts).append(text)
	texts = named + texts
	files = _files(doctypes, texts, name)
	told = sorted(kind for kind in doctypes if personal(kind))
	kinds = sorted({*ROOTS, *(kind for kind in told if not frappe.get_meta(kind).istable)})
	names = list(dict.fromkeys([*filter(None, named), *(text for text in texts if _may_be_a_name(text))]))
	found = _existing(kinds, names) + [(row.attached_to_doctype, row.attached_to_name) for row in files]
	return Found(list(dict.fromkeys(found)), files[0].name if files else "", tuple(told))


def _may_be_a_name(text: str) -> bool:
	"""As the database compares: it passes over marks and invisible letters, and takes wide letters for plain ones."""
	if len(text) > MOST:
		return False
	plain = "".join(
		letter
		for letter in unicodedata.normalize("NFKC", text)
		if unicodedata.category(letter)[0] not in "CM"
	)
	return bool(NAME.fullmatch(plain))


def _existing(kinds: list[str], names: list[str]) -> list[tuple[str, str]]:
	if len(names) > MOST:
		raise TooManyNamesError
	parts = (names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE))
	return [record for part in parts for record in existing(kinds, part)]


def _looked_at(name: str, arguments: dict) -> dict:
	"""Of a record over REST only its name: what is sent to be saved names other records."""
	if name.startswith(RECORD_PATHS):
		keys = ("doctype", "path_name", "path_part", "filters", "parent")
		return {key: arguments[key] for key in keys if key in arguments}
	return {key: _heads(parsed(value)) if key in DOCUMENTS else value for key, value in arguments.items()}


def _heads(value):
	"""Of documents their type and name."""
	if isinstance(value, list):
		return [_heads(part) for part in value]
	return {key: value.get(key) for key in ("doctype", "name")} if isinstance(value, dict) else value


def _texts(arguments: dict, depth: int = 0) -> Iterator[tuple[str, str]]:
	for key, value in arguments.items():
		yield from _flat(str(key), parsed(value), depth)


def _flat(key: str, value, depth: int) -> Iterator[tuple[str, str]]:
	if isinstance(value, str):
		yield key, value
	elif isinstance(value, dict) and depth < MAX_DEPTH:
		yield from _texts(value, depth + 1)
	elif isinstance(value, list | tuple) and depth < MAX_DEPTH:
		for part in value:
			yield from _flat(key, parsed(part), depth + 1)


def _files(doctypes: set[str], texts: list[str], name: str) -> list:
	"""Rows of files that hang on personal records, by their addresses or (where files are asked for) by their names."""
	addresses = [text for text in texts if FILE_ADDRESS.fullmatch(text)]
	by_name = texts if "File" in doctypes or name.endswith(".zip_files") else []
	if not addresses and not by_name:
		return []
	file = frappe.qb.DocType("File")
	rows = (  # what was shown is found after the answer: rights were asked before it
		frappe.qb.from_(file)
		.select(file.name, file.attached_to_doctype, file.attached_to_name)
		.where(file.file_url.isin(addresses or [""]) | file.name.isin(by_name or [""]))
		.where(file.attached_to_name.isnotnull())
		.orderby(file.name)
		.limit(MOST)
		.run(as_dict=True)
	)
	return [
		row for row in rows if existing_doctype(row.attached_to_doctype) and personal(row.attached_to_doctype)
	]
