"""Indicators: computed on demand, and the rows behind them."""

import frappe

from social_care.governance.indicators import dashboard, run


@frappe.whitelist(methods=["POST"])
def compute(indicator: str | None = None) -> str:
	"""Queue the computation of one indicator, or of all; the name of the run."""
	return run.ask(indicator)


@frappe.whitelist()
def rows_behind(indicator: str) -> dict | None:
	"""DocType and filters of the list that shows the rows counted above; none where the reader has no such list."""
	return dashboard.rows_behind(indicator)
