"""What a pack makes: records of the framework, each as the values that it has to have. Pure."""

from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Artefact:
	"""One record that has to be there. `values` are the fields that the pack decides; all others are the administrator's.

	`first` are values that the record begins with and an administrator may change afterwards; only empty ones are filled.
	`tables` are child tables, row by row in order. `kept` names the column by which rows of a table are told apart that
	are never taken away ({"fields": "fieldname"}): what an earlier version had stays.
	"""

	doctype: str
	name: str
	values: Row
	tables: dict[str, list[Row]] = field(default_factory=dict)
	kept: dict[str, str] = field(default_factory=dict)
	first: Row = field(default_factory=dict)

	@property
	def key(self) -> tuple[str, str]:
		return self.doctype, self.name


@dataclass(frozen=True)
class Change:
	"""One step of a plan. `action` is "make", "change", "remove" or "sync" (the table lacks columns of its type).

	`differences` are the fields that change, for people: «fields: + visit_to».
	"""

	action: str
	artefact: Artefact
	differences: tuple[str, ...] = ()

	def line(self) -> str:
		"""The step in one line of text."""
		signs = {"make": "+", "change": "~", "remove": "-", "sync": "="}
		more = f" ({', '.join(self.differences)})" if self.differences else ""
		return f"{signs[self.action]} {self.artefact.doctype} «{self.artefact.name}»{more}"
