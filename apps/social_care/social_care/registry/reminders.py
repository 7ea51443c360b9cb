"""The weekly notice to those responsible at a place: how many children wait for something there."""

import frappe
from frappe import _
from frappe.utils import add_days, now_datetime, nowdate

from social_care.registry.aftercare import leaving
from social_care.registry.kin import steps
from social_care.registry.notices import notify

RECEIVERS = ("Institution Director", "Institution Social Worker", "Directorate Director")
QUIET_DAYS = 6


def enqueue_weekly() -> None:
	"""Weekly: tell everybody responsible what waits at his places."""
	frappe.enqueue(
		"social_care.registry.reminders.remind_all",
		queue="long",
		job_id="social_care_weekly_reminders",
		deduplicate=True,
	)


def remind_all() -> int:
	"""One notice for each receiver at whose places something waits; none twice within the week. Returns how many."""
	counts = {
		"leavers": _by_place(leaving.overdue_condition()),
		"plans": _by_place(leaving.without_plan_condition()),
	}
	counts["steps"] = steps.overdue_by_place()
	told, written = _told_lately(), 0
	for user, lft, rgt, institution in _receivers():
		figures = {what: _sum(rows, lft, rgt, institution) for what, rows in counts.items()}
		if any(figures.values()) and user not in told:
			told.add(user)
			notify([user], _sentence(figures))
			written += 1
	return written


def _sentence(figures: dict[str, int]) -> str:
	return _template().format(figures["leavers"], figures["plans"], figures["steps"])


def _template() -> str:
	return _(
		"Families and aftercare: {0} past the age of leaving, {1} leaving soon without a plan, {2} steps overdue.",
		lang="ar",
	)


def _by_place(condition: str) -> list[tuple[str, int, int]]:
	"""(institution, lft of its unit, children) for a condition of this app's modules."""
	return frappe.db.sql(
		f"""select `tabChild`.institution, u.lft, count(*) from `tabChild`
		join `tabOrg Unit` u on u.name = `tabChild`.org_unit where {condition} group by `tabChild`.institution, u.lft"""
	)


def _sum(rows: list[tuple], lft: int | None, rgt: int | None, institution: str | None) -> int:
	if institution:
		return sum(count for place, _left, count in rows if place == institution)
	return sum(count for _place, left, count in rows if lft and lft <= left <= rgt)


def _receivers() -> list[tuple]:
	return frappe.db.sql(
		"""select a.user, u.lft, u.rgt, if(a.scope = 'Institution', a.institution, null)
		from `tabStaff Assignment` a left join `tabOrg Unit` u on u.name = a.org_unit and a.scope = 'Unit and Below'
		where a.role in %(roles)s and a.valid_from <= %(today)s and (a.valid_to is null or a.valid_to >= %(today)s)
		order by a.user""",
		{"roles": RECEIVERS, "today": nowdate()},
	)


def _told_lately() -> set[str]:
	start = _template().split("{0}")[0]
	since = add_days(now_datetime(), -QUIET_DAYS)
	filters = {"subject": ["like", f"{start}%"], "creation": [">", since]}
	return set(frappe.get_all("Notification Log", filters=filters, pluck="for_user"))
