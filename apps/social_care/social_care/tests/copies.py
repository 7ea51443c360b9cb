"""Rows that hold a column of another row otherwise than that row does, though a rule of scope says they are the same."""

import frappe

from social_care.scope import explicit_rules


def differing_copies() -> list[tuple[str, str]]:
	"""DocType and name of every such row."""
	return [
		(part["linked_from"][0], name)
		for doctype, parts in explicit_rules().items()
		for part in parts
		if part.get("copies")
		for name in _differing(doctype, *part["linked_from"], part["copies"])
	]


def _differing(doctype: str, source: str, link: str, columns: list[str]) -> list[str]:
	differs = " or ".join(f"ifnull(copy.`{column}`, '') != ifnull(own.`{column}`, '')" for column in columns)
	joined = f"`tab{source}` copy join `tab{doctype}` own on own.`name` = copy.`{link}`"
	return frappe.db.sql(f"select copy.`name` from {joined} where {differs}", pluck=True)
