"""The public page of figures: indicators that the ministry shows to everybody."""

import frappe
from frappe import _
from frappe.rate_limiter import rate_limit
from frappe.utils import fmt_money, format_date, format_datetime

from social_care.governance.indicators import public
from social_care.services.citizens import limits, pages

no_cache = 1
sitemap = 0
SAID = ("Days", "Minutes", "Score", "Ratio")


def get_context(context: dict) -> None:
	"""Raises PageDoesNotExistError while the settings keep the page closed."""
	frappe.local.no_cache = 1  # nor is «not found» kept: the page may open tomorrow
	pages.begin(context)
	found = _told()
	context.title = _("Figures of Social Care")
	context.entries = [_shown(entry) for entry in found]
	context.note = _(
		"Numbers below {0}, and those from which they could be told, are not shown, so that nobody is recognised."
	).format(public.limit())


@rate_limit(limit=limits.calls_a_minute, seconds=limits.MINUTE)
def _told() -> list[dict]:
	return public.figures()


def _shown(entry: dict) -> dict:
	tables = [
		table | {"rows": [row | {"text": _text(row, entry["unit"])} for row in table["rows"]]}
		for table in entry["tables"]
	]
	period = _("From {0} to {1}").format(format_date(entry["period_start"]), format_date(entry["period_end"]))
	single = entry["period_start"] == entry["period_end"]
	return entry | {
		"text": _text(entry, entry["unit"]),
		"unit_name": _(entry["unit"]) if entry["unit"] in SAID else "",
		"period": format_date(entry["period_end"]) if single else period,
		"counted": format_datetime(entry["counted_at"], "dd/MM/yyyy HH:mm"),
		"tables": tables,
	}


def _text(row: dict, unit: str) -> str:
	if row["hidden"]:
		return "*"
	if row["value"] is None:
		return "—"
	number = fmt_money(row["value"], precision=0 if float(row["value"]).is_integer() else 1)
	return f"{number}%" if unit == "Percent" else number
