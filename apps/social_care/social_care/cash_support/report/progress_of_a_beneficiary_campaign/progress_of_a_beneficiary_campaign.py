"""How many beneficiaries of a campaign are left, verified, moved and excluded in each governorate at the reader's places."""

import frappe
from frappe import _
from frappe.utils import format_date

from social_care.cash_support import burn_down
from social_care.prints.layout import Layout, as_of

COLUMNS = (
	("listed_in_all", "Rows Listed"),
	("remaining", "Remaining"),
	("clear", "No Finding"),
	("review", "Needs Review"),
	("fails", "Does Not Qualify"),
	("verified", "Verified"),
	("moved", "Moved Over"),
	("excluded", "Excluded"),
)


def execute(filters: dict | None = None) -> tuple:
	"""One row a governorate, the one with most left first; a line of what was left; sums."""
	campaign = validate_filters(filters or {})
	rows = burn_down.by_governorate(campaign)
	return get_columns(), rows, None, get_chart(campaign, rows), get_summary(campaign, rows)


def validate_filters(filters: dict) -> str:
	"""The campaign; the last one that is open where none is given."""
	found = filters.get("campaign") or frappe.db.get_value(
		burn_down.CAMPAIGN, {"status": "Open"}, "name", order_by="creation desc"
	)
	if not found:
		frappe.throw(_("Choose a campaign."), title=_("Campaign"))
	frappe.get_doc(burn_down.CAMPAIGN, found).check_permission("read")
	return found


def get_columns() -> list[dict]:
	first = {"fieldname": "governorate_name", "label": _("Governorate"), "fieldtype": "Data", "width": 160}
	rest = [
		{"fieldname": name, "label": _(label), "fieldtype": "Int", "width": 110} for name, label in COLUMNS
	]
	return [first, *rest]


def get_chart(campaign: str, rows: list[dict]) -> dict | None:
	days = burn_down.remaining(campaign, rows)
	if len(days) < 2:
		return None
	return {
		"type": "line",
		"colors": ["#1f6f8b"],
		"data": {
			"labels": [format_date(day) for day, _left in days],
			"datasets": [{"name": _("Remaining"), "values": [left for _day, left in days]}],
		},
	}


def get_summary(campaign: str, rows: list[dict]) -> list[dict]:
	totals = burn_down.totals(rows)
	expected = frappe.db.get_value(burn_down.CAMPAIGN, campaign, "expected") or 0
	figures = [(_("Beneficiaries Expected"), expected)]
	figures += [
		(_(label), totals[name]) for name, label in COLUMNS if name not in ("clear", "review", "fails")
	]
	return [{"label": label, "value": value, "datatype": "Int"} for label, value in figures]


def print_layout(filters: dict) -> Layout:
	return Layout.of(filters, period=as_of(None), landscape=True)
