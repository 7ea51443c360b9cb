"""Errors that were logged with the variables of the program hold data of children: their rows go."""

import frappe


def execute() -> None:
	frappe.db.delete("Error Log", {"error": ["like", "Traceback with variables%"]})
