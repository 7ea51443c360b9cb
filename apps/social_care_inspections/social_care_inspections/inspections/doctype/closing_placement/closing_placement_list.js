frappe.listview_settings["Closing Placement"] = {
	add_fields: ["status", "unplaced_reason"],
	hide_name_column: true, // a row is called by the code of its child
	get_indicator(row) {
		if (row.status === "Draft" && row.unplaced_reason) {
			return [__("Without a Place"), "red", "unplaced_reason,is,set"];
		}
		const colour = { Draft: "orange", Approved: "blue", Moved: "green", Ended: "gray" }[row.status];
		return [__(row.status), colour, `status,=,${row.status}`];
	},
};
