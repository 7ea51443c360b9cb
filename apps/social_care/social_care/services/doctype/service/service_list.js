frappe.listview_settings.Service = {
	onload: (list) => social_care.builder.list_buttons(list),
};
