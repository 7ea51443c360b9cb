"""Published figures, dated, beside what the indicators count. Sources disagree and stay side by side."""

import frappe
from frappe import _
from frappe.utils import format_date, format_datetime

from social_care.governance.indicators.figures import Told
from social_care.registry.small_numbers import HIDDEN

# Codes of published figures that a site begins with; any other is put beside the indicator whose code it bears.
CODES = {"children_in_institutions": "K01", "institutions": "K02"}


def part(told: list[Told]) -> dict:
	"""A table for the dashboard: name, published, date, source, counted here, counted at; newest first within its name."""
	by_code = {one.indicator.name: one for one in told}
	rows = frappe.get_all(  # published
		"Official Figure",
		fields=["name", "figure_code", "figure_name", "value", "as_of", "source"],
		order_by="figure_code asc, as_of desc",
	)
	return {
		"kind": "table",
		"title": _("Published Figures beside the Count"),
		"headings": [
			_("Figure"),
			_("Published Value"),
			_("As Of"),
			_("Source"),
			_("Counted Here"),
			_("Counted At"),
		],
		"rows": [_row(row, by_code.get(CODES.get(row.figure_code, row.figure_code))) for row in rows],
		"empty": _("No published figure has been entered."),
		"wide": 1,
	}


def _row(row: dict, one: Told | None) -> list:
	last = one.latest if one else None
	value = HIDDEN if one and one.small else last and last.value
	return [
		{"record": ["Official Figure", row.name], "label": row.figure_name},
		row.value,
		format_date(row.as_of),
		row.source,
		value,
		format_datetime(last.as_of, "dd/MM/yyyy HH:mm") if last else None,
	]
