frappe.listview_settings["Print Verification"] = {
	hide_name_column: true,
	add_fields: ["state"],
	get_indicator: (doc) => [__(doc.state), doc.state === "In Force" ? "green" : "red", `state,=,${doc.state}`],
	onload: (list) => list.page.add_inner_button(__("Find by Code"), find),
};

function find() {
	frappe.prompt(
		{ fieldname: "code", fieldtype: "Data", label: __("Verification Code"), reqd: 1 },
		async ({ code }) => {
			const name = await frappe.xcall("social_care.api.prints.find_verification", { code });
			if (name) frappe.set_route("Form", "Print Verification", name);
			else frappe.msgprint(__("No print bears this code."));
		},
		__("Find by Code")
	);
}
