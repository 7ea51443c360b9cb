from social_care import scope_rules
from social_care.api import open_endpoints, overrides
from social_care.registry.case_work import timeline_sources

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

doctype_js = {
	"Custom Field": "public/js/custom_field.js",
	"Service": "public/js/services/drafts.js",
	"Service Pack": [
		"public/js/services/choices.js",
		"public/js/services/conditions.js",
		"public/js/services/checks.js",
		"public/js/services/drafts.js",
		"public/js/services/form.js",
	],
}
doctype_list_js = {
	"Service": "public/js/services/drafts.js",
	"Service Pack": "public/js/services/drafts.js",
}

jinja = {
	"methods": [
		"social_care.organisation.statement.institution_statement",
		"social_care.registry.child_card.identity_card",
		"social_care.registry.child_print.child_print",
		"social_care.services.outputs.service_output",
		"social_care.governance.confirmation.prints.confirmation_print",
		"social_care.services.counter.prints.counter_receipt",
		"social_care.services.counter.prints.queue_ticket",
		"social_care.decisions.prints.minutes",
		"social_care.decisions.prints.circular",
		"social_care.decisions.committees.prints.committee_minutes",
		"social_care.registry.moves.prints.handover_record",
		"social_care.registry.moves.prints.placement_decision",
		"social_care.accounts.demonstration.demonstration_notice",
		"social_care.interface.social_care_system_name",
	]
}

additional_timeline_content = {
	"Service Pack": ["social_care.services.builder.history.entries"],
}

# What is only counted of a record goes with it.
ignore_links_on_delete = [
	*("Data Quality Fault", "Data Quality Day", "Correction Log", "Data Officer Task", "Indicator Value"),
]

before_install = "social_care.setup.install.before_install"
after_install = "social_care.setup.install.after_install"
before_uninstall = "social_care.setup.install.before_uninstall"
before_app_uninstall = [
	"social_care.services.compiler.withdrawing.withdraw_app",
	"social_care.setup.indicators.forget_app",
]
after_migrate = ["social_care.setup.install.after_migrate"]

permission_query_conditions = {
	"*": "social_care.permissions.get_permission_query_conditions",
	"Change Request": "social_care.registry.quality.reading.get_condition_of_requests",
	"Correction Log": "social_care.registry.quality.reading.get_condition_of_corrections",
	"Custom Field": "social_care.governance.custom_fields.get_permission_query_conditions",
	"Data Quality Fault": "social_care.registry.quality.reading.get_permission_query_conditions",
	"File": "social_care.files.rights.get_permission_query_conditions",
	"Help Article": "social_care.browser_safety.guests.get_permission_query_conditions",
	"Indicator Value": "social_care.governance.indicators.reading.get_permission_query_conditions",
	"User": "social_care.accounts.users.get_permission_query_conditions",
}
has_permission = {
	"*": "social_care.permissions.has_permission",
	"Change Request": "social_care.registry.quality.reading.has_permission",
	"Correction Log": "social_care.registry.quality.reading.has_permission",
	"Custom Field": "social_care.governance.custom_fields.has_permission",
	"Data Quality Fault": "social_care.registry.quality.reading.has_permission",
	"File": "social_care.files.rights.has_permission",
	"Help Article": "social_care.browser_safety.guests.has_permission",
	"Indicator Value": "social_care.governance.indicators.reading.has_permission",
}

override_doctype_class = {
	"File": "social_care.files.document.ScopedFile",
	"Error Log": "social_care.errors.document.ClearedErrorLog",
	"Deleted Document": "social_care.hardening.retention.ClearedDeletedDocument",
	"Notification": "social_care.accounts.messages.QuietNotification",
	"Notification Log": "social_care.framework_doors.events.ScopedNotificationLog",
}

doc_events = {
	"*": {
		"before_print": "social_care.reading.notes.note_printed",
		# before the record's own validate, which may hang the file on other records first
		"before_validate": [
			"social_care.files.sources.check_attachments",
			"social_care.typed_digits.to_ascii",
			"social_care.system_fields.check_rows",
			"social_care.services.runtime.requests.before_validate",
		],
		"validate": [
			"social_care.permissions.check_links",
			"social_care.browser_safety.markup.check_texts",
			"social_care.row_events.check_amendment",
			"social_care.services.runtime.requests.validate",
		],
		"after_insert": "social_care.services.runtime.requests.after_insert",
		"on_trash": "social_care.services.runtime.requests.on_trash",
		"before_rename": "social_care.row_events.check_rename",
		"after_rename": "social_care.row_events.check_rename",
		"on_update": [
			"social_care.services.runtime.requests.on_update",
			"social_care.row_events.announce_to_readers",
		],
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
	"Child": {
		"on_update": [
			"social_care.registry.case_work.records.follow_name",
			"social_care.registry.quality.events.follow_record",
		]
	},
	"Family": {"on_update": "social_care.registry.quality.events.follow_family"},
	"Institution": {"on_update": "social_care.registry.quality.events.follow_record"},
	"Placement": {
		"after_insert": [
			"social_care.registry.aftercare.leavers.begin_follow_up",
			"social_care.registry.kin.reintegration.note_return_to_care",
			"social_care.registry.moves.upkeep.follow_placement",
		],
		"on_update": [
			"social_care.registry.case_work.due.follow_placement",
			"social_care.registry.quality.events.follow_placement",
		],
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
	"social_care.errors.quiet.keep_quiet",
	"social_care.hardening.paths.refuse_climbing",
	"social_care.hardening.settings.refuse_unsafe_settings",
	"social_care.accounts.guard.guard_request",
	"social_care.printing.selection.choose_for_request",
]
after_request = [
	"social_care.reading.observe.observe",
	"social_care.api.guards.arguments.say_malformed",
	"social_care.accounts.guard.secure_cookies",
	"social_care.files.serving.protect",
	"social_care.browser_safety.headers.protect",
]
before_job = [
	"social_care.errors.quiet.keep_quiet",
	"social_care.printing.selection.choose_for_job",
]
after_job = ["social_care.errors.quiet.clear_failed", "social_care.reading.observe.observe_job"]

scheduler_events = {
	"daily": [
		"social_care.organisation.staff_roles.sync_changed",
		"social_care.accounts.sessions.end_former",
		"social_care.registry.roll.upkeep.remove_old",
		"social_care.registry.case_work.due.refresh_all",
		"social_care.registry.case_work.notices.send_daily",
		"social_care.registry.kin.suggestions.enqueue_scan",
		"social_care.registry.moves.upkeep.enqueue_daily",
		"social_care.services.counter.upkeep.enqueue",
		"social_care.decisions.directives.enqueue_daily",
		"social_care.decisions.circulars.enqueue_daily",
		"social_care.registry.quality.run.enqueue_nightly",
		"social_care.cash_support.upkeep.remove_old_batches",
		"social_care.registry.legacy.upkeep.forget_old",
		"social_care.governance.confirmation.opening.enqueue_daily",
		"social_care.governance.indicators.run.enqueue_counting",
		"social_care.registry.matching.run.enqueue_search",
	],
	"weekly": ["social_care.registry.reminders.enqueue_weekly"],
	"cron": {
		"*/10 * * * *": [
			"social_care.registry.roll.upkeep.resume_stopped",
			"social_care.registry.dashboards.kept.enqueue",
			"social_care.registry.quality.run.resume_stopped",
			"social_care.reading.seals.enqueue",
			"social_care.governance.indicators.run.resume_counting",
			"social_care.registry.matching.run.resume_searches",
			"social_care.registry.duplicates.enqueue_comparison",
			"social_care.services.builder.publication.resume_stopped",
			"social_care.cash_support.upkeep.resume_batches",
			"social_care.registry.verification.batches.resume",
			"social_care.registry.legacy.work.resume",
			"social_care.governance.officer.tasks.enqueue",
			"social_care.governance.census.counting.enqueue",
		]
	},
	"hourly": [
		"social_care.registry.duplicates.scan_number_clashes",
		"social_care.services.runtime.overdue.enqueue",
	],
}

auth_hooks = [
	"social_care.api.guards.guard_request",
	"social_care.framework_doors.calls.check_call",
	"social_care.api.guards.arguments.check_arguments",
	"social_care.services.openapi.contract.hold_to_contract",
	"social_care.reading.observe.begin",
]
# Pages of services: the Web Form of a service says its route, our page shows it. What lies below is the framework's page
# of the form (`/new`, `/list`), which is not used: ours answers «not found».
website_route_rules = [
	{"from_route": "/services/follow", "to_route": "services/follow"},
	{"from_route": "/services/appointment", "to_route": "services/appointment"},
	{"from_route": "/services/<code>", "to_route": "services/form"},
	{"from_route": "/services/<path:below>", "to_route": "services/form"},
]
page_renderer = ["social_care.api.guards.pages.ClosedPage"]

override_whitelisted_methods = overrides.OVERRIDES

standard_queries = {
	"Child": "social_care.registry.search.pick",
	"Person": "social_care.registry.search.pick",
	"Family": "social_care.registry.search.pick",
	"Org Unit": "social_care.organisation.pickers.pick",
	"Institution": "social_care.organisation.pickers.pick",
}

pdf_generator = "social_care.printing.generator.chromium_pdf"

# Hooks of this app, open to extensions.

# How rows of this app belong to a place, and which tables have none.
social_care_reference_doctypes = scope_rules.REFERENCE_DOCTYPES
social_care_references = scope_rules.REFERENCES
social_care_scope_rules = scope_rules.SCOPE_RULES

# DocTypes to which a functional administrator may add fields (see social_care/governance/custom_fields.py).
social_care_extendable_doctypes = ["Child", "Institution"]

# Endpoints that an upload may name to receive its content instead of becoming a file.
social_care_upload_methods = []

# What guests and citizens reach of this app.
social_care_endpoints = open_endpoints.OPEN

# Functions(user) that describe more of the interface (see docs/openapi.md).
social_care_openapi_parts = [
	"social_care.services.openapi.public.core_part",
	"social_care.services.openapi.citizens.citizens_part",
]

# What apps make of requests: {code of a service: function that returns a Record} (see docs/extensions.md).
social_care_request_records = {}

# Case files of apps that requests are about: {code of a service: function(request)} (see docs/extensions.md).
social_care_request_files = {}

# Functions(case) that are asked before a child returns to the family (see docs/families-and-aftercare.md).
social_care_reintegration_checks = ["social_care.decisions.committees.reintegration.check"]
social_care_committee_cases = ["social_care.decisions.committees.reintegration.cases"]

# Functions(institution) that are asked before a child comes into an institution (see docs/placement-moves.md).
social_care_receiving_checks = []

# Records that a merge of two persons leaves as they are, because they tell what was; and functions(child, other child) that
# raise where something has to be settled before it (see docs/duplicates.md).
social_care_merge_left_alone = [
	*("Access Change", "Access Log", "Activity Log", "Deleted Document", "Error Log", "View Log"),
	*("Census Entry", "Child Confirmation", "Correction Log", "Data Officer Task"),
	*("File Access Grant", "Read Log", "Read Log Seal"),
]
social_care_merge_checks = []
# Papers (DocTypes and Print Formats) made for the person whom they concern: no reader stands on them.
social_care_handed_out = ["Service Receipt", "Service Ticket"]

# The core's own part of the demonstration nation that comes after everything else.
social_care_demo_builders = [
	"social_care.demo.ways_out.build",
	"social_care.demo.requests.build.build",
	"social_care.demo.counters.build",
]

# Data quality (see docs/data-quality.md): types of records with rules, checks over several records, and rules to begin with.
social_care_quality_records = {
	"Child": {"child": "name", "institution": "institution"},
	"Institution": {"institution": "name"},
}
social_care_quality_checks = ["social_care.registry.quality.checks.CHECKS"]
social_care_quality_rules = ["social_care.setup.quality.first_rules"]

# What waits for the data officer of a directorate (see docs/data-officer.md).
social_care_data_officer_queue = [
	"social_care.governance.officer.core.OVERDUE",
	"social_care.governance.officer.core.INVALID",
	"social_care.governance.officer.core.DUPLICATE",
	"social_care.governance.officer.core.RETURNED",
	"social_care.registry.verification.waiting.DIFFERING",
	"social_care.governance.change_requests.waiting.OVERDUE",
	"social_care.governance.officer.core.UNREACHABLE",
]

# Ways in which registries are asked about persons (see docs/identity-verification.md).
social_care_identity_sources = [
	"social_care.registry.verification.file_source.FILE",
	"social_care.registry.verification.web_source.WEB",
]

# Functions that give computations of indicators (see docs/indicators.md).
social_care_indicators = [
	"social_care.governance.indicators.core.files.computations",
	"social_care.governance.indicators.core.movements.computations",
	"social_care.governance.indicators.core.places.computations",
	"social_care.governance.indicators.core.requests.computations",
	"social_care.governance.indicators.core.trust.computations",
	"social_care.governance.indicators.core.waiting.computations",
]

social_care_dashboards = {"indicators": "social_care.governance.indicators.dashboard.dashboard"}

# Functions that look for harmful content in the bytes of an upload (see social_care/files/scanning.py).
social_care_file_scanners = ["social_care.files.clamav.scan"]

# What stands in a child's time line (see social_care/registry/case_work/timeline.py).
social_care_timeline = timeline_sources.SOURCES
