"""Counts of case work at the places of the reader. Aggregates only: no row leaves."""

import frappe
from frappe.utils import add_days, add_months, cint, nowdate

from social_care.registry import figures
from social_care.registry.case_work import rules

HAS_PLAN = (
	"exists (select 1 from `tabCare Plan` p where p.`child` = `tabChild`.`name` and p.`status` = 'Active')"
)
ASSESSED = (
	"exists (select 1 from `tabChild Assessment` a where a.`child` = `tabChild`.`name`"
	" and a.`assessment_kind` = 'Entry' and a.`status` = 'Completed')"
)


def reviews_due() -> str:
	"""Condition for children whose review is due within the notice of the settings, or overdue."""
	notice = cint(frappe.get_cached_doc("Social Care Settings").review_notice_days)
	return f"{figures.IN_INSTITUTION} and `tabChild`.`next_review_due` <= '{add_days(nowdate(), notice)}'"


def review_overdue() -> str:
	return f"{figures.IN_INSTITUTION} and `tabChild`.`next_review_due` < '{nowdate()}'"


def plan_missing() -> str:
	"""Condition for children who have been in care longer than the rule allows without an active plan."""
	latest = add_days(nowdate(), -(rules.period(rules.PLAN, nowdate()) or 0))
	return f"{figures.IN_INSTITUTION} and `tabChild`.`admission_date` < '{latest}' and not {HAS_PLAN}"


def visited() -> str:
	"""Condition for children who had contact with their family within the period of the rule."""
	since = add_months(nowdate(), -(rules.period(rules.CONTACT, nowdate()) or 0))
	return (
		"exists (select 1 from `tabFamily Contact` f where f.`child` = `tabChild`.`name`"
		f" and f.`took_place` = 1 and f.`contact_date` >= '{since}')"
	)


def open_events() -> int:
	"""Events that are not closed, of children at the reader's places."""
	where = figures.places("Child")
	return frappe.db.sql(
		f"""select count(*) from `tabSignificant Event` event join `tabChild` on `tabChild`.`name` = event.`child`
		where event.`status` != 'Closed' {f"and {where}" if where else ""}"""  # conditions of this app
	)[0][0]
