frappe.provide("frappe.dashboards.chart_sources");

// Counted anew for each reader at his places: the framework's own charts keep one answer for everybody.
frappe.dashboards.chart_sources["Service Requests by Month"] = {
	method: "social_care.api.services.requests_by_month",
	filters: [{ fieldname: "service", label: __("Service"), fieldtype: "Link", options: "Service", reqd: 1 }],
};
