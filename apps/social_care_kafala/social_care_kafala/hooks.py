app_name = "social_care_kafala"
app_title = "Social Care Kafala"
app_publisher = "Social Care Contributors"
app_description = (
	"Alternative families (kafala): national kafala centres and the reasons for which a kafala ends"
)
app_email = "social-care@example.org"
app_license = "mit"

# "org/app": a bare name would ask a hosting site which organisation owns the app.
required_apps = ["social_care/social_care"]

after_install = "social_care_kafala.setup.install.after_install"
before_uninstall = "social_care_kafala.setup.install.before_uninstall"
after_uninstall = "social_care_kafala.setup.install.after_uninstall"
after_migrate = ["social_care_kafala.setup.install.after_migrate"]

# Hooks of the core.

# Tables that every user may read: they name no person and no place of care.
social_care_reference_doctypes = ["Kafala Ending Cause"]

# Rows that the app adds to the demonstration nation.
social_care_demo_builders = ["social_care_kafala.demo.build"]
