"""A file comes to its end by a Kafala Termination that is carried out: the step that led there by itself is taken out of the Workflow."""

import frappe

WORKFLOW, STEP = "Kafala Family File", {"state": "Kafala Follow-Up", "next_state": "Kafala Ended"}


def execute() -> None:
	rows = frappe.get_all("Workflow Transition", filters={"parent": WORKFLOW, **STEP}, pluck="name")
	if not rows:  # a patch reads what stands on the site
		return
	frappe.db.delete("Workflow Transition", {"name": ["in", rows]})
	frappe.clear_document_cache("Workflow", WORKFLOW)
	frappe.cache.hdel("workflow", WORKFLOW)
