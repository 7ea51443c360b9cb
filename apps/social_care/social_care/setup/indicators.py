"""Indicators that a site begins with: those of the ministry and the fifteen of formal care. A row that exists is the administrator's."""

from collections.abc import Iterable

import frappe

from social_care.governance.indicators import keeping, run
from social_care.governance.indicators.computations import HOOK
from social_care.setup.tables import table


def first_indicators() -> list[dict]:
	"""Rows of setup/data/indicators.csv, with their conditions as rows ("field:operator:value", with bars between)."""
	found = []
	for row in table("indicators"):
		values = {field: value for field, value in row.items() if value != ""}
		for name in ("base_conditions", "conditions"):
			parts = [part.split(":") for part in values.pop(name, "").split("|") if part]
			values[name] = [dict(zip(("field", "operator", "value"), part, strict=True)) for part in parts]
		found.append(values)
	return found


def ensure_indicators() -> None:
	"""Add what the site has never had; say of all whether they are measured here, as apps come and go."""
	known = set(frappe.get_all(keeping.INDICATOR, pluck="name"))
	new = [row for row in first_indicators() if row["indicator_code"] not in known]
	for row in new:
		doc = frappe.get_doc({"doctype": keeping.INDICATOR, **row})
		doc.flags.seeding = True
		doc.insert(ignore_permissions=True)
	ensure_states()
	if new:
		run.request(run.CHANGED)


def forget_app(app: str) -> None:
	"""`before_app_uninstall` hook: what is measured by a computation of the app alone is not measured any more."""
	own = _computations([app])
	kept = _computations(name for name in frappe.get_installed_apps() if name != app)
	gone = sorted(own - kept)
	if gone and app != "social_care":  # the core goes with its indicators
		row = frappe.qb.DocType(keeping.INDICATOR)
		query = frappe.qb.update(row).set(row.state, keeping.NOT_YET).set(row.level, 0)
		query.where((row.kind == keeping.NAMED) & row.computation_name.isin(gone)).run()


def _computations(apps: Iterable[str]) -> set[str]:
	paths = [path for app in apps for path in frappe.get_hooks(HOOK, app_name=app)]
	return {one.name for path in paths for one in frappe.get_attr(path)()}


def ensure_states() -> None:
	"""Measured or not, by the computations that the apps of this site bring."""
	for name in frappe.get_all(keeping.INDICATOR, {"kind": keeping.NAMED}, pluck="name"):
		doc = frappe.get_doc(keeping.INDICATOR, name)
		stored = doc.state
		doc.set_state()
		if doc.state != stored:
			doc.db_set({"state": doc.state, "level": doc.level})
