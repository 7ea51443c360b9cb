frappe.query_reports["Children and Institutions by Governorate"] = { filters: [] };
