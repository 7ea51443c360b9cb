"""The end of a census: all levels have signed, the result is frozen under a checksum that tells any later change of a row."""

import hashlib
import json

import frappe
from frappe import _
from frappe.utils import get_fullname, now

from social_care.governance.census import CAMPAIGN, COUNTED, ENTRY, FROZEN, RETURN
from social_care.governance.census.signing import LEVELS, CensusError
from social_care.organisation.grants import active_grants
from social_care.registry.together.statements import update_rows

ROLE = "Central Administration Head"
TOLD = (
	*(
		"institution",
		"org_unit",
		"status",
		"expected",
		"entered",
		"entered_late",
		"difference",
		"declared",
		"licensed",
	),
	*("former", "remark", "institution_signed_by", "institution_signed_on", "directorate_signed_by"),
	*("directorate_signed_on", "headquarters_signed_by", "headquarters_signed_on"),
)


def freeze(name: str, reason: str = "") -> str:
	"""Freeze the result; its checksum. A second click finds it frozen. Raises CensusError while a return is not signed by all,
	unless `reason` says why it is frozen without it (an institution that closed, or has no director)."""
	_check_role()
	campaign = frappe.db.get_value(CAMPAIGN, name, ["status", "checksum"], as_dict=True, for_update=True)
	if campaign and campaign.status == FROZEN:
		return campaign.checksum
	if not campaign or campaign.status != COUNTED:
		frappe.throw(_("The census is not counted yet."), CensusError, title=_("Census"))
	missing = len(_unsigned(name))
	reason = frappe.utils.strip_html(reason or "").strip() if missing else ""
	if missing and not reason:
		_refuse_unsigned(missing)
	digests = digests_of(name)
	update_rows(RETURN, {row: {"digest": digest} for row, digest in digests.items()})
	frozen = {"status": FROZEN, "frozen_on": now(), "frozen_by_name": get_fullname(frappe.session.user)}
	checksum = _checksum(digests, reason)
	left_out = {"not_signed": missing, "frozen_reason": reason}
	frappe.db.set_value(CAMPAIGN, name, frozen | left_out | {"checksum": checksum})
	return checksum


def verify(name: str) -> dict:
	"""{"is_whole", "institutions"}: whether the frozen result is as it was, and whose return or children are not."""
	if not frappe.has_permission(CAMPAIGN, "read", name):
		frappe.throw(_("You may not open this census."), frappe.PermissionError, title=_("Not Permitted"))
	kept = dict(
		frappe.get_all(RETURN, {"campaign": name}, ["name", "digest"], as_list=True, order_by=None)
	)  # of all
	now_is = digests_of(name)
	changed = [row for row, digest in now_is.items() if kept.get(row) != digest]
	return {"is_whole": _is_whole(name, now_is), "institutions": _homes(changed)}


def _homes(returns: list[str]) -> list[str]:
	"""Institutions of the returns, of those that the reader may read."""
	if not frappe.has_permission(RETURN, "read"):
		return []
	filters = {"name": ["in", returns or [""]]}
	return sorted(frappe.get_list(RETURN, filters=filters, pluck="institution", limit_page_length=0))


def _is_whole(name: str, digests: dict[str, str]) -> bool:
	stored, reason = frappe.db.get_value(CAMPAIGN, name, ["checksum", "frozen_reason"])
	return bool(stored) and _checksum(digests, reason) == stored


def digests_of(name: str) -> dict[str, str]:
	"""{return: digest} of each return with its numbers, signatures and children; two queries."""
	children: dict[str, list] = {}
	for row, *child in frappe.db.sql(
		f"""select `census_return`, `child`, `sex`, `age`, `is_late` from `tab{ENTRY}` where `campaign` = %s
		order by `census_return`, `child`""",
		name,
	):
		children.setdefault(row, []).append(child)
	rows = frappe.db.sql(
		f"select `name`, {', '.join(f'`{field}`' for field in TOLD)} from `tab{RETURN}` where `campaign` = %s order by `name`",
		name,
	)
	return {row[0]: _digest([*row[1:], children.get(row[0], [])]) for row in rows}


def _digest(told: list) -> str:
	return hashlib.sha256(json.dumps(told, ensure_ascii=False, default=str).encode()).hexdigest()


def _checksum(digests: dict[str, str], reason: str | None) -> str:
	told = sorted(digests.items())
	return _digest([told, reason] if reason else told)


def unsigned_titles(name: str) -> list[str]:
	"""Names of institutions whose return is not signed by all levels, of those that the reader may read."""
	if not frappe.has_permission(RETURN, "read"):
		return []
	fields = ["institution.institution_name as title"]
	rows = frappe.get_list(RETURN, filters=_not_signed(name), fields=fields, limit_page_length=0)
	return sorted(row.title or "" for row in rows)


def _unsigned(name: str) -> list[str]:
	"""The returns as they are now, whoever holds a lock on one of them."""
	return frappe.db.get_values(
		RETURN, _not_signed(name), "name", order_by="name asc", for_update=True, pluck=True
	)


def _not_signed(name: str) -> dict:
	return {"campaign": name, "status": ["!=", LEVELS[-1].after]}


def _refuse_unsigned(missing: int) -> None:
	frappe.throw(
		_("Returns that are not signed by all levels: {0}.").format(missing)
		+ " "
		+ _("Write why it is to be frozen without them."),
		CensusError,
		title=_("Census"),
	)


def _check_role() -> None:
	if not any(grant.role == ROLE and grant.is_root for grant in active_grants(frappe.session.user)):
		frappe.throw(
			_("Only headquarters freezes a census."), frappe.PermissionError, title=_("Not Permitted")
		)
