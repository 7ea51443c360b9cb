"""What the desk of a ministry needs otherwise than Frappe's own first values."""

import frappe

MARK = "social_care_desk_prepared"
TRANSLATED = ("Print Format",)
PROFILE = "/app/user-profile"
DASHBOARDS = {
	"Institution Dashboard": "institution",
	"Directorate Dashboard": "directorate",
	"Headquarters Dashboard": "headquarters",
	"Indicators Dashboard": "indicators",
}
FIRST_VALUES = {
	"System Settings": {
		"enable_onboarding": 0,
		"disable_document_sharing": 1,
		"login_with_email_link": 0,
		"allow_error_traceback": 0,
		"app_name": "منظومة الرعاية الاجتماعية",
	},
	"Website Settings": {
		"app_name": "منظومة الرعاية الاجتماعية",
		"footer_powered": "وزارة التضامن الاجتماعي",
		"disable_signup": 1,
		"hide_footer_signup": 1,
	},
}


def ensure_desk() -> None:
	"""First values of the system's settings, and the framework's own workspaces out of the staff's way."""
	set_first_values()
	translate_names(True)
	ensure_dashboards(DASHBOARDS)
	show_framework_workspaces(not frappe.get_cached_doc("Social Care Settings").hide_framework_workspaces)


def ensure_dashboards(dashboards: dict[str, str]) -> None:
	"""The blocks in which workspaces show dashboards, by their names; what fills them is `public/js/dashboards`."""
	for name, kind in dashboards.items():
		if not frappe.db.exists("Custom HTML Block", name):
			block = frappe.new_doc("Custom HTML Block")
			block.update({"name": name, "html": f'<div data-social-care-dashboard="{kind}"></div>'})
			block.insert(ignore_permissions=True, set_name=name)


def remove_dashboards(dashboards: dict[str, str]) -> None:
	"""Take an app's blocks away with it."""
	for name in dashboards:
		frappe.delete_doc(
			"Custom HTML Block", name, force=True, ignore_permissions=True, delete_permanently=True
		)


def translate_names(translated: bool) -> None:
	"""Let links to these DocTypes show the Arabic of the record's name (prints are chosen by name)."""
	for doctype in TRANSLATED:
		key = {"doc_type": doctype, "property": "translated_doctype", "doctype_or_field": "DocType"}
		if not translated:
			frappe.db.delete("Property Setter", key)
		elif not frappe.db.exists("Property Setter", key):
			setter = {"doctype": "Property Setter", **key, "property_type": "Check", "value": "1"}
			frappe.get_doc(setter).insert(ignore_permissions=True)


def show_framework_workspaces(shown: bool) -> None:
	"""Show or hide the workspaces of Frappe itself; whoever may arrange workspaces sees them all the same."""
	modules = [module for module, app in frappe.local.module_app.items() if app == "frappe"]
	titles = {name for name in frappe.get_all("Module Def", pluck="name") if frappe.scrub(name) in modules}
	for name in frappe.get_all(
		"Workspace", filters={"module": ["in", sorted(titles)], "public": 1}, pluck="name"
	):
		frappe.db.set_value("Workspace", name, "is_hidden", int(not shown), update_modified=False)


def set_first_values() -> None:
	"""Once a site: the ministry's name, no product tours (English only), no sharing past the row scope, no signing up."""
	if frappe.db.get_default(MARK):
		return
	for doctype, values in FIRST_VALUES.items():
		for field, value in values.items():
			if frappe.get_meta(doctype).has_field(field):
				frappe.db.set_single_value(doctype, field, value)
	frappe.db.set_value("Navbar Item", {"route": PROFILE}, "hidden", 1)  # energy points, which are not used
	frappe.db.set_default(MARK, 1)
