frappe.listview_settings["Kafala Follow-Up Visit"] = {
	add_fields: ["status", "due_on", "alert"],
	get_indicator(doc) {
		const late = doc.status === "Visit Due" && doc.due_on < frappe.datetime.get_today();
		const colours = { "Visit Due": late ? "red" : "orange", "Visit Made": "green" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
