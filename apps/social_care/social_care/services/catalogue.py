"""Where requests of the published services stand in the desk."""

import frappe

from social_care.services.compiler.workspace import workspace_name


def pages_of_requests() -> dict[str, str]:
	"""{record type: the workspace of its service's group}. One query."""
	service, group = frappe.qb.DocType("Service"), frappe.qb.DocType("Service Group")
	rows = (
		frappe.qb.from_(service)
		.join(group)
		.on(group.name == service.service_group)
		.where(service.request_type != "")
		.select(service.request_type, group.group_name, group.group_name_en)
		.run(as_dict=True)
	)
	return {row.request_type: workspace_name(row) for row in rows}
