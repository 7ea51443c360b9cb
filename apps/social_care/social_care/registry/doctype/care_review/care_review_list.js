frappe.listview_settings["Care Review"] = {
	add_fields: ["status", "is_late", "planned_on"],
	get_indicator: (doc) => {
		if (doc.status === "Completed")
			return doc.is_late
				? [__("Held Late"), "orange", "status,=,Completed|is_late,=,1"]
				: [__("Completed"), "green", "status,=,Completed"];
		return doc.planned_on < frappe.datetime.get_today()
			? [__("Overdue"), "red", "status,=,Planned"]
			: [__("Planned"), "blue", "status,=,Planned"];
	},
};
