frappe.listview_settings["Closing Follow-up"] = {
	hide_name_column: true, // a visit is called by the code of its child
};
