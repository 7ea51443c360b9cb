"""Found pairs as Duplicate Candidates: opened once, and again only when what was compared has changed since the decision."""

import json
from collections.abc import Iterable

import frappe
from frappe.utils import create_batch

from social_care import keyed
from social_care.registry.duplicates import insert_candidate, pair_key
from social_care.registry.matching import columns, near, search

AT_ONCE = 1000
CANDIDATE = "Duplicate Candidate"
SAME_NUMBER, SIMILAR = "Same National Number", "Similar Data"
NOT_THE_SAME, OPEN, REFERRED = "Not the Same", "Open", "Referred to Headquarters"


def open_found(found: Iterable[search.Found]) -> int:
	"""Keep pairs with their weight; how many were new or are open again."""
	return sum(_open_batch(batch) for batch in create_batch(list(found), AT_ONCE))


def open_for(person: str) -> int:
	"""Search for one stored person and keep what is found."""
	probe = near.of_person(person)
	return open_found(near.found(probe)) if probe else 0


def _open_batch(found: list[search.Found]) -> int:
	keys = {pair_key(row[0], row[1]): row for row in found}
	known = {
		row.pair_key: row
		for row in frappe.get_all(  # of pairs met before, whoever may see them
			CANDIDATE,
			{"pair_key": ["in", list(keys)]},
			["name", "pair_key", "status", "judged_on_data", "score"],
		)
	}
	opened = 0
	for key, (one, other, weight, levels) in keys.items():
		if row := known.get(key):
			opened += _again(row, one, other, weight, levels)
		else:
			reason = SAME_NUMBER if levels["number"] == "same" else SIMILAR
			insert_candidate(key, one, other, reason, score=round(weight, 2), levels=as_text(levels))
			opened += 1
	return opened


def _again(row: dict, one: str, other: str, weight: float, levels: dict) -> int:
	"""A pair that was met before: its weight today; open again only where the compared data are not those of the decision."""
	values = {"score": round(weight, 2), "levels": as_text(levels)}
	reopened = row.status == NOT_THE_SAME and row.judged_on_data and row.judged_on_data != data_of(one, other)
	if reopened:
		values |= {"status": OPEN, "decided_by": None, "decided_on": None, "judged_on_data": None}
	if reopened or (row.status in (OPEN, REFERRED) and row.score != values["score"]):
		frappe.db.set_value(CANDIDATE, row.name, values, update_modified=reopened)
	return int(bool(reopened))


def data_of(one: str, other: str) -> str:
	"""A digest of what is compared of the two: another one when that changes materially (not with another spelling)."""
	told = [columns.compared(near.of_person(name) or {}) for name in sorted((one, other))]
	return keyed.digest("duplicates", told)


def as_text(levels: dict[str, str | None]) -> str:
	"""Levels as they are kept with the pair."""
	return json.dumps(levels)
