"""From which side the database answers: from the rows, or from the places of the reader.

A page of a list is soon full when rows are tried one by one in their order. A count, and a search that few rows meet, would
try every row of the nation so: there the rows of the reader's places come first, and of these the condition is asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe

FLAG = "social_care_places_first"


@contextmanager
def places_first(wanted: bool = True) -> Iterator[None]:
	"""Queries within start from the reader's places."""
	before = getattr(frappe.local, FLAG, False)
	setattr(frappe.local, FLAG, wanted)
	try:
		yield
	finally:
		setattr(frappe.local, FLAG, before)


def places_come_first() -> bool:
	"""Whether the query under way starts from the reader's places."""
	return bool(getattr(frappe.local, FLAG, False))


def by_words(filters: list | dict | None) -> bool:
	"""Whether filters look for a part of a text, which no index finds."""
	rows = filters.values() if isinstance(filters, dict) else filters or []
	return any(
		"like" in [part for part in row if isinstance(part, str)]
		for row in rows
		if isinstance(row, list | tuple)
	)
