"""Children who may be siblings, suggested to whoever may see both files, and confirmed by a person, never by the system."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import frappe

from social_care.registry.arabic import normalise
from social_care.registry.duplicates import pair_key

BASIS = "Same Mother and Father"
FIELDS = ["name", "person", "father_name", "grandfather_name", "family_name", "mother_full_name", "family"]
CHUNK = 5000
MOST = 12  # more files with one pair of names are a frequent name and not a family


def enqueue_scan() -> None:
	"""Daily: look for pairs in the background, where the settings want it."""
	if frappe.get_cached_doc("Social Care Settings").suggest_siblings:
		frappe.enqueue(
			"social_care.registry.kin.suggestions.scan",
			queue="long",
			job_id="social_care_sibling_scan",
			deduplicate=True,
		)


def scan() -> int:
	"""Open a Sibling Pair for every two files with one mother's and one father's name; returns how many are new.

	A pair that was met before, whatever was decided, is left alone, and so are files of one family or one person.
	"""
	groups: dict[str, list[dict]] = defaultdict(list)
	for row in _files():
		groups[_key(row)].append(row)
	pairs = [pair for rows in groups.values() if 1 < len(rows) <= MOST for pair in _pairs(rows)]
	known = _known(pairs)
	return sum(_open(one, other) for one, other in pairs if pair_key(one, other) not in known)


def _files() -> Iterator[dict]:
	after = ""
	while True:
		filters = {"name": [">", after], "mother_full_name": ["is", "set"], "father_name": ["is", "set"]}
		rows = frappe.get_all("Child", filters=filters, fields=FIELDS, order_by="name asc", limit=CHUNK)
		yield from rows
		if len(rows) < CHUNK:
			return
		after = rows[-1].name


def _key(row: dict) -> str:
	father = f"{row.father_name} {row.grandfather_name or ''} {row.family_name or ''}"
	return f"{normalise(row.mother_full_name)}|{normalise(father)}"


def _pairs(rows: list[dict]) -> Iterator[tuple[str, str]]:
	for one, other in combinations(rows, 2):
		related = one.family and one.family == other.family
		if not related and one.person != other.person:
			yield one.name, other.name


def _known(pairs: list[tuple[str, str]]) -> set[str]:
	keys = [pair_key(one, other) for one, other in pairs]
	known: set[str] = set()
	for start in range(0, len(keys), CHUNK):
		filters = {"pair_key": ["in", keys[start : start + CHUNK]]}
		known |= set(frappe.get_all("Sibling Pair", filters=filters, pluck="pair_key"))
	return known


def _open(one: str, other: str) -> bool:
	pair = frappe.new_doc("Sibling Pair")
	pair.update({"child": one, "other_child": other})
	pair.flags.basis = BASIS
	pair.insert(ignore_permissions=True)  # found by the system, for whoever may see both files
	return True
