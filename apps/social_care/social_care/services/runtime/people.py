"""Who is told and asked: holders of a role at the place of a request today."""

import frappe
from frappe.model.document import Document
from frappe.utils import nowdate

from social_care.services.runtime.units import place_in
from social_care.services.versions import state_named


def holders(roles: set[str], org_unit: str | None, institution: str | None) -> list[str]:
	"""Enabled users who hold one of the roles over the unit or in the institution today; one query."""
	if not roles:
		return []
	bounds = frappe.db.get_value("Org Unit", org_unit, ["lft", "rgt"]) or (0, 0)
	rows = frappe.db.sql(
		"""select distinct a.user from `tabStaff Assignment` a
		join `tabUser` u on u.name = a.user and u.enabled = 1
		left join `tabOrg Unit` o on o.name = a.org_unit
		where a.role in %(roles)s and a.valid_from <= %(today)s and (a.valid_to is null or a.valid_to >= %(today)s)
		and ((a.scope = 'Unit and Below' and o.lft <= %(lft)s and o.rgt >= %(rgt)s)
			or (a.scope = 'Institution' and a.institution = %(institution)s))
		order by a.user""",
		{
			"roles": tuple(roles),
			"today": nowdate(),
			"lft": bounds[0],
			"rgt": bounds[1],
			"institution": institution or "",
		},
	)
	return [user for (user,) in rows]


def asked(doc: Document, pack: dict, received: bool = False) -> str:
	"""Whom the notices of the request's present state reach, as the framework reads receivers: one address a line."""
	state = state_named(pack, doc.status)
	to: set[str] = set()
	for row in pack["notifications"]:
		if row["on"].get("state") == state["code"] or (received and row["on"].get("received")):
			to |= set(row["to"])
	return "\n".join(receivers(doc, pack, to, state))


def receivers(doc: Document, pack: dict, to: set[str], state: dict) -> list[str]:
	roles = {part.removeprefix("role:") for part in to if part.startswith("role:")}
	if "next" in to:
		roles |= {
			role
			for row in pack["workflow"]["actions"]
			if state["code"] in row["from"]
			for role in row["roles"]
		}
	found = holders(roles, *place_in(doc, state))
	owner = doc.owner if "enterer" in to and doc.owner not in (None, "Guest", "Administrator") else None
	return sorted({*found, *([owner] if owner else [])})
