app_name = "social_care"
app_title = "Social Care"
app_publisher = "Social Care Contributors"
app_description = "National registry of children in care and the services around it"
app_email = "social-care@example.org"
app_license = "mit"
app_logo_url = "/assets/social_care/images/mark.svg"

app_include_js = ["social_care.bundle.js"]
app_include_css = ["social_care.bundle.css"]
web_include_css = ["social_care_web.bundle.css"]

website_context = {
	"favicon": "/assets/social_care/images/mark.svg",
	"splash_image": "/assets/social_care/images/mark.svg",
}

doctype_js = {"Custom Field": "public/js/custom_field.js"}

jinja = {
	"methods": [
		"social_care.organisation.statement.institution_statement",
		"social_care.registry.child_card.identity_card",
		"social_care.registry.child_print.child_print",
		"social_care.accounts.demonstration.demonstration_notice",
		"social_care.interface.social_care_system_name",
	]
}

before_install = "social_care.setup.install.before_install"
after_install = "social_care.setup.install.after_install"
before_uninstall = "social_care.setup.install.before_uninstall"
after_migrate = ["social_care.setup.install.after_migrate"]

permission_query_conditions = {
	"*": "social_care.permissions.get_permission_query_conditions",
	"Custom Field": "social_care.governance.custom_fields.get_permission_query_conditions",
	"File": "social_care.files.rights.get_permission_query_conditions",
	"Help Article": "social_care.browser_safety.guests.get_permission_query_conditions",
	"User": "social_care.accounts.users.get_permission_query_conditions",
}
has_permission = {
	"*": "social_care.permissions.has_permission",
	"Custom Field": "social_care.governance.custom_fields.has_permission",
	"File": "social_care.files.rights.has_permission",
	"Help Article": "social_care.browser_safety.guests.has_permission",
}

override_doctype_class = {
	"File": "social_care.files.document.ScopedFile",
	"Deleted Document": "social_care.hardening.retention.ClearedDeletedDocument",
	"Notification Log": "social_care.framework_doors.events.ScopedNotificationLog",
}

doc_events = {
	"*": {
		# before the record's own validate, which may hang the file on other records first
		"before_validate": ["social_care.files.sources.check_attachments"],
		"validate": [
			"social_care.permissions.check_links",
			"social_care.browser_safety.markup.check_texts",
			"social_care.row_events.check_amendment",
		],
		"before_rename": "social_care.row_events.check_rename",
		"after_rename": "social_care.row_events.check_rename",
		"on_update": "social_care.row_events.announce_to_readers",
		"on_cancel": "social_care.row_events.announce_to_readers",
		"on_update_after_submit": "social_care.row_events.announce_to_readers",
	},
	"Custom Field": {
		"before_insert": "social_care.governance.custom_fields.name_column",
		"validate": "social_care.governance.custom_fields.check_field",
	},
	"DocShare": {"validate": "social_care.files.sources.forbid_sharing"},
	"ToDo": {"validate": "social_care.framework_doors.events.check_assignee"},
	"User": {
		"before_validate": [
			"social_care.accounts.names.clean_names",
			"social_care.accounts.passwords.note_new_password",
			"social_care.framework_doors.events.align_notifications",
		],
		"validate": [
			"social_care.organisation.staff_roles.drop_unassigned",
			"social_care.framework_doors.events.keep_following_off",
		],
		"on_update": [
			"social_care.accounts.sessions.end_after_change",
			"social_care.accounts.changes.note_user",
		],
		"after_rename": "social_care.accounts.sessions.end_after_rename",
		"after_delete": "social_care.accounts.changes.note_removed_user",
	},
	"Staff Assignment": {
		"on_update": [
			"social_care.accounts.sessions.end_after_assignment",
			"social_care.accounts.changes.note_assignment",
		],
		"after_delete": [
			"social_care.accounts.sessions.end_after_assignment",
			"social_care.accounts.changes.note_assignment",
		],
	},
	"Child": {"on_update": "social_care.registry.case_work.records.follow_name"},
	"Placement": {
		"after_insert": [
			"social_care.registry.aftercare.leavers.begin_follow_up",
			"social_care.registry.kin.reintegration.note_return_to_care",
			"social_care.registry.case_work.due.follow_placement",
		],
		"on_update": "social_care.registry.case_work.due.follow_placement",
	},
	"Activity Log": {"before_insert": "social_care.accounts.logins.note_failure"},
	"User Permission": {
		"on_update": "social_care.accounts.changes.note_user_permission",
		"on_trash": "social_care.accounts.changes.note_user_permission",
	},
	"Custom DocPerm": {
		"on_update": "social_care.accounts.changes.note_rule",
		"on_trash": "social_care.accounts.changes.note_rule",
	},
	"DocType": {"on_update": "social_care.accounts.changes.note_doctype"},
	"Role Profile": {
		"on_update": "social_care.accounts.changes.note_role_profile",
		"on_trash": "social_care.accounts.changes.note_role_profile",
	},
	"Package": {"validate": "social_care.hardening.tools.refuse_making"},
	"Package Release": {"validate": "social_care.hardening.tools.refuse_making"},
	"Package Import": {"validate": "social_care.hardening.tools.refuse_making"},
	"Server Script": {"validate": "social_care.hardening.tools.refuse_making"},
	"Report": {"validate": "social_care.hardening.tools.check_report"},
	"Client Script": {"validate": "social_care.hardening.tools.refuse_includes"},
	"Custom HTML Block": {"validate": "social_care.hardening.tools.refuse_includes"},
	"Console Log": {
		"validate": "social_care.hardening.tools.keep_log",
		"on_trash": "social_care.hardening.tools.keep_log",
	},
	"Workflow": {"validate": "social_care.hardening.tools.check_states"},
}

update_website_context = ["social_care.browser_safety.nonce.begin_page"]

boot_session = "social_care.desk_texts.take_out"
extend_bootinfo = "social_care.boot.extend_bootinfo"

on_login = ["social_care.accounts.logins.on_login"]

before_request = [
	"social_care.hardening.paths.refuse_climbing",
	"social_care.hardening.settings.refuse_unsafe_settings",
	"social_care.accounts.guard.guard_request",
	"social_care.printing.selection.choose_for_request",
]
after_request = [
	"social_care.accounts.guard.secure_cookies",
	"social_care.files.serving.protect",
	"social_care.browser_safety.headers.protect",
]
before_job = ["social_care.printing.selection.choose_for_job"]

scheduler_events = {
	"daily": [
		"social_care.organisation.staff_roles.sync_changed",
		"social_care.accounts.sessions.end_former",
		"social_care.registry.roll.upkeep.remove_old",
		"social_care.registry.case_work.due.refresh_all",
		"social_care.registry.case_work.notices.send_daily",
		"social_care.registry.kin.suggestions.enqueue_scan",
	],
	"weekly": ["social_care.registry.reminders.enqueue_weekly"],
	"cron": {"*/10 * * * *": ["social_care.registry.roll.upkeep.resume_stopped"]},
	"hourly": ["social_care.registry.duplicates.scan_number_clashes"],
}

auth_hooks = [
	"social_care.api.guards.guard_request",
	"social_care.framework_doors.calls.check_call",
]
page_renderer = ["social_care.api.guards.pages.ClosedPage"]

override_whitelisted_methods = {
	"frappe.client.get_count": "social_care.api.guards.endpoints.get_count",
	"frappe.client.validate_link": "social_care.api.guards.endpoints.validate_link",
	"frappe.client.validate_link_and_fetch": "social_care.api.guards.endpoints.validate_link_and_fetch",
	"frappe.core.api.file.zip_files": "social_care.api.guards.endpoints.zip_files",
	"frappe.core.doctype.sms_settings.sms_settings.send_sms": "social_care.accounts.messages.send_sms",
	"frappe.core.doctype.user.user.reset_password": "social_care.accounts.resets.reset_password",
	"frappe.core.doctype.user.user.test_password_strength": "social_care.accounts.passwords.strength",
	"frappe.core.doctype.user.user.update_password": "social_care.accounts.passwords.update_password",
	"frappe.core.doctype.user.user.user_query": "social_care.accounts.users.user_query",
	"frappe.core.doctype.user_permission.user_permission.clear_user_permissions": "social_care.accounts.changes.clear_user_permissions",
	"frappe.core.page.permission_manager.permission_manager.remove": "social_care.accounts.changes.remove_rule",
	"frappe.core.page.permission_manager.permission_manager.reset": "social_care.accounts.changes.reset_rules",
	"frappe.core.page.permission_manager.permission_manager.update": "social_care.accounts.changes.update_rule",
	"frappe.desk.search.get_names_for_mentions": "social_care.accounts.users.get_names_for_mentions",
	"frappe.desk.doctype.kanban_board.kanban_board.update_order": "social_care.api.kanban.update_order",
	"frappe.desk.doctype.kanban_board.kanban_board.update_order_for_single_card": "social_care.api.kanban.update_order_for_single_card",
	"frappe.desk.desktop.update_onboarding_step": "social_care.framework_doors.endpoints.update_onboarding_step",
	"frappe.desk.doctype.tag.tag.add_tag": "social_care.api.guards.endpoints.add_tag",
	"frappe.desk.doctype.tag.tag.add_tags": "social_care.api.guards.endpoints.add_tags",
	"frappe.desk.doctype.tag.tag.get_tagged_docs": "social_care.api.guards.endpoints.get_tagged_docs",
	"frappe.desk.doctype.tag.tag.remove_tag": "social_care.api.guards.endpoints.remove_tag",
	"frappe.desk.form.load.get_docinfo": "social_care.api.files.get_docinfo",
	"frappe.desk.form.load.getdoc": "social_care.api.files.getdoc",
	"frappe.desk.form.save.savedocs": "social_care.api.files.savedocs",
	"frappe.desk.form.linked_with.get": "social_care.api.guards.endpoints.linked_with_get",
	"frappe.desk.form.linked_with.get_submitted_linked_docs": "social_care.api.guards.endpoints.get_submitted_linked_docs",
	"frappe.desk.like.toggle_like": "social_care.api.likes.toggle_like",
	"frappe.desk.link_preview.get_preview_data": "social_care.api.guards.endpoints.get_preview_data",
	"frappe.desk.listview.get_group_by_count": "social_care.api.guards.endpoints.get_group_by_count",
	"frappe.desk.query_report.export_query": "social_care.api.guards.endpoints.export_report",
	"frappe.desk.query_report.get_data_for_custom_field": "social_care.api.guards.endpoints.get_data_for_custom_field",
	"frappe.desk.query_report.run": "social_care.api.guards.endpoints.run_report",
	"frappe.desk.search.get_link_title": "social_care.api.links.get_link_title",
	"frappe.desk.search.search_link": "social_care.api.guards.endpoints.search_link",
	"frappe.desk.search.search_widget": "social_care.api.guards.endpoints.search_widget",
	"frappe.geo.utils.get_coords": "social_care.api.guards.endpoints.refuse",
	"frappe.handler.upload_file": "social_care.api.files.upload_file",
	"frappe.utils.print_format.download_pdf": "social_care.printing.api.download_pdf",
	"frappe.utils.print_format.report_to_pdf": "social_care.printing.api.report_to_pdf",
	"frappe.utils.global_search.search": "social_care.api.guards.endpoints.global_search_results",
	"frappe.website.doctype.web_form.web_form.get_link_options": "social_care.api.guards.endpoints.refuse",
	"upload_file": "social_care.api.files.upload_file",
}

standard_queries = {
	"Child": "social_care.registry.search.pick",
	"Person": "social_care.registry.search.pick",
	"Family": "social_care.registry.search.pick",
	"Org Unit": "social_care.organisation.pickers.pick",
	"Institution": "social_care.organisation.pickers.pick",
}

pdf_generator = "social_care.printing.generator.chromium_pdf"

# Hooks of this app, open to extensions.

# Tables on which rows are not limited: they name no person and no place of care; roles decide who reads them.
social_care_reference_doctypes = [
	"Governorate",
	"Org Unit",
	"Institution Type",
	"Admission Reason",
	"Care Review Kind",
	"Care Plan Domain",
	"Assessment Item",
	"Significant Event Kind",
	"Official Figure",
	"Access Change",
]

# DocTypes to which a functional administrator may add fields (see social_care/governance/custom_fields.py).
social_care_extendable_doctypes = ["Child", "Institution"]

# Endpoints that an upload may name to receive its content instead of becoming a file.
social_care_upload_methods = []

# What guests reach besides the core's table: whoever holds a print has it confirmed without an account.
social_care_endpoints = {"guest": ["social_care.api.prints.verify", "/verify"]}

# Functions(case) that are asked before a child returns to the family (see docs/families-and-aftercare.md).
social_care_reintegration_checks = []

# The core's own part of the demonstration nation that comes after everything else.
social_care_demo_builders = ["social_care.demo.ways_out.build"]

# Functions that look for harmful content in the bytes of an upload (see social_care/files/scanning.py).
social_care_file_scanners = ["social_care.files.clamav.scan"]

# Fields that name a DocType and a record, where the schema and the fields' names alone do not tell.
social_care_references = {
	"Access Log": [["export_from", "reference_document"]],
}

# How rows belong to a place, where the schema alone does not tell (see social_care/scope.py).
social_care_scope_rules = {
	"Institution": [{"unit": "org_unit", "institution": "name"}],
	"Association": [{"unit": "org_unit"}, {"linked_from": ["Institution", "association"]}],
	"Data Officer": [{"unit": "directorate"}],
	"Person": [{"linked_from": ["Child", "person"]}, {"linked_from_table": ["Family Member", "person"]}],
	"Family": [
		{"linked_from": ["Child", "family"]},
		{"unit": "registering_unit", "institution": "registering_institution"},
	],
	"Placement": [{"unit": "org_unit", "institution": "institution"}, {"link": ["child", "Child"]}],
	# Case work follows the child; the institution in it only says where he lived then.
	"Care Plan": [{"link": ["child", "Child"]}],
	"Care Review": [{"link": ["child", "Child"]}],
	"Child Assessment": [{"link": ["child", "Child"]}],
	"Family Contact": [{"link": ["child", "Child"]}],
	"Significant Event": [{"link": ["child", "Child"]}],
	"Child Savings Entry": [{"link": ["child", "Child"]}],
	"Child Activity": [{"link": ["child", "Child"]}],
	"Sibling Pair": [{"all": [{"link": ["child", "Child"]}, {"link": ["other_child", "Child"]}]}],
	"Duplicate Candidate": [{"link": ["person", "Person"]}, {"link": ["other_person", "Person"]}],
}

# What stands in a child's time line (see social_care/registry/case_work/timeline.py).
social_care_timeline = [
	{
		"doctype": "Placement",
		"date": "from_date",
		"kind": "Placement",
		"title": ["movement", "institution"],
		"details": ["setting", "reason", "decision_number"],
	},
	{
		"doctype": "Care Review",
		"date": "held_on",
		"kind": "Care Review",
		"title": ["review_kind"],
		"details": ["placement_suitable", "child_view", "no_view_reason", "next_review_on"],
	},
	{
		"doctype": "Care Plan",
		"date": "start_date",
		"kind": "Care Plan",
		"title": ["permanency_goal"],
		"details": ["version", "status", "change_reason"],
	},
	{
		"doctype": "Child Assessment",
		"date": "assessed_on",
		"kind": "Child Assessment",
		"title": ["assessment_kind"],
		"details": ["total_percent", "recommendation"],
	},
	{
		"doctype": "Family Contact",
		"date": "contact_date",
		"kind": "Family Contact",
		"title": ["contact_kind"],
		"details": ["relation", "how_it_went", "child_reaction"],
	},
	{
		"doctype": "Significant Event",
		"date": "occurred_on",
		"kind": "Significant Event",
		"title": ["event_kind"],
		"details": ["protected_kind", "severity", "status", "description"],
	},
	{
		"doctype": "Child Activity",
		"date": "activity_date",
		"kind": "Activity",
		"title": ["activity_kind", "activity_name"],
		"details": ["setting", "shows_talent"],
	},
	{
		"doctype": "Child Savings Entry",
		"date": "entry_date",
		"kind": "Savings",
		"title": ["entry_kind"],
		"details": ["amount", "purpose"],
		"level": 1,
	},
	{
		"doctype": "Education Record",
		"date": "school_year",
		"kind": "School Year",
		"title": ["school_year", "stage"],
		"details": ["school_name", "result"],
		"table": "education_records",
	},
	{
		"doctype": "Health Record",
		"date": "record_date",
		"kind": "Health",
		"title": ["record_kind"],
		"details": ["finding", "provider"],
		"table": "health_records",
	},
	{
		"doctype": "Identity Paper",
		"date": "issue_date",
		"kind": "Identity Papers",
		"title": ["paper_kind"],
		"table": "identity_papers",
	},
]
