"""Columns that reports about children share."""

from frappe import _


def of_child(*names: str) -> list[dict]:
	"""Columns of a report by the names of their fields; `name` is the code of the child's file."""
	known = {
		"name": {"label": _("Code"), "fieldtype": "Link", "options": "Child", "width": 120},
		"child": {"label": _("Child"), "fieldtype": "Link", "options": "Child", "width": 120},
		"full_name": {"label": _("Full Name"), "fieldtype": "Data", "width": 220},
		"sex": {"label": _("Sex"), "fieldtype": "Data", "width": 80},
		"birth_date": {"label": _("Birth Date"), "fieldtype": "Date", "width": 110},
		"institution_name": {"label": _("Institution"), "fieldtype": "Data", "width": 200},
		"governorate": {
			"label": _("Governorate"),
			"fieldtype": "Link",
			"options": "Governorate",
			"width": 110,
		},
		"file_state": {"label": _("File State"), "fieldtype": "Data", "width": 130},
	}
	return [{"fieldname": name, **known[name]} for name in names]
