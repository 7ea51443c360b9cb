"""From which side the database answers: from the rows, or from the places of the reader.

A page of a list is soon full when rows are tried one by one in their order, where the reader reaches many of them. A count, a
search that few rows meet, and a page for whoever reaches few would try every row of the nation so: there the rows of the
reader's places come first, and of these the condition is asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import frappe

FLAG = "social_care_side"
EITHER, PLACES, ROWS = "", "places", "rows"
Words = tuple[tuple[str, str], ...]  # a column, and the pattern that every row of the answer is like


@dataclass(frozen=True)
class Question:
	"""How rows of a DocType are asked for."""

	side: str = EITHER
	doctype: str = ""
	words: Words = ()
	alternative: int | None = None  # of the DocType's rule, where one alone is asked for


@contextmanager
def asked_from(
	side: str, doctype: str = "", words: Words = (), alternative: int | None = None
) -> Iterator[None]:
	"""Queries within start from a side; EITHER leaves it to the database.

	From the places of a DocType, the names that its reader reaches are read first, of those alone that have the words.
	"""
	before = getattr(frappe.local, FLAG, Question())
	setattr(frappe.local, FLAG, Question(side, doctype, words, alternative))
	try:
		yield
	finally:
		setattr(frappe.local, FLAG, before)


def asked_side() -> str:
	"""The side from which the query under way starts."""
	return getattr(frappe.local, FLAG, Question()).side


def asked(doctype: str) -> dict:
	"""What the query under way asks of a DocType, as arguments of `condition`."""
	question: Question = getattr(frappe.local, FLAG, Question())
	if question.doctype != doctype:
		return {"side": question.side}
	if question.alternative is not None:
		return {"side": question.side, "alternative": question.alternative}
	return {"side": question.side, "words": question.words}


def search_of(doctype: str, filters: list | dict | None) -> tuple:
	"""How rows are asked for that all are meant, as arguments of `asked_from`: of those with words the names first."""
	words = words_of(doctype, filters)
	return (PLACES, doctype, words) if words else (PLACES,)


def by_words(filters: list | dict | None) -> bool:
	"""Whether filters look for a part of a text, which no index finds."""
	return any("like" in [part for part in row if isinstance(part, str)] for row in _rows(filters))


def words_of(doctype: str, filters: list | dict | None) -> Words:
	"""The words that filters look for in the DocType's own columns."""
	found = []
	for row in _rows(filters):
		if row[0] == doctype:
			row = row[1:]
		if len(row) == 3 and row[1] == "like" and isinstance(row[2], str):
			found.append((row[0], row[2].replace("%", "%%")))  # as the framework writes patterns
	return tuple(found)


def _rows(filters: list | dict | None) -> list[list]:
	"""Filters as lists; those by name alone are not looked into."""
	if isinstance(filters, dict):
		return [
			[field, *value] if isinstance(value, list | tuple) else [field, "=", value]
			for field, value in filters.items()
		]
	return [list(row) for row in filters or [] if isinstance(row, list | tuple) and row]
