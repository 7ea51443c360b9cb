"""Reports whose content another report has taken over."""

import frappe

REPLACED = ("Care Leavers",)  # now part of «Children About to Leave Care»


def execute() -> None:
	for name in REPLACED:
		frappe.delete_doc_if_exists("Report", name, force=True)
