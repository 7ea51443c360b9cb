frappe.listview_settings["Kafala Family File"] = {
	add_fields: ["status", "step_due_on", "paused_since"],
	get_indicator(doc) {
		const ended = {
			"Kafala Follow-Up": "green",
			"Kafala Ended": "gray",
			"Application Rejected": "red",
			"Application Withdrawn": "gray",
		};
		const today = frappe.datetime.get_today();
		const late = doc.step_due_on && !doc.paused_since && doc.step_due_on < today;
		return [__(doc.status), ended[doc.status] || (late ? "red" : "blue"), `status,=,${doc.status}`];
	},
};
