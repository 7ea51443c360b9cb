"""A return is declared by its institution and signed level by level: institution, directorate, headquarters; nobody signs
twice, and whoever declared the number does not sign it (setting). A level may send it back with a reason."""

import hashlib
import hmac
import json
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import cint, now

from social_care.governance.census import (
	CAMPAIGN,
	COUNTED,
	DECLARED,
	FROZEN,
	RETURN,
	RETURNED,
	WAITING,
	counting,
)
from social_care.organisation.grants import roles_at

DECLARING = ("Institution Entry User", "Institution Social Worker", "Institution Director")


class CensusError(frappe.ValidationError):
	"""A step that the census does not allow now."""


@dataclass(frozen=True)
class Level:
	"""Who signs a return in which state, and what it is then."""

	key: str
	roles: tuple[str, ...]
	before: tuple[str, ...]
	after: str


LEVELS = (
	Level("institution", ("Institution Director",), (WAITING, RETURNED), "Signed by Institution"),
	Level("directorate", ("Directorate Director",), ("Signed by Institution",), "Signed by Directorate"),
	Level(
		"headquarters", ("Central Administration Head",), ("Signed by Directorate",), "Signed by Headquarters"
	),
)
SEEN = ("name", "status", "expected", "entered", "entered_late", "declared", "declared_on", "remark")
SIGNERS = tuple(f"{level.key}_signed_by" for level in LEVELS)


def read(name: str) -> frappe._dict:
	"""The return, for whoever may read it, locked until the end of the transaction. Raises PermissionError."""
	if not frappe.get_list(RETURN, filters={"name": name}, pluck="name", limit=1):
		frappe.throw(_("You may not open this return."), frappe.PermissionError, title=_("Not Permitted"))
	return frappe.db.get_value(RETURN, name, "*", as_dict=True, for_update=True)


def declare(name: str, number: int, remark: str = "") -> None:
	"""The number of children that the institution says it has on the day of the cut-off, and why it differs from what is entered."""
	row = read(name)
	_check_role(row, DECLARING)
	if _status(row.campaign) == FROZEN or row.status not in LEVELS[0].before:
		_refuse(_("The return is signed already; nothing of it changes any more."))
	if cint(number) < 0:
		_refuse(_("A number of children is not below zero."))
	declared = {"declared": cint(number), "declared_by": frappe.session.user, "declared_on": now()}
	frappe.db.set_value(RETURN, name, declared | {"remark": frappe.utils.strip_html(remark or "")})
	if _status(row.campaign) == COUNTED:
		counting.add_entries(row.campaign, [row.institution], late=True)
	counting.sum_up(row.campaign, row.institution)


def token(row: dict) -> str:
	"""What the form gives back to say which numbers its user saw."""
	told = [str(row.get(field) or "") for field in SEEN]
	return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def sign(name: str, seen: str) -> str:
	"""Sign for the level whose turn it is, where the caller holds its role; the new state. A second click changes nothing.

	`seen` is the `token` of the numbers that the signer saw. Raises CensusError where they are others by now. What was entered
	late is counted first: where that changes the numbers they are kept and shown, and the state stays."""
	row = read(name)
	signed = next((level for level in LEVELS if row.status == level.after), None)
	if signed and row[f"{signed.key}_signed_by"] == frappe.session.user:
		return row.status
	level = next((level for level in LEVELS if row.status in level.before), None)
	if not level:
		_refuse(_("The return is signed by all levels already."))
	_check_role(row, level.roles)
	_check_counted(row)
	_check_seen(row, seen)
	if level is LEVELS[0]:
		row = _count_late(row)
		if not _is_seen(row, seen):
			frappe.msgprint(_changed(), title=_("Census"), indicator="orange")
			return row.status
		_check_complete(row)
	_check_four_eyes(row)
	frappe.db.set_value(RETURN, name, _signature(level))
	return level.after


def _changed() -> str:
	return _("The numbers changed since you opened the return; look at them again and sign then.")


def _is_seen(row: dict, seen: str) -> bool:
	return hmac.compare_digest(token(row).encode(), str(seen or "").encode())


def _check_seen(row: dict, seen: str) -> None:
	if not _is_seen(row, seen):
		_refuse(_changed())


def _signature(level: Level) -> dict:
	who = {f"{level.key}_signed_by": frappe.session.user, f"{level.key}_signed_on": now()}
	return {"status": level.after, **who}


def sign_all(campaign: str) -> int:
	"""Sign every return that waits for the caller's level at his places, but those that he declared or signed; how many."""
	names = frappe.get_list(
		RETURN,
		filters={"campaign": campaign, "status": ["in", [level.before[0] for level in LEVELS[1:]]]},
		pluck="name",
		order_by="name asc",
		limit_page_length=0,
	)
	rows = frappe.db.sql(
		f"select * from `tab{RETURN}` where `name` in %s order by `name` for update",
		(names or [""],),
		as_dict=True,
	)
	done = 0
	for level in LEVELS[1:]:
		mine = [
			row for row in rows if row.status in level.before and _may(row, level.roles) and not _is_own(row)
		]
		if mine:
			_check_counted(mine[0])
			frappe.db.set_value(RETURN, {"name": ["in", [row.name for row in mine]]}, _signature(level))
		done += len(mine)
	return done


def send_back(name: str, reason: str) -> None:
	"""The level whose turn it is gives the return back to the institution; earlier signatures are void."""
	row = read(name)
	level = next((level for level in LEVELS[1:] if row.status in level.before), None)
	if not level:
		_refuse(_("There is nothing to send back now."))
	_check_role(row, level.roles)
	_check_counted(row)
	reason = frappe.utils.strip_html(reason or "").strip()
	if not reason:
		_refuse(_("Please give the reason."))
	void = {f"{each.key}_signed_{what}": None for each in LEVELS for what in ("by", "on")}
	returned = {"returned_by": frappe.session.user, "returned_on": now(), "return_reason": reason}
	frappe.db.set_value(RETURN, name, void | returned | {"status": RETURNED})


def _count_late(row: dict) -> frappe._dict:
	counting.add_entries(row.campaign, [row.institution], late=True)
	counting.sum_up(row.campaign, row.institution)
	return frappe.db.get_value(RETURN, row.name, "*", as_dict=True)


def _check_complete(row: dict) -> None:
	"""What is expected was declared, where the campaign asks for it; a difference has a reason."""
	if frappe.db.get_value(CAMPAIGN, row.campaign, "expected_from") == DECLARED and row.declared_on is None:
		_refuse(_("Declare the number of children first."))
	if row.difference and not row.remark:
		_refuse(_("Expected and entered differ by {0}; please say why.").format(row.difference))


def _check_counted(row: dict) -> None:
	status = _status(row.campaign)
	if status == FROZEN:
		_refuse(_("The census is frozen; nothing of it changes any more."))
	if status != COUNTED:
		_refuse(_("The census is not counted yet."))


def _status(campaign: str) -> str:
	return frappe.db.get_value(CAMPAIGN, campaign, "status", for_update=True)


def _may(row: dict, roles: tuple[str, ...]) -> bool:
	return bool(roles_at(frappe.session.user, row.org_unit, row.institution) & set(roles))


def _check_role(row: dict, roles: tuple[str, ...]) -> None:
	if not _may(row, roles):
		frappe.throw(
			_("Your role at this institution may not take this step."),
			frappe.PermissionError,
			title=_("Not Permitted"),
		)


def _is_own(row: dict) -> bool:
	"""Whether the caller declared the number (where the setting says so) or signed at another level."""
	own = [row[field] for field in SIGNERS]
	if frappe.get_cached_doc("Social Care Settings").census_four_eyes:
		own.append(row.declared_by)
	return frappe.session.user in own


def _check_four_eyes(row: dict) -> None:
	if _is_own(row):
		frappe.throw(
			_("You declared or signed this return yourself; somebody else has to sign now."),
			CensusError,
			title=_("Four Eyes"),
		)


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, CensusError, title=_("Census"))
