"""The places by which reports about children are narrowed."""

PLACES = ("governorate", "institution")


def conditions(filters: dict) -> list[list]:
	"""Conditions of a list of children for the places that a report was asked for; none where none was."""
	return [[field, "=", filters[field]] for field in PLACES if filters.get(field)]
