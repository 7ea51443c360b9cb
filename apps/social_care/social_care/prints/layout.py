"""What a report says of its own print."""

from dataclasses import dataclass, field
from datetime import date

import frappe
from frappe import _
from frappe.utils import format_date, nowdate


@dataclass
class Layout:
	"""What a report adds to its own print: function `print_layout(filters)` of its module."""

	period: str = ""
	unit: str | None = None
	place: str = ""
	landscape: bool | None = None
	numbered: bool = True
	facts: list[list[str]] | None = None  # label and value of what it is limited to, in place of the filters
	notes: list[str] = field(default_factory=list)
	tables: list[dict] = field(default_factory=list)  # {title, columns, rows} below the report's own
	instead: bool = False  # these tables stand in place of the report's own
	compact: bool = False  # smaller, for what has to fit on a page

	@classmethod
	def of(cls, filters: dict, **values) -> "Layout":
		"""Layout with the head of the institution that the filters name; the run has checked that it is the reader's."""
		home = filters.get("institution")
		found = frappe.db.get_value("Institution", home, ["org_unit", "institution_name"]) if home else None
		unit, place = found or (None, "")
		return cls(unit=unit, place=place, **values)


def as_of(day: date | str | None) -> str:
	"""The line of the header that says of which day the figures are; today without a day."""
	return _("As of {0}").format(format_date(day or nowdate()))
