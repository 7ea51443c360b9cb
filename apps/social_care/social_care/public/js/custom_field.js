// The form of a field as a functional administrator fills it: the types and kinds that are open to him, nothing that is run.

const KINDS = [
	"Data",
	"Small Text",
	"Int",
	"Float",
	"Check",
	"Select",
	"Date",
	"Section Break",
	"Column Break",
];
const CLOSED = [
	"depends_on",
	"mandatory_depends_on",
	"read_only_depends_on",
	"collapsible_depends_on",
	"fetch_from",
	"fetch_if_empty",
	"is_virtual",
	"unique",
	"ignore_user_permissions",
	"ignore_xss_filter",
	"allow_on_submit",
	"module",
	"in_preview",
];

frappe.ui.form.on("Custom Field", {
	onload(frm) {
		if (frappe.user.has_role("System Manager")) return;
		frm.set_query("dt", () => ({ query: "social_care.governance.custom_fields.search_types" }));
		frm.set_df_property("fieldtype", "options", KINDS);
		for (const name of CLOSED) frm.toggle_display(name, false);
	},
});
