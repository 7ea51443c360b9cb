"""The module of cash support on a site that had the app before it: the framework adds modules only when an app is installed."""

import frappe

MODULE = "Cash Support"


def execute() -> None:
	if not frappe.db.exists("Module Def", MODULE):
		frappe.get_doc({"doctype": "Module Def", "module_name": MODULE, "app_name": "social_care"}).insert()
