"""Who is told of a confirmation that is due or overdue: institution, directorate, headquarters, each once, by the settings."""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import add_days, cint, now, nowdate

from social_care.governance.confirmation import CONFIRMATION, OPEN
from social_care.organisation.grants import INSTITUTION
from social_care.registry.notices import notify, responsible, valid_today

AT_HOME = ("Institution Director", "Institution Entry User")
AT_DIRECTORATE = ("Directorate Data Officer", "Directorate Director")
AT_HEADQUARTERS = ("Central Administration Head",)
AT_ONCE = 100


def tell() -> int:
	"""Every notice that is due today; how many confirmations were told of. Each chunk is written with its mark."""
	days = frappe.get_cached_doc("Social Care Settings")
	told = _each("noticed_on", -cint(days.confirmation_notice_days), _remind)
	told += _each("told_institution_on", cint(days.confirmation_institution_days), _tell_institution)
	told += _each("told_directorate_on", cint(days.confirmation_directorate_days), _tell_directorate)
	return told + _each("told_headquarters_on", cint(days.confirmation_headquarters_days), _tell_headquarters)


def _each(mark: str, days: int, tell_of: Callable[[list[dict]], None]) -> int:
	"""Confirmations that are open `days` after their day (before it, where negative) and bear no mark yet."""
	told = 0
	while rows := _due(mark, days):
		tell_of(rows)
		frappe.db.sql(
			f"update `tab{CONFIRMATION}` set `{mark}` = %s where `name` in %s",
			(now(), [row.name for row in rows]),
		)
		frappe.db.commit()  # the bound of a chunk: notices and marks together
		told += len(rows)
	return told


def _due(mark: str, days: int) -> list[frappe._dict]:
	limit = add_days(nowdate(), -days)
	return frappe.get_all(  # of every institution, by the clock
		CONFIRMATION,
		filters={"status": OPEN, mark: ["is", "not set"], "due_on": ["<=", limit], "children": [">", 0]},
		fields=["name", "institution", "org_unit", "due_on"],
		order_by="org_unit asc, name asc",
		limit=AT_ONCE,
	)


def _remind(rows: list[dict]) -> None:
	_to_institutions(
		rows, _("The data of your institution's children are to be confirmed by {0}.", lang="ar")
	)


def _tell_institution(rows: list[dict]) -> None:
	_to_institutions(
		rows, _("The data of your institution's children were to be confirmed by {0}.", lang="ar")
	)


def _to_institutions(rows: list[dict], sentence: str) -> None:
	staff = _staff([row.institution for row in rows])
	for row in rows:
		text = sentence.format(frappe.utils.format_date(row.due_on))
		notify(staff.get(row.institution, ()), text, CONFIRMATION, row.name)


def _staff(homes: list[str]) -> dict[str, list[str]]:
	"""{institution: users} who answer for its data today; one query."""
	assignment = frappe.qb.DocType("Staff Assignment")
	query = frappe.qb.from_(assignment).select(assignment.institution, assignment.user).distinct()
	query = query.where((assignment.scope == INSTITUTION) & assignment.institution.isin(homes))
	query = query.where(assignment.role.isin(AT_HOME)).orderby(assignment.user)
	found: dict[str, list[str]] = {}
	for home, user in valid_today(query, assignment).run():
		found.setdefault(home, []).append(user)
	return found


def _tell_directorate(rows: list[dict]) -> None:
	"""One notice for all institutions of a directorate."""
	sentence = _("Institutions that have not confirmed their children's data: {0}.", lang="ar")
	for directorate, number in _by_directorate(rows).items():
		notify(responsible(directorate, AT_DIRECTORATE), sentence.format(number))


def _by_directorate(rows: list[dict]) -> dict[str, int]:
	units = dict(
		frappe.db.sql(
			"""select unit.`name`, above.`name` from `tabOrg Unit` unit join `tabOrg Unit` above
			on above.`level` = 'Directorate' and above.`lft` <= unit.`lft` and above.`rgt` >= unit.`rgt`
			where unit.`name` in %s""",
			([row.org_unit for row in rows],),
		)
	)
	found: dict[str, int] = {}
	for row in rows:
		if directorate := units.get(row.org_unit):
			found[directorate] = found.get(directorate, 0) + 1
	return found


def _tell_headquarters(rows: list[dict]) -> None:
	sentence = _("Institutions whose confirmation is long overdue: {0}.", lang="ar")
	for root in frappe.get_all(
		"Org Unit", filters={"parent_org_unit": ["is", "not set"]}, pluck="name"
	):  # units are known
		notify(responsible(root, AT_HEADQUARTERS), sentence.format(len(rows)))
