"""Which institutions enter their data themselves, and which nobody reaches: from log-ins, files and confirmations."""

import frappe
from frappe.utils import add_days, cint, getdate, nowdate

from social_care.registry import figures


def unreachable(homes: list[str] | None = None) -> list[frappe._dict]:
	"""Operating institutions without a log-in and an entry of their own staff for the days of the settings: {"institution",
	"since"}; one query. None where the setting is 0."""
	days = cint(frappe.get_cached_doc("Social Care Settings").unreachable_days)
	if not days:
		return []
	limit = add_days(nowdate(), -days)
	rows = activity(homes)
	return [
		frappe._dict(institution=row.institution, since=add_days(row.last or row.known_since, days))
		for row in rows
		if str(row.last or row.known_since) < limit
	]


def activity(homes: list[str] | None = None) -> list[frappe._dict]:
	"""Of each institution that is not closed: {"institution", "governorate", "org_unit", "accounts", "last_login", "last_entry",
	"last" (the later of both), "known_since"}, as days; one query."""
	rows = frappe.db.sql(
		f"""select home.`name` as institution, home.`institution_name`, home.`governorate`, home.`org_unit`,
			date(home.`creation`) as known_since, ifnull(staff.accounts, 0) as accounts, date(staff.login) as last_login,
			date(nullif(greatest(ifnull(entered.at, 0), ifnull(changed.at, 0), ifnull(confirmed.at, 0)), 0)) as last_entry
		from `tabInstitution` home
		left join (select own.`institution`, count(distinct user.`name`) as accounts, max(user.`last_login`) as login
			from ({_STAFF}) own join `tabUser` user on user.`name` = own.`user` and user.`enabled` = 1
			group by own.`institution`) staff on staff.`institution` = home.`name`
		left join (select file.`institution`, max(file.`creation`) as at from `tabChild` file
			join ({_STAFF}) own on own.`user` = file.`owner` and own.`institution` = file.`institution`
			group by file.`institution`) entered on entered.`institution` = home.`name`
		left join (select file.`institution`, max(file.`modified`) as at from `tabChild` file
			join ({_STAFF}) own on own.`user` = file.`modified_by` and own.`institution` = file.`institution`
			group by file.`institution`) changed on changed.`institution` = home.`name`
		left join (select `institution`, max(`decided_on`) as at from `tabChild Confirmation` group by `institution`) confirmed
			on confirmed.`institution` = home.`name`
		where home.`status` not in ('Closed', 'Under Licensing') {"and home.`name` in %(homes)s" if homes is not None else ""}
		order by home.`name`""",  # of this module's own words
		{"homes": homes, "today": nowdate()},
		as_dict=True,
	)
	for row in rows:
		days = [day for day in (row.last_login, row.last_entry) if day]
		row.last = max(days) if days else None
	return rows


_STAFF = """select distinct `user`, `institution` from `tabStaff Assignment` where `scope` = 'Institution'
	and `valid_from` <= %(today)s and (`valid_to` is null or `valid_to` >= %(today)s)"""


def enters_itself(row: dict, day=None) -> bool:
	"""Whether an institution's own staff entered something within the days of the settings before `day` (today)."""
	days = cint(frappe.get_cached_doc("Social Care Settings").unreachable_days) or 30
	return bool(row.get("last_entry")) and getdate(row["last_entry"]) >= getdate(
		add_days(day or nowdate(), -days)
	)


def entering_themselves() -> int:
	"""Institutions at the reader's places that enter their data themselves; two queries."""
	where = figures.places("Institution") or "1=1"
	homes = frappe.db.sql_list(f"select `name` from `tabInstitution` where {where}")
	return sum(enters_itself(row) for row in activity(homes)) if homes else 0
