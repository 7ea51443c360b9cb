"""How complete files are: items with weights from Social Care Settings, counted set by set."""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import add_months, add_years, cint, nowdate

from social_care.registry.dashboards.rows import Filters, number_of

IN_CARE: Filters = {"institution": ["is", "set"], "life_state": "Active"}


@dataclass(frozen=True)
class Item:
	"""A field that a complete file has, from an age on (years)."""

	field: str
	weight: int
	from_age: int

	@property
	def label(self) -> str:
		return _(frappe.get_meta("Child").get_label(self.field))

	@property
	def permlevel(self) -> int:
		return cint(frappe.get_meta("Child").get_field(self.field).permlevel)

	def due(self) -> Filters:
		"""Children in care whose file is to have it."""
		old_enough = (
			{"birth_date": ["<=", str(add_years(nowdate(), -self.from_age))]} if self.from_age else {}
		)
		return IN_CARE | old_enough

	def missing(self) -> Filters:
		"""Those whose file lacks it."""
		df = frappe.get_meta("Child").get_field(self.field)
		key = f"{df.options}.name" if df.fieldtype in frappe.model.table_fields else self.field
		return self.due() | {key: ["is", "not set"]}


def items() -> list[Item]:
	"""What the settings ask of a complete file; fields that a site no longer has are left out."""
	rows = frappe.get_cached_doc("Social Care Settings").completeness_items
	known = frappe.get_meta("Child")
	return [Item(row.field, row.weight, cint(row.from_age)) for row in rows if known.get_field(row.field)]


def measures() -> dict[str, str]:
	"""Measures for `grouped`: weights asked for, and what is missing of each item."""
	found = {"asked": " + ".join(number_of("Child", item.due(), item.weight) for item in items()) or "0"}
	return found | {f"no_{item.field}": number_of("Child", item.missing()) for item in items()}


def score(row: dict) -> float | None:
	"""Completeness in per cent of a row of these measures; None without children."""
	lacking = sum(item.weight * int(row.get(f"no_{item.field}") or 0) for item in items())
	asked = float(row.get("asked") or 0)
	return round(100 * (1 - lacking / asked), 1) if asked else None


def weakest(row: dict) -> tuple[Item, int] | None:
	"""The item that most files of the row lack, and how many."""
	counted = [(item, int(row.get(f"no_{item.field}") or 0)) for item in items()]
	found = max(counted, key=lambda pair: pair[1], default=None)
	return found if found and found[1] else None


def old_photograph() -> Filters:
	"""Children in care whose photograph is older than the settings allow (months)."""
	months = frappe.get_cached_doc("Social Care Settings").photo_max_age_months or 12
	oldest = str(add_months(nowdate(), -months))
	return IN_CARE | {"photo": ["is", "set"], "photo_date": ["<", oldest]}
