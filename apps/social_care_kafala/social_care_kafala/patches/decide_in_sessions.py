"""Steps that a committee decides are taken by closing its session: conditions and transitions of the workflow on a site that has it."""

import frappe
from frappe.model.document import Document

from social_care_kafala.kafala.path import states
from social_care_kafala.setup.workflows import WORKFLOWS


def execute() -> None:
	"""Add what the workflow of the files lacks; what an administrator has written stays."""
	if not frappe.db.exists("Workflow", states.DOCTYPE):
		return
	workflow = frappe.get_doc("Workflow", states.DOCTYPE)
	known = {(row.state, row.action, row.allowed): row for row in workflow.transitions}
	changed = [
		complete(workflow, known, row) for row in WORKFLOWS.transitions_of(states.DOCTYPE) if row["condition"]
	]
	if any(changed):
		workflow.save(ignore_permissions=True)


def complete(workflow: Document, known: dict[tuple, Document], row: dict) -> bool:
	"""Whether a transition was added, or got its condition."""
	found = known.get((row["state"], row["action"], row["allowed"]))
	if found and found.condition:
		return False
	if found:
		found.condition = row["condition"]
		return True
	if not frappe.db.exists("Workflow Action Master", row["action"]):
		frappe.get_doc({"doctype": "Workflow Action Master", "workflow_action_name": row["action"]}).insert(
			ignore_permissions=True
		)
	workflow.append("transitions", {**row, "allow_self_approval": 1})
	return True
