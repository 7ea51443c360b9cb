frappe.listview_settings["Kafala Appeal"] = {
	add_fields: ["status", "due_on"],
	get_indicator(doc) {
		const open = ["Appeal Filed", "Before the High Committee"].includes(doc.status);
		const late = open && doc.due_on && doc.due_on < frappe.datetime.get_today();
		const over = { "Appeal Accepted": "green", "Appeal Rejected": "red" }[doc.status] || "gray";
		return [__(doc.status), late ? "red" : open ? "orange" : over, `status,=,${doc.status}`];
	},
};
