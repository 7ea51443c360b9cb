"""Rows of the framework that belong to one office, and the calls by which another office would reach them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import frappe
import requests
from frappe.model.naming import is_autoincremented
from frappe.utils.password import update_password
from isolation.browser import PASSWORD, Browser
from isolation.records import Stage, Victim
from social_care.organisation.staff_roles import sync
from social_care.tests import places

Call = Callable[[Browser, "Goods"], requests.Response]
CHILD = "Child"


@dataclass
class Goods:
	"""What the staff of one place keeps in the framework's own tables, by DocType; every text bears the mark, the names the key."""

	victim: Victim
	mark: str
	owner: str
	key: str = field(default_factory=lambda: "zk" + frappe.generate_hash(length=10))
	rows: dict[str, str] = field(default_factory=dict)

	def of(self, doctype: str) -> str:
		return self.rows[doctype]

	def state(self) -> dict[str, str]:
		"""The rows as they are stored."""
		frappe.db.rollback()
		return {
			doctype: str(frappe.db.get_value(doctype, name, "*", as_dict=True))
			for doctype, name in self.rows.items()
		}


def _values(goods: Goods) -> dict[str, dict]:
	"""A row for each DocType; those that name a record hang on the child of the place."""
	mark, child, owner = goods.mark, goods.victim.child, goods.owner
	reference = {"reference_doctype": CHILD, "reference_name": child}
	return {
		"Communication": {
			"communication_type": "Communication",
			"communication_medium": "Email",
			"subject": mark,
			"content": mark,
			"status": "Open",
			**reference,
		},
		"Comment": {"comment_type": "Comment", "content": mark, **reference},
		"ToDo": {
			"reference_type": CHILD,
			"reference_name": child,
			"description": mark,
			"allocated_to": owner,
			"assigned_by": owner,
			"status": "Open",
		},
		"Note": {"title": mark, "content": mark, "public": 0},
		"List Filter": {"filter_name": mark, "reference_doctype": CHILD, "for_user": owner, "filters": "[]"},
		"Kanban Board": {
			"kanban_board_name": mark,
			"reference_doctype": CHILD,
			"field_name": "file_state",
			"private": 1,
		},
		"Event": {
			"subject": mark,
			"event_type": "Private",
			"starts_on": frappe.utils.now(),
			"status": "Open",
		},
		"Notification Log": {
			"subject": mark,
			"type": "Assignment",
			"for_user": owner,
			"document_type": CHILD,
			"document_name": child,
		},
		"Workspace": {
			"label": f"{goods.key}-{owner}",
			"title": mark,
			"for_user": owner,
			"public": 0,
			"content": "[]",
		},
		"Data Import": {
			"reference_doctype": "Institution Type",
			"import_type": "Insert New Records",
			"status": "Pending",
			"payload_count": 7,
			"template_warnings": mark,
		},
		"Deleted Document": {
			"deleted_doctype": "Note",
			"deleted_name": mark,
			"data": frappe.as_json({"doctype": "Note", "title": f"{mark} restored"}),
			"restored": 0,
		},
		"Auto Repeat": {
			"reference_doctype": CHILD,
			"reference_document": child,
			"frequency": "Daily",
			"start_date": frappe.utils.nowdate(),
			"disabled": 1,
			"status": "Disabled",
		},
		"Prepared Report": {
			"report_name": "Children and Institutions by Governorate",
			"status": "Completed",
			"filters": "{}",
		},
		"Report": {
			"report_name": mark,
			"ref_doctype": CHILD,
			"report_type": "Report Builder",
			"is_standard": "No",
			"json": "{}",
		},
		"Contact": {"first_name": mark, "email_id": f"{mark}@test.invalid"},
		"Address": {"address_title": mark, "address_line1": mark, "city": mark, "address_type": "Office"},
		"Onboarding Step": {"title": mark, "action": "Go to Page", "path": "#", "is_complete": 0},
		"Discussion Topic": {"title": mark, "reference_doctype": CHILD, "reference_docname": child},
		"Discussion Reply": {"reply": mark},
		"Email Account": {
			"email_account_name": mark,
			"email_id": f"{mark}@test.invalid",
			"awaiting_password": 1,
			"auth_method": "Basic",
		},
		"Print Format": {"doc_type": CHILD, "standard": "No", "custom_format": 0, "disabled": 0},
		"Dashboard": {"dashboard_name": mark},
		"Dashboard Chart": {
			"chart_name": mark,
			"chart_type": "Count",
			"document_type": "Governorate",
			"based_on": "creation",
			"timeseries": 1,
			"timespan": "Last Year",
			"time_interval": "Monthly",
			"filters_json": "[]",
			"is_public": 1,
		},
		"Email Queue": {"message": mark, "status": "Not Sent", **reference},
		"Activity Log": {"subject": mark, "user": owner, **reference},
		"Access Log": {"export_from": CHILD, "reference_document": child, "user": owner},
		"Error Log": {"error": mark, "method": mark, **reference},
		"Milestone": {
			"reference_type": CHILD,
			"reference_name": child,
			"track_field": "file_state",
			"value": mark,
		},
		"Reminder": {
			"user": owner,
			"description": mark,
			"remind_at": frappe.utils.now(),
			"reminder_doctype": CHILD,
			"reminder_docname": child,
		},
		"Document Follow": {"ref_doctype": CHILD, "ref_docname": child, "user": owner},
		"Energy Point Log": {"user": owner, "type": "Auto", "points": 1, "reason": mark, **reference},
		"Submission Queue": {"ref_doctype": CHILD, "ref_docname": child, "status": "Finished"},
		"Integration Request": {
			"reference_doctype": CHILD,
			"reference_docname": child,
			"data": frappe.as_json({"text": mark}),
		},
	}


@contextmanager
def goods_of(victim: Victim) -> Iterator[Goods]:
	"""Committed rows of the head of the victim's directorate, taken away afterwards."""
	frappe.set_user("Administrator")
	goods = Goods(victim, "zd" + frappe.generate_hash(length=10), victim.place.chief)
	for doctype, values in _values(goods).items():
		if doctype == "Discussion Reply":
			values["topic"] = goods.of("Discussion Topic")
		goods.rows[doctype] = stored(doctype, goods.owner, f"{goods.key}-{frappe.scrub(doctype)}", values)
	_roles_of_the_chart(goods)
	frappe.db.commit()
	yield goods
	frappe.db.rollback()
	for doctype, name in goods.rows.items():
		frappe.db.delete(doctype, {"name": name})
	frappe.db.delete("Has Role", {"parent": goods.of("Dashboard Chart")})
	frappe.db.commit()


def stored(doctype: str, owner: str, name: str, values: dict) -> str:
	"""A row as the framework would leave it, without the work that saving it would start."""
	doc = frappe.get_doc({"doctype": doctype, **values})
	doc.name = values.get("label") or name
	if is_autoincremented(doctype):
		doc.set_new_name()
	doc.set_user_and_timestamp()
	doc.owner = doc.modified_by = owner
	doc.db_insert()
	return str(doc.name)


def _roles_of_the_chart(goods: Goods) -> None:
	row = {"parenttype": "Dashboard Chart", "parentfield": "roles", "role": "Directorate Data Officer"}
	stored("Has Role", goods.owner, f"{goods.mark}-role", {**row, "parent": goods.of("Dashboard Chart")})


def administrator(stage: Stage, name: str, directorate: str) -> Browser:
	"""Somebody with the framework's own highest role, whose scope is one directorate."""
	frappe.set_user("Administrator")
	user = places._staff(name, places.CHIEF, org_unit=directorate)
	doc = frappe.get_doc("User", user)
	doc.add_roles("System Manager", "Website Manager")
	sync(user)
	update_password(user, PASSWORD)
	frappe.db.commit()
	return stage.browser(user)
