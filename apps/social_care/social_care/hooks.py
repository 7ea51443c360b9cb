app_name = "social_care"
app_title = "Social Care"
app_publisher = "Social Care Contributors"
app_description = "National registry of children in care and the services around it"
app_email = "social-care@example.org"
app_license = "mit"

app_include_js = ["social_care.bundle.js"]
app_include_css = ["social_care.bundle.css"]

jinja = {"methods": ["social_care.registry.child_print.child_print"]}

before_install = "social_care.setup.install.before_install"
after_install = "social_care.setup.install.after_install"
before_uninstall = "social_care.setup.install.before_uninstall"
after_migrate = ["social_care.setup.install.after_migrate"]

permission_query_conditions = {
	"*": "social_care.permissions.get_permission_query_conditions",
	"File": "social_care.files.get_permission_query_conditions",
	"Workflow Action": "social_care.permissions.get_reference_conditions",
	"Tag Link": "social_care.permissions.get_reference_conditions",
}
has_permission = {
	"*": "social_care.permissions.has_permission",
	"File": "social_care.files.has_permission",
}

override_doctype_class = {"File": "social_care.files.ScopedFile"}

doc_events = {
	"*": {"validate": ["social_care.permissions.check_links", "social_care.files.check_attachments"]},
	"DocShare": {"validate": "social_care.files.forbid_sharing"},
	"User": {"validate": "social_care.organisation.staff_roles.drop_unassigned"},
}

extend_bootinfo = "social_care.boot.extend_bootinfo"

before_request = ["social_care.printing.selection.choose_for_request"]
before_job = ["social_care.printing.selection.choose_for_job"]

scheduler_events = {
	"daily": ["social_care.organisation.staff_roles.sync_changed"],
	"hourly": ["social_care.registry.duplicates.scan_number_clashes"],
}

auth_hooks = ["social_care.api.guards.guard_request"]
page_renderer = ["social_care.api.guards.pages.ClosedPage"]

override_whitelisted_methods = {
	"frappe.client.get_count": "social_care.api.guards.endpoints.get_count",
	"frappe.client.validate_link": "social_care.api.guards.endpoints.validate_link",
	"frappe.core.api.file.zip_files": "social_care.api.guards.endpoints.zip_files",
	"frappe.desk.doctype.tag.tag.add_tag": "social_care.api.guards.endpoints.add_tag",
	"frappe.desk.doctype.tag.tag.add_tags": "social_care.api.guards.endpoints.add_tags",
	"frappe.desk.doctype.tag.tag.get_tagged_docs": "social_care.api.guards.endpoints.get_tagged_docs",
	"frappe.desk.doctype.tag.tag.remove_tag": "social_care.api.guards.endpoints.remove_tag",
	"frappe.desk.form.linked_with.get": "social_care.api.guards.endpoints.linked_with_get",
	"frappe.desk.form.linked_with.get_submitted_linked_docs": "social_care.api.guards.endpoints.get_submitted_linked_docs",
	"frappe.desk.link_preview.get_preview_data": "social_care.api.guards.endpoints.get_preview_data",
	"frappe.desk.listview.get_group_by_count": "social_care.api.guards.endpoints.get_group_by_count",
	"frappe.desk.query_report.export_query": "social_care.api.guards.endpoints.export_report",
	"frappe.desk.query_report.get_data_for_custom_field": "social_care.api.guards.endpoints.get_data_for_custom_field",
	"frappe.desk.query_report.run": "social_care.api.guards.endpoints.run_report",
	"frappe.desk.search.get_link_title": "social_care.api.links.get_link_title",
	"frappe.desk.search.search_link": "social_care.api.guards.endpoints.search_link",
	"frappe.desk.search.search_widget": "social_care.api.guards.endpoints.search_widget",
	"frappe.geo.utils.get_coords": "social_care.api.guards.endpoints.refuse",
	"frappe.utils.print_format.download_pdf": "social_care.printing.api.download_pdf",
	"frappe.utils.print_format.report_to_pdf": "social_care.printing.api.report_to_pdf",
	"frappe.utils.global_search.search": "social_care.api.guards.endpoints.global_search_results",
	"frappe.website.doctype.web_form.web_form.get_link_options": "social_care.api.guards.endpoints.refuse",
}

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
