app_name = "social_care_kafala"
app_title = "Social Care Kafala"
app_publisher = "Social Care Contributors"
app_description = "Alternative families (kafala): conditions by legal text, files of families on their path, national kafala centres, reasons for which a kafala ends"
app_email = "social-care@example.org"
app_license = "mit"

# "org/app": a bare name would ask a hosting site which organisation owns the app.
required_apps = ["social_care/social_care"]

after_install = "social_care_kafala.setup.install.after_install"
before_uninstall = "social_care_kafala.setup.install.before_uninstall"
after_uninstall = "social_care_kafala.setup.install.after_uninstall"
after_migrate = ["social_care_kafala.setup.install.after_migrate"]

jinja = {
	"methods": [
		"social_care_kafala.kafala.applications.prints.kafala_conditions",
		"social_care_kafala.kafala.assessments.prints.kafala_assessment_form",
		"social_care_kafala.kafala.committees.prints.high_committee_file",
		"social_care_kafala.kafala.training.prints.kafala_training_certificate",
		"social_care_kafala.kafala.matching.prints.viewing_letter",
		"social_care_kafala.kafala.hand_over.prints.kafala_contract",
		"social_care_kafala.kafala.hand_over.prints.kafala_card",
		"social_care_kafala.kafala.endings.prints.kafala_ending_decision",
	]
}

doc_events = {
	"Placement Change": {
		"before_validate": "social_care_kafala.kafala.endings.guard.check_change",
		"on_update": "social_care_kafala.kafala.endings.guard.follow_change",
	},
	"Kafala Family File": {"on_update": "social_care_kafala.kafala.endings.guard.follow_file"},
}

scheduler_events = {
	"daily": [
		"social_care_kafala.kafala.path.late.enqueue",
		"social_care_kafala.kafala.applications.following.enqueue_late",
		"social_care_kafala.kafala.matching.expiry.enqueue",
	]
}

# Hooks of the core.

# Tables that every user may read: they name no person and no place of care.
social_care_reference_doctypes = [
	"Kafala Ending Cause",
	"Kafala Rule Set",
	"Kafala Document Kind",
	"Kafala Study Tool",
	"Kafala Training Course",
	"Kafala Awareness Campaign",
]

# A family that applies belongs to whoever may see its file, and to nobody else.
social_care_scope_rules = {
	"Family": [{"linked_from": ["Kafala Family File", "family"]}],
	"Kafala Assessment": [{"link": ["family_file", "Kafala Family File"]}],
	# The end of a kafala belongs to the family's file, not to the child's.
	"Kafala Termination": [{"link": ["family_file", "Kafala Family File"]}],
	"Kafala Appeal": [{"link": ["family_file", "Kafala Family File"]}],
	"Kafala Trainee": [{"link": ["family_file", "Kafala Family File"]}],
	# Seen with the family's file, never with the child's: the institution does not learn who the family is.
	"Kafala Reservation": [{"link": ["family_file", "Kafala Family File"]}],
	"Kafala Follow-Up Visit": [{"link": ["family_file", "Kafala Family File"]}],
}

# Asked before a child goes home.
social_care_reintegration_checks = ["social_care_kafala.kafala.endings.guard.check_case"]

# What committees of this app's kinds decide (see docs/committees.md).
social_care_committee_cases = ["social_care_kafala.kafala.committees.kinds.cases"]

social_care_request_records = {"SC-12": "social_care_kafala.kafala.applications.requests.record"}

# A permit to travel (SC-16) and a name to add (SC-18) keep their own steps and stand on the family's file.
social_care_request_files = {
	"SC-16": "social_care_kafala.kafala.family_requests.ties.file_of",
	"SC-18": "social_care_kafala.kafala.family_requests.ties.file_of",
}

# Papers that the family and the institution are given.
social_care_handed_out = ["Kafala Viewing Letter", "Kafala Contract", "Kafala Family Card"]

social_care_merge_checks = ["social_care_kafala.kafala.matching.reserving.check_merge"]

social_care_indicators = ["social_care_kafala.kafala.indicators.computations"]

social_care_test_system_fields = ["social_care_kafala.tests.system_fields.rows"]

# Rows that the app adds to the demonstration nation.
social_care_demo_builders = ["social_care_kafala.demo.build", "social_care_kafala.demo.families.build"]
social_care_demo_census = ["social_care_kafala.demo.census.lines"]
