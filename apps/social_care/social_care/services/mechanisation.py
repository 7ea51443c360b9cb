"""How far the services are mechanised, service by service and governorate by governorate (R1-03, R1-10, P08)."""

from collections import Counter, defaultdict

import frappe
from frappe.query_builder.functions import Count

MECHANISED = ("Pilot", "Launched")
STAGES = ("Designed", "Configured", "Live", "Used")


def mechanised() -> dict[str, int]:
	"""{"mechanised", "services", "first_phase", "first_phase_mechanised"}: «n of 44», and of the services of phase one."""
	rows = frappe.get_all(  # the catalogue, which everybody may read
		"Service", filters={"status": ["!=", "Dropped"]}, fields=["status", "in_first_phase"], order_by=None
	)
	first = [row for row in rows if row.in_first_phase]
	return {
		"mechanised": sum(row.status in MECHANISED for row in rows),
		"services": len(rows),
		"first_phase": len(first),
		"first_phase_mechanised": sum(row.status in MECHANISED for row in first),
	}


def stages() -> dict[str, Counter]:
	"""For each service how many governorates stand at which stage; «used» is what requests show, not what is written."""
	found: dict[str, Counter] = defaultdict(Counter)
	used = used_in()
	rows = frappe.get_all(
		"Service Mechanisation", fields=["service", "governorate", "status"], order_by="service asc"
	)
	for row in rows:
		if row.governorate not in used.get(row.service, ()):
			found[row.service]["Live" if row.status == "Used" else row.status] += 1
	for service, governorates in used.items():
		found[service]["Used"] = len(governorates)
	return found


def used_in() -> dict[str, set[str]]:
	"""Governorates in which a service has requests: numbers of the whole country, no row of anybody's. One query a service."""
	types = frappe.get_all(
		"Service",
		filters={"request_type": ["is", "set"]},
		fields=["name", "request_type"],
		order_by="name asc",
	)
	return {
		row.name: _governorates(row.request_type) for row in types if frappe.db.table_exists(row.request_type)
	}


def _governorates(doctype: str) -> set[str]:
	request, unit = frappe.qb.DocType(doctype), frappe.qb.DocType("Org Unit")
	query = frappe.qb.from_(request).join(unit).on(unit.name == request.org_unit)
	rows = query.select(unit.governorate, Count("*")).groupby(unit.governorate).run()
	return {governorate for governorate, _count in rows if governorate}
