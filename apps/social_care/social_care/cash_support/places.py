"""Where a row of a list belongs: the unit that it names, else the directorate of its governorate, else headquarters."""

from collections.abc import Container
from dataclasses import dataclass, field

import frappe

from social_care.registry.arabic import normalise


@dataclass
class Units:
	"""Units of the ministry, read once a list."""

	root: str
	directorates: dict[str, str] = field(default_factory=dict)
	named: dict[tuple[str, str], str] = field(default_factory=dict)
	remembered: dict[tuple[str, str], str] = field(default_factory=dict)

	def of(self, governorate: str, written: str) -> str:
		"""The unit of a row; a governorate with several directorates has the first of them."""
		key = (governorate, written)
		if key not in self.remembered:
			directorate = self.directorates.get(governorate, self.root)
			self.remembered[key] = self.named.get((governorate, normalise(written)), directorate)
		return self.remembered[key]


def below(org_unit: str) -> set[str]:
	"""The unit and all units below it."""
	lft, rgt = frappe.db.get_value("Org Unit", org_unit, ["lft", "rgt"])
	inside = {"lft": [">=", lft], "rgt": ["<=", rgt]}
	return set(frappe.get_all("Org Unit", inside, pluck="name"))  # the ministry's tree, a reference table


def units(first: Container[str] = ()) -> Units:
	"""Two queries. Where several units would do, one of the `first` is found."""
	rows = frappe.get_all(  # the ministry's tree, a reference table
		"Org Unit",
		{"governorate": ["is", "set"]},
		["name", "governorate", "level", "unit_name"],
		order_by="lft asc",
	)
	found = Units(root())
	for row in sorted(rows, key=lambda row: row.name not in first):
		if row.level == "Directorate":
			found.directorates.setdefault(row.governorate, row.name)
		found.named.setdefault((row.governorate, normalise(row.unit_name)), row.name)
	return found


def root() -> str:
	"""Headquarters."""
	return frappe.db.get_value("Org Unit", {"parent_org_unit": ["is", "not set"]}, "name", order_by="lft asc")
