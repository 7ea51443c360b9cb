app_name = "social_care_inspections"
app_title = "Social Care Inspections"
app_publisher = "Social Care Contributors"
app_description = (
	"Inspection of care institutions: assessment tools by quality standards, kinds of violations"
)
app_email = "social-care@example.org"
app_license = "mit"

# "org/app": a bare name would ask a hosting site which organisation owns the app.
required_apps = ["social_care/social_care"]

doctype_js = {"Institution Visit": "public/js/visit_checklist.js"}

after_install = "social_care_inspections.setup.install.after_install"
before_uninstall = "social_care_inspections.setup.install.before_uninstall"
after_uninstall = "social_care_inspections.setup.install.after_uninstall"
after_migrate = ["social_care_inspections.setup.install.after_migrate"]

jinja = {
	"methods": [
		"social_care_inspections.inspections.case_prints.complaint_file",
		"social_care_inspections.inspections.case_prints.corrective_plan",
		"social_care_inspections.inspections.case_prints.intervention_file",
		"social_care_inspections.inspections.closings.prints.closing_file",
		"social_care_inspections.inspections.closings.prints.replacement_table",
		"social_care_inspections.inspections.tools.assessment_tool_sheet",
		"social_care_inspections.inspections.visits.prints.inspection_report",
	]
}

doc_events = {
	"Institution": {
		"validate": [
			"social_care_inspections.inspections.closings.freeze.check_institution",
			"social_care_inspections.inspections.closings.governorate.check_institution",
			"social_care_inspections.inspections.closings.guard.check_institution",
		],
		"on_update": "social_care_inspections.inspections.visits.effect.follow_institution",
	},
	"Placement Change": {"on_update": "social_care_inspections.inspections.closings.effect.follow_change"},
	"Staff Assignment": {
		"validate": "social_care_inspections.inspections.violations.person.check_assignment"
	},
}

scheduler_events = {
	"daily": [
		"social_care_inspections.inspections.actions.escalation.enqueue_daily",
		"social_care_inspections.inspections.closings.effect.enqueue_daily",
	],
	"hourly": ["social_care_inspections.inspections.complaints.notices.enqueue_hourly"],
}

page_renderer = ["social_care_inspections.inspections.phone.shell.PhoneShell"]

# Numbers of changes that phones have sent, in days: longer than a phone keeps one.
default_log_clearing_doctypes = {"Inspection Phone Operation": 180}

# Addresses of the public page of complaints; its files lie in www/complaint.
website_route_rules = [{"from_route": "/complaint/follow", "to_route": "complaint/follow"}]

# Hooks of the core.

# What guests reach. The shell of the inspectors' page holds no data: a phone fetches it before anybody has logged in. Whoever
# complains has no account.
social_care_endpoints = {
	"guest": [
		"/inspect",
		"/complaint",
		*(f"social_care_inspections.api.complaints.{name}" for name in ("institutions", "send", "follow")),
	]
}
social_care_page_features = {"/inspect": ["geolocation"]}

# Tables that every user may read: they name no person and no place of care.
social_care_reference_doctypes = [
	"Violation Type",
	"Assessment Tool",
	"Penalty Kind",
	"Licensing Freeze",
	"Intervention Kind",
]

# The institution sees a visit by `shown_institution`, which is empty while an unannounced one has not begun.
social_care_scope_rules = {
	"Institution Visit": [{"unit": "org_unit", "institution": "shown_institution"}],
	# The institution sees a penalty from its decision on, of the violation nothing.
	"Violation Penalty": [{"unit": "org_unit", "institution": "shown_institution"}],
	# The institution sees a plan from its start on, and its actions with it.
	"Corrective Action Plan": [{"unit": "org_unit", "institution": "shown_institution"}],
	"Corrective Action": [{"link": ["corrective_action_plan", "Corrective Action Plan"]}],
	# The unit that sends a team, and no institution.
	"Rapid Intervention Case": [{"unit": "org_unit"}],
	# The institution sees what it is asked, never where abuse is alleged; who complained, nobody of it.
	"Institution Complaint": [{"unit": "org_unit", "institution": "shown_institution"}],
	"Complaint Sender": [{"link": ["institution_complaint", "Institution Complaint"]}],
	"Complaint Receipt": [{"link": ["institution_complaint", "Institution Complaint"]}],
	"Inspection Sealed Note": [{"link": ["institution_visit", "Institution Visit"]}],
	"Inspection Phone Operation": [{"link": ["institution_visit", "Institution Visit"]}],
}

# Asked before a child comes into an institution.
social_care_receiving_checks = ["social_care_inspections.inspections.closings.governorate.check_receiving"]

# Blocks of the workspaces, and layers of the map of headquarters.
social_care_dashboards = {
	"inspection": "social_care_inspections.inspections.figures.dashboards.inspection",
	"sector_adviser": "social_care_inspections.inspections.figures.dashboards.sector_adviser",
}
social_care_map_layers = ["social_care_inspections.inspections.figures.places.layers"]

social_care_indicators = ["social_care_inspections.inspections.figures.indicators.computations"]

# Rows that the app adds to the demonstration nation.
social_care_demo_builders = [
	"social_care_inspections.demo.tools.build",
	"social_care_inspections.demo.campaign.build",
	"social_care_inspections.demo.measures.build",
	"social_care_inspections.demo.reported.build",
]
social_care_demo_settlers = {
	"social_care_inspections.demo.campaign.build": "social_care_inspections.demo.campaign.settle",
	"social_care_inspections.demo.measures.build": "social_care_inspections.demo.closings.settle",
}
social_care_demo_census = ["social_care_inspections.demo.census.lines"]

social_care_test_system_fields = ["social_care_inspections.tests.system_fields.rows"]
