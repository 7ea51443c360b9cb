frappe.treeview_settings["Org Unit"] = {
	title: __("Organisation Tree"),
	get_tree_root: false,
	root_label: __("Organisation Tree"),
};
