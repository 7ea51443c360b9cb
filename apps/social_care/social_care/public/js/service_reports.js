// Reports over the requests of services: their period, and numbers that open the list they count.

frappe.provide("social_care.service_reports");

social_care.service_reports.period = (months = 12) => [
	{
		fieldname: "from_date",
		label: __("From Date"),
		fieldtype: "Date",
		default: frappe.datetime.add_months(frappe.datetime.get_today(), -months),
	},
	{
		fieldname: "to_date",
		label: __("To Date"),
		fieldtype: "Date",
		default: frappe.datetime.get_today(),
	},
];

social_care.service_reports.formatter = function (value, row, column, data, format) {
	const shown = format(value, row, column, data);
	const list = ((data && data.opens) || {})[column.fieldname];
	if (!list || !value) return data && data.is_total ? `<b>${shown}</b>` : shown;
	return `<a class="social-care-open-list" data-list="${frappe.utils.escape_html(JSON.stringify(list))}">${shown}</a>`;
};

social_care.service_reports.open_lists = function (report) {
	report.page.main.on("click", ".social-care-open-list", (event) => {
		const { doctype, filters } = $(event.currentTarget).data("list");
		frappe.route_options = filters;
		frappe.set_route("List", doctype, "List");
	});
};
