"""From which side the database answers: from the rows, or from the places of the reader.

A page of a list is soon full when rows are tried one by one in their order, where the reader reaches many of them. A count, a
search that few rows meet, and a page for whoever reaches few would try every row of the nation so: there the rows of the
reader's places come first, and of these the condition is asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe

FLAG = "social_care_side"
EITHER, PLACES, ROWS = "", "places", "rows"


@contextmanager
def asked_from(side: str) -> Iterator[None]:
	"""Queries within start from a side; EITHER leaves it to the database."""
	before = asked_side()
	setattr(frappe.local, FLAG, side)
	try:
		yield
	finally:
		setattr(frappe.local, FLAG, before)


def asked_side() -> str:
	"""The side from which the query under way starts."""
	return getattr(frappe.local, FLAG, EITHER)


def by_words(filters: list | dict | None) -> bool:
	"""Whether filters look for a part of a text, which no index finds."""
	rows = filters.values() if isinstance(filters, dict) else filters or []
	return any(
		"like" in [part for part in row if isinstance(part, str)]
		for row in rows
		if isinstance(row, list | tuple)
	)
