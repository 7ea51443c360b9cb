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

after_install = "social_care_inspections.setup.install.after_install"
before_uninstall = "social_care_inspections.setup.install.before_uninstall"
after_uninstall = "social_care_inspections.setup.install.after_uninstall"
after_migrate = ["social_care_inspections.setup.install.after_migrate"]

jinja = {"methods": ["social_care_inspections.inspections.tools.assessment_tool_sheet"]}

# Hooks of the core.

# Tables that every user may read: they name no person and no place of care.
social_care_reference_doctypes = ["Violation Type", "Assessment Tool"]

# Rows that the app adds to the demonstration nation.
social_care_demo_builders = ["social_care_inspections.demo.build"]
