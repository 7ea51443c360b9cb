"""Who is asked to take the next step of a workflow.

Frappe finds that out by asking, for every holder of a role in the country, whether he may read the row: thousands of
permission checks a save. Roles are enough here, because scope decides who sees the row; so the Workflow Action is
written by us, and Frappe, finding it there, leaves it at that.
"""

import frappe
from frappe.model.document import Document
from frappe.model.workflow import get_workflow


def note_next_step(doc: Document, field: str) -> None:
	"""Close the row's open actions and open the one of its present state, when that has changed."""
	state = doc.get(field)
	reference = {"reference_doctype": doc.doctype, "reference_name": doc.name}
	if not doc.get_doc_before_save():
		_open(doc, state, reference)
		return
	known = frappe.db.get_value(
		"Workflow Action", reference | {"workflow_state": state}, ["name", "status"], as_dict=True
	)
	if known and not doc.has_value_changed(field):
		return
	_complete(reference)
	if known:
		frappe.db.set_value("Workflow Action", known.name, {"status": "Open", "completed_by": None})
	else:
		_open(doc, state, reference)


def _complete(reference: dict) -> None:
	values = {"status": "Completed", "completed_by": frappe.session.user}
	frappe.db.set_value("Workflow Action", reference | {"status": "Open"}, values)


def _open(doc: Document, state: str, reference: dict) -> None:
	"""Write the action and its roles as they are: nothing hangs on these rows that a full save would run."""
	roles = sorted({row.allowed for row in get_workflow(doc.doctype).transitions if row.state == state})
	action = frappe.get_doc(
		{"doctype": "Workflow Action", **reference, "workflow_state": state, "status": "Open"}
	)
	action.extend("permitted_roles", [{"role": role} for role in roles])
	action.set_new_name()
	action.set_user_and_timestamp()
	action.set_parent_in_children()
	for row in [action, *action.permitted_roles]:
		row.db_insert()
