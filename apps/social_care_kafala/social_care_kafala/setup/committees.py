"""Committees that kafala brings: the High Committee and the hand-over committee of headquarters, a local one for each directorate."""

import frappe
from social_care.setup.first_rows import ensure_rows

from social_care_kafala.kafala.committees.kinds import CENTRAL_HAND_OVER, HIGH, LOCAL
from social_care_kafala.setup.tables import table

KIND, COMMITTEE, SESSION = "Committee Kind", "Committee", "Committee Session"


def ensure() -> None:
	"""Kinds, and the committees of units that have none of the kind. Their members are the units' own to write."""
	ensure_rows(KIND, "kind_code", table("committee_kinds"))
	names = {row["kind_code"]: row["kind_name"] for row in table("committee_kinds")}
	known = set(
		frappe.get_all(COMMITTEE, fields=["committee_kind", "org_unit"], as_list=True)
	)  # of all units
	for unit in frappe.get_all(
		"Org Unit", {"parent_org_unit": ["is", "not set"]}, pluck="name"
	):  # a reference table
		for kind in (HIGH, CENTRAL_HAND_OVER):
			if (kind, unit) not in known:
				make(kind, unit, names[kind])
	for unit in frappe.get_all(  # a reference table
		"Org Unit", {"level": "Directorate"}, ["name", "unit_name"], order_by="name asc"
	):
		if (LOCAL, unit.name) not in known:
			make(LOCAL, unit.name, f"{names[LOCAL]} – {unit.unit_name}")


def make(kind: str, unit: str, name: str) -> None:
	"""A committee without members; its name takes no number of the series."""
	doc = frappe.get_doc(
		{"doctype": COMMITTEE, "committee_name": name, "committee_kind": kind, "org_unit": unit}
	)
	doc.insert(ignore_permissions=True, set_name=f"{kind}-{unit}")


def remove() -> None:
	"""Committees of these kinds that never sat, and kinds without committees. What has sat stays with its sessions."""
	kinds = [row["kind_code"] for row in table("committee_kinds")]
	sat = set(frappe.get_all(SESSION, {"committee_kind": ["in", kinds]}, pluck="committee"))  # of all units
	for name in frappe.get_all(COMMITTEE, {"committee_kind": ["in", kinds]}, pluck="name"):  # of all units
		if name not in sat:
			_delete(COMMITTEE, name)
	used = set(
		frappe.get_all(COMMITTEE, {"committee_kind": ["in", kinds]}, pluck="committee_kind")
	)  # as above
	for kind in kinds:
		if kind not in used:
			_delete(KIND, kind)


def _delete(doctype: str, name: str) -> None:
	"""Without a copy in the trash."""
	frappe.delete_doc(
		doctype,
		name,
		force=True,
		ignore_permissions=True,
		ignore_on_trash=True,
		ignore_missing=True,
		delete_permanently=True,
	)
