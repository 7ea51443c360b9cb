const NAME = "child_name";

frappe.views.calendar["Care Review"] = {
	field_map: { start: "planned_on", end: "planned_on", id: "name", title: NAME, allDay: "allDay" },
	get_events_method: "social_care.api.case_work.reviews_between",
	options: { eventLimit: 6 },
	get_css_class: (event) => (event.status === "Completed" ? "success" : "warning"),
};
