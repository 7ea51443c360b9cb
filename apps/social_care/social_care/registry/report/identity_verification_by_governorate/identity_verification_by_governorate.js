frappe.query_reports["Identity Verification by Governorate"] = {
	filters: [{ fieldname: "source", label: __("Source"), fieldtype: "Link", options: "Identity Source" }],
	onload: social_care.prints.add_button,
};
