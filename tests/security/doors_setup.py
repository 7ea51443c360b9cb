"""Calls of set-up, reports, contacts and what else names a row of another office."""

from security.doors import CHILD, Call
from security.doors_desk import DESK

SETUP: dict[str, Call] = {
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

# Each is refused. By the number of the weakness.
CALLS = DESK | SETUP

# Those that are open to administrators and still refused to one whose scope is another place.
BY_ROW = [
	name
	for name in CALLS
	if name.startswith(("S-31", "S-32", "S-57", "S-58", "S-59"))
	or name in ("S-63 reference", "S-63 preview", "S-75 follow what is closed", "S-75 who follows")
	or name
	in ("task", "event", "notification", "notification read", "following", "like", "shares", "reminder")
]
