frappe.treeview_settings["Org Unit"] = {
	title: __("Organisation Tree"),
	get_tree_nodes: "social_care.api.organisation.tree_nodes",
	get_label: (node) =>
		frappe.utils.escape_html(node.title || (node.is_root ? __("Ministry Headquarters") : node.label)),
};
