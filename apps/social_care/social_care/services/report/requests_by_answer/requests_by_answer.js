frappe.query_reports["Requests by Answer"] = {
	filters: [
		{ fieldname: "service", label: __("Service"), fieldtype: "Link", options: "Service", reqd: 1 },
		answer("first_answer", __("First Answer"), "choices"),
		answer("second_answer", __("Second Answer"), "choices"),
		answer("third_answer", __("Third Answer"), "choices"),
		answer("first_number", __("Average of"), "numbers"),
		answer("second_number", __("And Average of"), "numbers"),
		{
			fieldname: "places",
			label: __("By Place"),
			fieldtype: "Select",
			options: ["", "Governorate", "Office Unit"].map((value) => ({
				value,
				label: value ? __(value) : __("All Places Together"),
			})),
			default: "Governorate",
		},
		{ fieldname: "governorate", label: __("Governorate"), fieldtype: "Link", options: "Governorate" },
		...social_care.service_reports.period(),
	],
	formatter: social_care.service_reports.formatter,
	onload(report) {
		social_care.prints.add_button(report);
		social_care.service_reports.open_lists(report);
	},
};

// A field of the chosen service that the reader may count by, asked for when it is chosen.
function answer(fieldname, label, kind) {
	return {
		fieldname,
		label,
		fieldtype: "Autocomplete",
		get_query: () => ({
			query: "social_care.api.services.answer_fields",
			params: { service: frappe.query_report.get_filter_value("service"), kind },
		}),
	};
}
