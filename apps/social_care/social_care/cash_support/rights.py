"""Who does what with beneficiaries: by role and place. No role writes their rows; these functions ask before the program does."""

import frappe
from frappe import _

from social_care.cash_support import lists, places
from social_care.organisation.grants import active_grants, roles_at

OFFICER, CHIEF = "Directorate Data Officer", "Directorate Director"
HEAD, MANAGER = "Central Administration Head", "General Manager"
LOADERS = {
	lists.BENEFICIARIES: (HEAD, MANAGER, OFFICER),
	lists.DEATHS: (HEAD, MANAGER),
	lists.MEMBERS: (HEAD, MANAGER),
	lists.HOUSEHOLDS: (HEAD, MANAGER),
}
PROPOSERS = (OFFICER, CHIEF, HEAD, MANAGER)
DECIDERS = (CHIEF, HEAD)
ROUND_MAKERS = (HEAD, MANAGER)
ROUND_APPROVERS = (HEAD, "Sector Leadership")


def check_loader(contents: str) -> str:
	"""The unit at which the session user loads a list of this kind: a directorate's officer at his own, headquarters at the root."""
	user, root = frappe.session.user, places.root()
	if user == "Administrator":
		return root
	units = [
		grant.org_unit for grant in active_grants(user) if grant.org_unit and grant.role in LOADERS[contents]
	]
	if not units:
		refuse()
	return root if root in units else units[0]


def check(roles: tuple[str, ...], org_unit: str | None = None) -> None:
	"""Refuse who holds none of the roles over the unit (headquarters, where none is given)."""
	user = frappe.session.user
	if user != "Administrator" and not set(roles) & roles_at(user, org_unit or places.root(), None):
		refuse()


def check_other(*signed: str | None) -> None:
	"""Four eyes: refuse who has already signed."""
	if frappe.session.user in signed:
		frappe.throw(
			_("Somebody else has to decide: you have signed this already."),
			frappe.PermissionError,
			title=_("Four Eyes"),
		)


def refuse() -> None:
	frappe.throw(_("Your role does not do this here."), frappe.PermissionError, title=_("Not Permitted"))


def refuse_by_hand(doc) -> None:
	"""For controllers of rows that only the program writes, after it has asked."""
	if not doc.flags.ignore_permissions:
		frappe.throw(
			_("This is changed by its own buttons only."), frappe.PermissionError, title=_("Not Permitted")
		)
