"""Notices of what is due or late. They name numbers of records and places, never a child."""

from collections import defaultdict

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import add_days, cint, nowdate

from social_care.registry.case_work.due import IN_CARE
from social_care.registry.notices import notify, responsible, valid_today

DIRECTORATE = ("Directorate Director", "Directorate Data Officer", "Family and Childhood Specialist")
INSTITUTION = ("Institution Director", "Institution Social Worker")


def tell_directorate(event) -> None:
	"""A recorded event rings at the directorate of the child's place."""
	unit = frappe.db.get_value("Child", event.child, "org_unit")
	notify(
		responsible(unit, DIRECTORATE),
		_("A significant event was recorded ({0}); severity: {1}.").format(event.name, _(event.severity)),
		"Significant Event",
		event.name,
	)


def send_daily() -> None:
	"""Scheduler: reviews due for each institution, overdue reports of events for each directorate; in a job of its own."""
	if cint(frappe.get_cached_doc("Social Care Settings").case_work_notices):
		frappe.enqueue(
			"social_care.registry.case_work.notices.send_notices",
			queue="long",
			job_id=f"case_work_notices_{nowdate()}",
			deduplicate=True,
		)


def send_notices() -> None:
	"""A second run of the day sends nothing twice."""
	staff = _staff_of_institutions()
	for institution, number in _reviews_due().items():
		users = _not_yet_told(staff.get(institution, []), "Institution", institution)
		notify(users, _("Care reviews due: {0}").format(number), "Institution", institution)
	for unit, number in _late_events().items():
		users = _not_yet_told(responsible(unit, DIRECTORATE), "Org Unit", unit)
		notify(users, _("Significant events not reported in time: {0}").format(number), "Org Unit", unit)


def _not_yet_told(users: list[str], doctype: str, name: str) -> list[str]:
	told = frappe.get_all(
		"Notification Log",
		filters={
			"document_type": doctype,
			"document_name": name,
			"type": "Alert",
			"creation": [">=", nowdate()],
			"for_user": ["in", users or [""]],
		},
		pluck="for_user",
	)
	return [user for user in users if user not in told]


def _reviews_due() -> dict[str, int]:
	"""Number of reviews due within the notice, by institution."""
	notice = cint(frappe.get_cached_doc("Social Care Settings").review_notice_days)
	return dict(
		frappe.db.sql(
			f"""select child.`institution`, count(*) from `tabChild` child
			where {IN_CARE} and child.`next_review_due` <= %s group by child.`institution`""",  # words of this package
			add_days(nowdate(), notice),
		)
	)


def _late_events() -> dict[str, int]:
	"""Number of events whose report is overdue, by the unit of the child's place."""
	return dict(
		frappe.db.sql(
			"""select child.`org_unit`, count(*) from `tabSignificant Event` event
			join `tabChild` child on child.`name` = event.`child`
			where event.`status` = 'Recorded' and event.`report_due_on` < now() group by child.`org_unit`"""
		)
	)


def _staff_of_institutions() -> dict[str, list[str]]:
	assignment = DocType("Staff Assignment")
	query = frappe.qb.from_(assignment).select(assignment.institution, assignment.user).distinct()
	query = query.where(assignment.role.isin(INSTITUTION) & assignment.institution.isnotnull())
	found = defaultdict(list)
	for institution, user in valid_today(query, assignment).run():
		found[institution].append(user)
	return found
