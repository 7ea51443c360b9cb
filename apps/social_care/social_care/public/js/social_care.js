frappe.provide("social_care");
