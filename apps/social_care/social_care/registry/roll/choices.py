"""What may stand in a column with a list: options of a Select, rows of a reference table, yes and no."""

from dataclasses import dataclass, field
from functools import cached_property

import frappe
from frappe import _
from frappe.utils import cint

from social_care.registry.roll.columns import Column, fold

MOST_IN_LIST = 1000


@dataclass(frozen=True)
class Choices:
	"""Stored values with the words that stand in the workbook."""

	words: dict[str, str] = field(default_factory=dict)
	also: dict[str, str] = field(
		default_factory=dict
	)  # the same values in Arabic, whatever the user's language

	@cached_property
	def _exact(self) -> dict[str, str]:
		found = {value: value for value in self.words}
		for words in (self.also, self.words):
			found |= {word: value for value, word in words.items()}
		return found

	@cached_property
	def _folded(self) -> dict[str, str | None]:
		"""Folded words; None where two values share one, which is then nobody's."""
		found: dict[str, str | None] = {}
		for value, word in self.words.items():
			for key in {fold(word), fold(value), fold(self.also.get(value, value))}:
				found[key] = value if found.get(key, value) == value else None
		return found

	def value_of(self, text: str) -> str | None:
		"""The stored value that a text means; None where it means none, or two."""
		return self._exact.get(text) or self._folded.get(fold(text))

	def listed(self) -> list[str]:
		"""Words for a drop-down list; none where there are too many."""
		return list(self.words.values()) if len(self.words) <= MOST_IN_LIST else []


def choices_of(columns: list[Column]) -> dict[str, Choices]:
	"""By column key, for the columns that have a list."""
	tables: dict[str, Choices] = {}
	found = {}
	for column in columns:
		if column.fieldtype == "Link":
			if column.options not in tables:
				tables[column.options] = Choices(_rows(column.options))
			found[column.key] = tables[column.options]
		elif column.fieldtype == "Select":
			found[column.key] = Choices(_options(column), _options(column, "ar"))
		elif column.fieldtype == "Check":
			arabic = {"1": _("Yes", lang="ar"), "0": _("No", lang="ar")}
			found[column.key] = Choices({"1": _("Yes"), "0": _("No")}, arabic)
	return found


def _options(column: Column, language: str | None = None) -> dict[str, str]:
	values = [value.strip() for value in column.options.split("\n") if value.strip()]
	return {value: _(value, lang=language, context=column.doctype) for value in values}


def _rows(doctype: str) -> dict[str, str]:
	"""Names and titles of the rows of a reference table that the user may choose."""
	meta = frappe.get_meta(doctype)
	title = meta.title_field if meta.title_field and cint(meta.show_title_field_in_link) else None
	title = title or (meta.title_field if meta.title_field else "name")
	rows = frappe.get_list(doctype, fields=["name", f"{title} as title"], order_by=f"{title} asc", limit=0)
	return {row.name: _(row.title) if title == "name" else str(row.title or row.name) for row in rows}
