"""What a computation counts, by place, and how places are summed to directorates and the nation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

import frappe
from frappe.utils import flt

NATION, DIRECTORATE, INSTITUTION = "Nation", "Directorate", "Institution"
LEVELS = (NATION, DIRECTORATE, INSTITUTION)
NUMBER, PERCENT = "Number", "Percent"
CENTILE = "centile"  # dimension under which a distribution tells more than its median


@dataclass(frozen=True)
class Cell:
	"""Numbers of one place: of an institution, or else of a unit. They can be summed over places and keys of no dimension.

	`denominator` None: the indicator is the number itself. A computation gives cells without a dimension, and the same
	again for each dimension that it tells.
	"""

	numerator: float
	denominator: float | None = None
	institution: str | None = None
	org_unit: str | None = None
	dimension: str = ""
	key: str = ""


@dataclass(frozen=True)
class Measured:
	"""`number` rows of a place that measured `amount` (days, minutes): the indicator is their median."""

	amount: float
	number: int
	institution: str | None = None
	org_unit: str | None = None
	dimension: str = ""
	key: str = ""


@dataclass(frozen=True)
class Figure:
	"""One value to be kept. `value` None: nothing to divide by."""

	level: str
	org_unit: str
	institution: str | None
	governorate: str | None
	dimension: str
	key: str
	numerator: float
	denominator: float | None
	value: float | None


class Tree:
	"""Which directorate and governorate a unit belongs to; two queries for the whole country."""

	def __init__(self) -> None:
		units = frappe.get_all(  # a reference table
			"Org Unit", fields=["name", "level", "governorate", "lft", "rgt"], order_by="lft asc"
		)
		self.root = units[0].name if units else ""
		self.directorate: dict[str, str] = {}
		self.governorate: dict[str, str] = {}
		within: list = []
		for unit in units:
			within = [one for one in within if one.rgt > unit.lft]
			within.append(unit)
			above = next((one for one in within if one.level == DIRECTORATE), None)
			if above:
				self.directorate[unit.name] = above.name
				self.governorate[unit.name] = above.governorate or unit.governorate
		# where institutions lie, of the whole country: figures are limited when they are read
		self.unit_of = dict(
			frappe.get_all("Institution", fields=["name", "org_unit"], as_list=True, order_by=None)
		)

	def places(self, cell: Cell | Measured) -> list[tuple[str, str, str | None, str | None]]:
		"""(level, unit, institution, governorate) of each place that counts the cell."""
		unit = cell.org_unit or self.unit_of.get(cell.institution or "")
		found = [(NATION, self.root, None, None)]
		if unit in self.directorate:
			above = self.directorate[unit]  # one figure, also where units below it lie in other governorates
			found.append((DIRECTORATE, above, None, self.governorate[above]))
		if cell.institution in self.unit_of and not cell.dimension:
			at = self.unit_of[cell.institution]
			found.append((INSTITUTION, at, cell.institution, self.governorate.get(at)))
		return found


def figures(rows: Iterable[Cell | Measured], unit: str, tree: Tree) -> list[Figure]:
	"""The rows summed by place and dimension. The nation has its figure also where nothing was counted."""
	groups: dict[tuple, list] = defaultdict(list)
	for row in rows:
		for place in tree.places(row):
			groups[(*place, row.dimension, row.key)].append(row)
	groups.setdefault((NATION, tree.root, None, None, "", ""), [])
	found = []
	for place, members in groups.items():
		told = _medians if any(isinstance(row, Measured) for row in members) else _sums
		found += told(place, members, unit)
	return found


def _sums(place: tuple, rows: list[Cell], unit: str) -> list[Figure]:
	numerator = sum(flt(row.numerator) for row in rows)
	denominators = [flt(row.denominator) for row in rows if row.denominator is not None]
	denominator = sum(denominators) if denominators else None
	return [Figure(*place, numerator, denominator, value_of(unit, numerator, denominator))]


def value_of(unit: str, numerator: float, denominator: float | None) -> float | None:
	"""The indicator itself, rounded to two decimals; without a denominator only a number says anything."""
	if denominator is None:
		return round(numerator, 2) if unit == NUMBER else None
	return round((100 if unit == PERCENT else 1) * numerator / denominator, 2) if denominator else None


def _medians(place: tuple, rows: list[Measured], _unit: str) -> list[Figure]:
	counted: dict[float, int] = defaultdict(int)
	for row in rows:
		counted[flt(row.amount)] += row.number
	number = sum(counted.values())
	found = [Figure(*place, number, number, centile(counted, 50))]
	if not place[4] and place[0] != INSTITUTION:
		found.append(Figure(*place[:4], CENTILE, "90", number, number, centile(counted, 90)))
	return found


def centile(counted: dict[float, int], share: int) -> float | None:
	"""The amount that `share` per cent of the rows do not exceed (nearest rank); {amount: rows}."""
	rank, passed = ceil(sum(counted.values()) * share / 100), 0
	for amount in sorted(counted):
		passed += counted[amount]
		if passed >= rank:
			return round(amount, 2)
	return None
