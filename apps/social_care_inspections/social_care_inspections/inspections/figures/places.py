"""Figures by governorate: layers of the map of the country, and the lines of the sector adviser's page."""

from collections import Counter

import frappe
from frappe import _
from frappe.utils import flt
from social_care.registry.dashboards.rows import Filters, figure, own_rows

from social_care_inspections.inspections import risk
from social_care_inspections.inspections.figures import questions
from social_care_inspections.inspections.figures.questions import HOME, OPEN_VIOLATION, WORKING
from social_care_inspections.inspections.violations.states import RECORD
from social_care_inspections.inspections.visits import states


def layers() -> list[dict]:
	"""Hook `social_care_map_layers`."""
	return layers_of(questions.homes())


def layers_of(homes: dict[str, dict]) -> list[dict]:
	"""Open violations, overdue visits, institutions of the lowest grade; none for who reads none."""
	found = [
		layer("violations", _("Open Violations"), RECORD, OPEN_VIOLATION, homes),
		layer("overdue", _("Visits Overdue"), states.DOCTYPE, questions.overdue(), homes),
		lowest(homes),
	]
	return [one for one in found if one]


def layer(key: str, label: str, doctype: str, filters: Filters, homes: dict[str, dict]) -> dict | None:
	"""Rows of a DocType by the governorate of their institution."""
	reached = own_rows(doctype)
	if not reached:
		return None
	numbers = summed(questions.by_institution(doctype, filters), homes)
	figures = {
		code: figure(reached, label, number, filters | within(homes, code))
		for code, number in numbers.items()
	}
	return {"key": key, "label": label, "percent": 0, "governorates": figures}


def lowest(homes: dict[str, dict]) -> dict | None:
	"""Institutions of grade D."""
	reached, label = own_rows(HOME), _("Institutions of Grade {0}").format(_("D"))
	if not reached:
		return None
	working = (row for row in homes.values() if row.status in risk.WORKING)
	numbers = Counter(row.governorate for row in working if row.grade == "D")
	filters = WORKING | {"grade": "D"}
	figures = {
		code: figure(reached, label, number, filters | {"governorate": code})
		for code, number in numbers.items()
	}
	return {"key": "lowest", "label": label, "percent": 0, "governorates": figures}


def summed(rows: dict[str, dict], homes: dict[str, dict], key: str = "number") -> Counter:
	"""Sums of institutions, by their governorate."""
	total = Counter()
	for name, row in rows.items():
		if name in homes:
			total[homes[name].governorate] += flt(row[key])
	return Counter({code: int(number) for code, number in total.items()})


def within(homes: dict[str, dict], code: str) -> Filters:
	"""Rows about the institutions of a governorate that the reader opens."""
	return {"institution": ["in", [name for name, row in homes.items() if row.governorate == code]]}


def names() -> dict[str, str]:
	"""Governorates by code; a reference table."""
	rows = frappe.get_all(
		"Governorate",
		filters={"is_governorate": 1},
		fields=["name", "governorate_name"],
		order_by="name asc",
		as_list=True,
	)
	return dict(rows)
