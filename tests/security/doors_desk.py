"""Calls of imports, mail, tasks, tags, notes, settings, pages and charts that name a row of another office."""

from security.doors import CHILD, Call

DESK: dict[str, Call] = {
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
}
