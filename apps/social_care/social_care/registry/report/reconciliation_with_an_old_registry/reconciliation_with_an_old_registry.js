const BEHIND = ["rejected", "taken", "differing", "matched", "left_out", "waiting", "not_named"];

frappe.query_reports["Reconciliation with an Old Registry"] = {
	filters: [
		{ fieldname: "source", label: __("Old Registry"), fieldtype: "Link", options: "Legacy Source" },
		{ fieldname: "governorate", label: __("Governorate"), fieldtype: "Link", options: "Governorate" },
	],
	onload(report) {
		social_care.prints.add_button(report);
		report.page.wrapper.on("click", ".social-care-behind", (event) => {
			event.preventDefault();
			const { state, institution, source } = event.currentTarget.dataset;
			frappe.set_route("query-report", "Rows of an Old Registry", { state, institution, source });
		});
	},
	// A figure leads to its rows.
	formatter(value, row, column, data, shown) {
		const text = shown(value, row, column, data);
		if (!data || !data.source || !value || !BEHIND.includes(column.fieldname)) return text;
		const safe = (part) => frappe.utils.escape_html(String(part || ""));
		return `<a href="#" class="social-care-behind" data-state="${safe(column.fieldname)}"
			data-institution="${safe(data.institution)}" data-source="${safe(data.source)}">${text}</a>`;
	},
};
