frappe.treeview_settings["Org Unit"] = {
	title: __("Organisation Tree"),
	get_tree_nodes: "social_care.api.organisation.tree_nodes",
	get_tree_root: false,
	root_label: __("Organisation Tree"),
};
