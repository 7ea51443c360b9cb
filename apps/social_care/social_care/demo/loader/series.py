"""Counters of naming series, and bounds of the tree, after rows came or went without their controllers."""

import frappe

from social_care.demo.generator.units import Unit, nested_set

OWNERS = {"CH-": "Child", "FAM-": "Family", "NGO-": "Association", "BLD-": "Building"}


def settle_series() -> None:
	"""Put each counter to the highest number in use, so that the next record made in the desk gets the following one."""
	for prefix, doctype in (OWNERS | _requests()).items():
		highest = _highest(doctype, prefix)
		frappe.db.sql("delete from `tabSeries` where `name` = %s", prefix)
		if highest:
			frappe.db.sql("insert into `tabSeries` (`name`, `current`) values (%s, %s)", (prefix, highest))


def _requests() -> dict[str, str]:
	"""{prefix: record type} of requests: «SC07-26-», a prefix for each year."""
	types = frappe.get_all("Service", {"request_type": ["is", "set"]}, pluck="request_type", order_by=None)
	found = {}
	for doctype in filter(frappe.db.table_exists, types):
		names = frappe.db.sql_list(f"select distinct left(`name`, length(`name`) - 6) from `tab{doctype}`")
		found |= dict.fromkeys(names, doctype)
	return found


def _highest(doctype: str, prefix: str) -> int:
	table = frappe.qb.DocType(doctype)
	names = frappe.qb.from_(table).select(table.name).where(table.name.like(f"{prefix}%"))
	last = names.orderby(frappe.qb.functions("LENGTH", table.name), order=frappe.qb.desc).orderby(
		table.name, order=frappe.qb.desc
	)
	found = last.limit(1).run()
	return int(found[0][0].removeprefix(prefix)) if found else 0


def settle_tree() -> None:
	"""Compute the bounds of every Org Unit anew and write those that changed."""
	rows = frappe.get_all(
		"Org Unit",
		fields=["name", "parent_org_unit", "level", "unit_name", "lft", "rgt"],
		order_by="lft asc, name asc",
	)
	bounds = nested_set(
		[Unit(row.name, row.parent_org_unit or None, row.level, row.unit_name) for row in rows]
	)
	for row in rows:
		if bounds[row.name] != (row.lft, row.rgt):
			left, right = bounds[row.name]
			frappe.db.set_value("Org Unit", row.name, {"lft": left, "rgt": right}, update_modified=False)
