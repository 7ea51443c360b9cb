"""Named computations: the core's and those that other apps bring by the hook `social_care_indicators`."""

from collections.abc import Callable
from dataclasses import dataclass

import frappe

from social_care.governance.indicators.cells import Cell, Measured
from social_care.governance.indicators.periods import Period
from social_care.organisation.grants import request_cache
from social_care.registry.dashboards.rows import Filters

HOOK = "social_care_indicators"


@dataclass(frozen=True)
class Computation:
	"""How a named indicator is counted (docs/indicators.md).

	`count` gives the cells of the whole country. `past`: it tells the truth of a period that is over, too. `level`: the
	highest protection level of the fields of a child's file that it looks at. `opens`: DocType and filters of the list
	that shows the rows counted above, where a list can.
	"""

	name: str
	count: Callable[[Period], list[Cell] | list[Measured]]
	past: bool = False
	level: int = 0
	opens: Callable[[Period], tuple[str, Filters]] | None = None


def named() -> dict[str, Computation]:
	"""By name; of two with one name that of the later app."""
	cache = request_cache("social_care_indicator_computations")
	if "named" not in cache:
		tables = [frappe.get_attr(path)() for path in frappe.get_hooks(HOOK)]
		cache["named"] = {one.name: one for table in tables for one in table}
	return cache["named"]
