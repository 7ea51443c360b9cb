frappe.listview_settings["Service Pack"] = {
	get_indicator({ status }) {
		const colours = {
			Draft: "orange",
			Publishing: "blue",
			Published: "green",
			Superseded: "gray",
			Withdrawn: "red",
		};
		return [__(status), colours[status], `status,=,${status}`];
	},
	primary_action: () => social_care.builder.new_service(),
	onload: (list) => social_care.builder.list_buttons(list),
};
