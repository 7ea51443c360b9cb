app_name = "social_care"
app_title = "Social Care"
app_publisher = "Social Care Contributors"
app_description = "National registry of children in care and the services around it"
app_email = "social-care@example.org"
app_license = "mit"

app_include_js = ["/assets/social_care/js/social_care.js"]
app_include_css = ["/assets/social_care/css/social_care.css"]

jinja = {"methods": ["social_care.registry.child_print.child_print"]}

before_install = "social_care.setup.install.before_install"
after_install = "social_care.setup.install.after_install"
before_uninstall = "social_care.setup.install.before_uninstall"
after_migrate = ["social_care.setup.install.after_migrate"]

permission_query_conditions = {
	"*": "social_care.permissions.get_permission_query_conditions",
	"File": "social_care.files.get_permission_query_conditions",
}
has_permission = {
	"*": "social_care.permissions.has_permission",
	"File": "social_care.files.has_permission",
}

override_doctype_class = {"File": "social_care.files.ScopedFile"}

doc_events = {
	"*": {"validate": "social_care.permissions.check_links"},
	"File": {"before_insert": "social_care.files.guard_new_file"},
	"DocShare": {"validate": "social_care.files.forbid_sharing"},
	"User": {"validate": "social_care.organisation.staff_roles.drop_unassigned"},
}

scheduler_events = {
	"daily": ["social_care.organisation.staff_roles.sync_changed"],
	"hourly": ["social_care.registry.duplicates.scan_number_clashes"],
}

override_whitelisted_methods = {"frappe.desk.search.get_link_title": "social_care.api.links.get_link_title"}

standard_queries = {
	"Child": "social_care.registry.search.pick",
	"Person": "social_care.registry.search.pick",
	"Family": "social_care.registry.search.pick",
}

pdf_generator = "social_care.printing.generator.chromium_pdf"

# Hooks of this app, open to extensions.

# Tables that every user may read: they name no person and no place of care.
social_care_reference_doctypes = [
	"Governorate",
	"Org Unit",
	"Institution Type",
	"Admission Reason",
	"Official Figure",
]

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
	"Duplicate Candidate": [{"link": ["person", "Person"]}, {"link": ["other_person", "Person"]}],
}
