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


# Calls that name a row of the other office: each is refused. By the number of the weakness.
CALLS: dict[str, Call] = {
	"S-29 start": lambda b, g: b.call(
		"frappe.core.doctype.data_import.data_import.form_start_import", data_import=g.of("Data Import")
	),
	"S-29 preview": lambda b, g: b.call(
		"frappe.core.doctype.data_import.data_import.get_preview_from_template",
		data_import=g.of("Data Import"),
		import_file=g.victim.attachment,
	),
	"S-29 preview as a method of the row": lambda b, g: b.call(
		"run_doc_method", dt="Data Import", dn=g.of("Data Import"), method="get_preview_from_template"
	),
	"S-29 failed rows": lambda b, g: b.call(
		"frappe.core.doctype.data_import.data_import.download_errored_template",
		data_import_name=g.of("Data Import"),
	),
	"S-29 log": lambda b, g: b.call(
		"frappe.core.doctype.data_import.data_import.download_import_log",
		data_import_name=g.of("Data Import"),
	),
	"S-29 status": lambda b, g: b.call(
		"frappe.core.doctype.data_import.data_import.get_import_status", data_import_name=g.of("Data Import")
	),
	"S-30 restore": lambda b, g: b.call(
		"frappe.core.doctype.deleted_document.deleted_document.restore", name=g.of("Deleted Document")
	),
	"S-30 restore several": lambda b, g: b.call(
		"frappe.core.doctype.deleted_document.deleted_document.bulk_restore",
		docnames=[g.of("Deleted Document")],
	),
	"S-31 relink": lambda b, g: b.call(
		"frappe.email.relink",
		name=g.of("Communication"),
		reference_doctype="User",
		reference_name=b.user or "Guest",
	),
	"S-32 status": lambda b, g: b.call(
		"frappe.email.inbox.mark_as_closed_open", communication=g.of("Communication"), status="Closed"
	),
	"S-32 mailbox": lambda b, g: b.call(
		"frappe.email.inbox.move_email",
		communication=g.of("Communication"),
		email_account=g.of("Email Account"),
	),
	"S-32 trash": lambda b, g: b.call(
		"frappe.email.inbox.mark_as_trash", communication=g.of("Communication")
	),
	"S-32 spam": lambda b, g: b.call(
		"frappe.email.inbox.mark_as_spam",
		communication=g.of("Communication"),
		sender=f"{g.mark}-spam@test.invalid",
	),
	"S-32 flags": lambda b, g: b.call(
		"frappe.email.inbox.create_email_flag_queue", names=[g.of("Communication")], action="Read"
	),
	"S-57 assign": lambda b, g: b.call(
		"frappe.desk.form.assign_to.add",
		doctype="Communication",
		name=g.of("Communication"),
		assign_to=[b.user],
	),
	"S-57 assign, nested": lambda b, g: b.call(
		"frappe.desk.form.assign_to.add",
		args={"doctype": "Note", "name": g.of("Note"), "assign_to": [b.user], "description": "x"},
	),
	"S-57 assign several": lambda b, g: b.call(
		"frappe.desk.form.assign_to.add_multiple", doctype="Note", name=[g.of("Note")], assign_to=[b.user]
	),
	"S-57 take back": lambda b, g: b.call(
		"frappe.desk.form.assign_to.remove", doctype=CHILD, name=g.victim.child, assign_to=g.owner
	),
	"S-58 tag": lambda b, g: b.call(
		"frappe.desk.doctype.tag.tag.add_tag", tag=f"{g.mark}-tag", dt="Note", dn=g.of("Note")
	),
	"S-58 tags": lambda b, g: b.call(
		"frappe.desk.doctype.tag.tag.add_tags", tags=[f"{g.mark}-tag"], dt="Note", docs=[g.of("Note")]
	),
	"S-58 untag": lambda b, g: b.call(
		"frappe.desk.doctype.tag.tag.remove_tag", tag="x", dt="Note", dn=g.of("Note")
	),
	"S-59 form": lambda b, g: b.call("frappe.desk.form.load.getdoc", doctype="Note", name=g.of("Note")),
	"S-59 record": lambda b, g: b.get(f"/api/resource/Note/{g.of('Note')}"),
	"S-59 seen": lambda b, g: b.call("frappe.desk.doctype.note.note.mark_as_seen", note=g.of("Note")),
	"S-60 record": lambda b, g: b.get(f"/api/resource/Notification Settings/{g.owner}"),
	"S-60 change": lambda b, g: b.put(f"/api/resource/Notification Settings/{g.owner}", {"enabled": 0}),
	"S-60 seen": lambda b, g: b.call(
		"frappe.desk.doctype.notification_settings.notification_settings.set_seen_value",
		value=0,
		user=g.owner,
	),
	"S-61 make": lambda b, g: b.call(
		"frappe.desk.doctype.workspace.workspace.new_page",
		new_page={
			"title": f"{g.mark}-new",
			"label": f"{g.mark}-new-{g.owner}",
			"for_user": g.owner,
			"content": "[]",
		},
	),
	"S-61 change": lambda b, g: b.call(
		"frappe.desk.doctype.workspace.workspace.update_page",
		name=g.of("Workspace"),
		title="<b>taken</b>",
		icon="",
		parent="",
		public=0,
	),
	"S-61 save": lambda b, g: b.call(
		"frappe.desk.doctype.workspace.workspace.save_page",
		title="My Directorate",
		public=1,
		new_widgets={},
		blocks=[],
	),
	"S-61 copy": lambda b, g: b.call(
		"frappe.desk.doctype.workspace.workspace.duplicate_page",
		page_name=g.of("Workspace"),
		new_page={"title": f"{g.mark}-copy", "is_public": 0},
	),
	"S-61 delete": lambda b, g: b.call(
		"frappe.desk.doctype.workspace.workspace.delete_page",
		page={"name": g.of("Workspace"), "public": 0, "title": "x"},
	),
	"S-62 chart of other roles": lambda b, g: b.get(
		f"/api/resource/Dashboard Chart/{g.of('Dashboard Chart')}"
	),
	"S-62 figures of the chart": lambda b, g: b.call(
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.get", chart_name=g.of("Dashboard Chart")
	),
	"S-62 make a chart": lambda b, g: b.post(
		"/api/resource/Dashboard Chart",
		{
			"chart_name": f"{g.mark}-own",
			"chart_type": "Count",
			"document_type": CHILD,
			"based_on": "creation",
			"filters_json": "[]",
		},
	),
	"S-62 make a chart by the call": lambda b, g: b.call(
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.create_dashboard_chart",
		args={
			"chart_name": f"{g.mark}-call",
			"chart_type": "Count",
			"document_type": CHILD,
			"based_on": "creation",
			"filters_json": "[]",
		},
	),
	"S-63 preview": lambda b, g: b.call(
		"frappe.automation.doctype.auto_repeat.auto_repeat.generate_message_preview",
		reference_dt="Note",
		reference_doc=g.of("Note"),
		message="{{ doc.content }}",
	),
	"S-63 reference": lambda b, g: b.call(
		"frappe.automation.doctype.auto_repeat.auto_repeat.update_reference",
		docname=g.of("Auto Repeat"),
		reference="x",
	),
	"S-64 delete": lambda b, g: b.call(
		"frappe.core.doctype.prepared_report.prepared_report.delete_prepared_reports",
		reports=[{"name": g.of("Prepared Report")}],
	),
	"S-65 plant": lambda b, g: b.call(
		"frappe.desk.reportview.save_report", name=f"{g.mark}-planted", doctype=CHILD, report_settings="{}"
	),
	"S-65 plant a script report's twin": lambda b, g: b.call(
		"frappe.desk.query_report.save_report",
		reference_report="Children and Institutions by Governorate",
		report_name=f"{g.mark}-twin",
		columns="[]",
		filters="[]",
	),
	"S-72 contact": lambda b, g: b.call(
		"frappe.contacts.doctype.contact.contact.get_contact_details", contact=g.of("Contact")
	),
	"S-72 invite": lambda b, g: b.call(
		"frappe.contacts.doctype.contact.contact.invite_user", contact=g.of("Contact")
	),
	"S-72 address": lambda b, g: b.call(
		"frappe.contacts.doctype.address.address.get_address_display", address_dict=g.of("Address")
	),
	"S-72 address of a record": lambda b, g: b.call(
		"frappe.contacts.doctype.address.address.get_default_address", doctype="Note", name=g.of("Note")
	),
	"S-73 step": lambda b, g: b.call(
		"frappe.desk.desktop.update_onboarding_step",
		name=g.of("Onboarding Step"),
		field="title",
		value="<b>x</b>",
	),
	"S-74 change a reply": lambda b, g: b.call(
		"frappe.website.doctype.discussion_topic.discussion_topic.submit_discussion",
		doctype="Note",
		docname=g.of("Note"),
		reply="x",
		title="x",
		reply_name=g.of("Discussion Reply"),
	),
	"S-74 open a topic": lambda b, g: b.call(
		"frappe.website.doctype.discussion_topic.discussion_topic.submit_discussion",
		doctype="Note",
		docname=g.of("Note"),
		reply="x",
		title=f"{g.mark}-topic",
	),
	"S-75 follow for another": lambda b, g: b.call(
		"frappe.desk.form.document_follow.follow_document", doctype="Governorate", doc_name="01", user=g.owner
	),
	"S-75 follow what is closed": lambda b, g: b.call(
		"frappe.desk.form.document_follow.follow_document", doctype="Note", doc_name=g.of("Note"), user=b.user
	),
	"S-75 change the following of what is closed": lambda b, g: b.call(
		"frappe.desk.form.document_follow.update_follow", doctype="Note", doc_name=g.of("Note"), following=1
	),
	"S-75 who follows": lambda b, g: b.call(
		"frappe.desk.form.document_follow.get_follow_users", doctype="Note", doc_name=g.of("Note")
	),
	"S-75 end another's following": lambda b, g: b.call(
		"frappe.desk.form.document_follow.unfollow_document",
		doctype=CHILD,
		doc_name=g.victim.child,
		user=g.owner,
	),
	"S-76 password of a mailbox": lambda b, g: b.call(
		"frappe.email.doctype.email_account.email_account.set_email_password",
		email_account=g.of("Email Account"),
		password="x",
	),
	"S-76 mailboxes of another": lambda b, g: b.call(
		"frappe.core.doctype.user.user.get_email_awaiting", user=g.owner
	),
	"S-76 tour": lambda b, g: b.call("frappe.desk.doctype.form_tour.form_tour.reset_tour", tour_name="x"),
	"S-76 print format": lambda b, g: b.call(
		"frappe.printing.doctype.print_format.print_format.make_default", name=g.of("Print Format")
	),
	"S-77 printers": lambda b, g: b.call(
		"run_doc_method",
		docs={"doctype": "Network Printer Settings", "server_ip": "127.0.0.1", "port": 1, "name": "x"},
		method="get_printers_list",
		args={"ip": "127.0.0.1", "port": 1},
	),
	"S-77 list": lambda b, g: b.call(
		"frappe.printing.doctype.network_printer_settings.network_printer_settings.get_network_printer_settings"
	),
	"S-106 roles": lambda b, g: b.call(
		"frappe.core.doctype.role.role.role_query",
		doctype="Role",
		txt="",
		searchfield="name",
		start=0,
		page_len=20,
		filters=[["Role", "disabled", "=", 0]],
	),
	"S-106 roles by the link search": lambda b, g: b.call(
		"frappe.desk.search.search_widget",
		doctype="Role",
		txt="",
		query="frappe.core.doctype.role.role.role_query",
		filters=[["Role", "disabled", "=", 0]],
	),
	"task": lambda b, g: b.get(f"/api/resource/ToDo/{g.of('ToDo')}"),
	"filter": lambda b, g: b.get(f"/api/resource/List Filter/{g.of('List Filter')}"),
	"filter deleted": lambda b, g: b.delete(f"/api/resource/List Filter/{g.of('List Filter')}"),
	"board": lambda b, g: b.get(f"/api/resource/Kanban Board/{g.of('Kanban Board')}"),
	"event": lambda b, g: b.get(f"/api/resource/Event/{g.of('Event')}"),
	"notification": lambda b, g: b.get(f"/api/resource/Notification Log/{g.of('Notification Log')}"),
	"notification read": lambda b, g: b.call(
		"frappe.desk.doctype.notification_log.notification_log.mark_as_read", docname=g.of("Notification Log")
	),
	"following": lambda b, g: b.get(f"/api/resource/Document Follow/{g.of('Document Follow')}"),
	"like": lambda b, g: b.call("frappe.desk.like.toggle_like", doctype="Note", name=g.of("Note"), add="Yes"),
	"comment of the website": lambda b, g: b.call(
		"frappe.templates.includes.comments.comments.add_comment",
		comment="x",
		comment_email=b.user or "x@test.invalid",
		comment_by="x",
		reference_doctype="Note",
		reference_name=g.of("Note"),
		route="",
	),
	"shares": lambda b, g: b.call("frappe.share.get_users", doctype="Note", name=g.of("Note")),
	"reminder": lambda b, g: b.call(
		"frappe.automation.doctype.reminder.reminder.create_new_reminder",
		remind_at="2030-01-01 10:00:00",
		description="x",
		reminder_doctype="Note",
		reminder_docname=g.of("Note"),
	),
}

# Those that are open to administrators and still refused to one whose scope is another place.
BY_ROW = [
	name
	for name in CALLS
	if name.startswith(("S-31", "S-32", "S-57", "S-58", "S-59"))
	or name in ("S-63 reference", "S-63 preview", "S-75 follow what is closed", "S-75 who follows")
	or name
	in ("task", "event", "notification", "notification read", "following", "like", "shares", "reminder")
]
