"""By what kafalas are told apart: the label of a spell's group, and the order in which groups are shown."""

from collections.abc import Callable

import frappe
from frappe import _

from social_care_kafala.kafala.analysis.spells import Spell

ALL, AGE, KIND, GOVERNORATE, MONTHS = (
	"All",
	"Age at the Hand-Over",
	"Kind of Family",
	"Governorate",
	"Months in the Family",
)
WAYS = (ALL, AGE, KIND, GOVERNORATE, MONTHS)
YEAR = 12
# Upper bounds in months; the last band has none.
AGE_BANDS = (
	(YEAR, "Below 1 Year"),
	(3 * YEAR, "1 to 2 Years"),
	(6 * YEAR, "3 to 5 Years"),
	(10 * YEAR, "6 to 9 Years"),
)
OLDEST, UNKNOWN = "10 Years and Older", "Not Known"
LENGTH_BANDS = (
	(3, "Up to 3 Months"),
	(6, "3 to 6 Months"),
	(12, "6 to 12 Months"),
	(24, "1 to 2 Years in the Family"),
)
LENGTH_BANDS += ((60, "2 to 5 Years in the Family"),)
LONGEST = "More than 5 Years"


def band(value: float | None, bands: tuple, last: str) -> str:
	"""The label of the first band whose upper bound is above the value."""
	if value is None:
		return UNKNOWN
	return next((label for bound, label in bands if value < bound), last)


def labels(bands: tuple, last: str) -> list[str]:
	return [*(label for _bound, label in bands), last, UNKNOWN]


LABEL: dict[str, Callable[[Spell], str]] = {
	ALL: lambda spell: ALL,
	AGE: lambda spell: band(spell.age, AGE_BANDS, OLDEST),
	KIND: lambda spell: spell.family_kind,
	GOVERNORATE: lambda spell: spell.governorate,
	MONTHS: lambda spell: band(spell.length, LENGTH_BANDS, LONGEST),
}
ORDER = {AGE: labels(AGE_BANDS, OLDEST), MONTHS: labels(LENGTH_BANDS, LONGEST)}


def grouped(found: list[Spell], way: str) -> dict[str, list[Spell]]:
	"""Spells by the label of their group, in the order in which they are shown."""
	groups: dict[str, list[Spell]] = {}
	for spell in found:
		groups.setdefault(LABEL[way](spell), []).append(spell)
	order = ORDER.get(way) or sorted(groups)
	return {label: groups[label] for label in order if label in groups}


def shown(way: str, group: list[str]) -> list[str]:
	"""Labels as the reader sees them."""
	if way != GOVERNORATE:
		return [_(label) for label in group]
	rows = frappe.get_all("Governorate", fields=["name", "governorate_name"])  # a reference table
	names = {row.name: row.governorate_name for row in rows}
	return [names.get(label, _(UNKNOWN)) for label in group]
