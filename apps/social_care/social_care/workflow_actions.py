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
	state, actions = doc.get(field), doc.flags.batch.actions if doc.flags.batch else Actions()
	if not doc.get_doc_before_save():
		_open(doc, state, actions)
		return
	known = actions.known(doc, state)
	if known and not doc.has_value_changed(field):
		return
	actions.complete(doc)
	if known:
		actions.reopen(known)
	else:
		_open(doc, state, actions)


class Actions:
	"""Workflow Actions of rows, read and written where they are stored."""

	def known(self, doc: Document, state: str) -> str | None:
		"""The action of a row in a state."""
		return frappe.db.get_value("Workflow Action", _of(doc) | {"workflow_state": state})

	def complete(self, doc: Document) -> None:
		_complete(_of(doc))

	def reopen(self, name: str | dict) -> None:
		frappe.db.set_value("Workflow Action", name, {"status": "Open", "completed_by": None})

	def add(self, action: Document) -> None:
		"""A new action, and its roles in one statement."""
		action.db_insert()
		for row in action.permitted_roles:
			row.creation = action.creation
		rows = [row.get_valid_dict(convert_dates_to_str=True) for row in action.permitted_roles]
		if rows:
			values = [tuple(row.values()) for row in rows]
			frappe.db.bulk_insert(action.permitted_roles[0].doctype, list(rows[0]), values)


class ActionsTogether(Actions):
	"""The same for documents of a batch: those of stored rows are read for all of them, writing is collected."""

	def __init__(self, batch) -> None:
		self.batch = batch
		self.read: dict[tuple[str, str], dict[str, str]] = {}

	def read_of(self, doctype: str, names: list[str]) -> None:
		"""Read the actions of stored rows."""
		filters = {"reference_doctype": doctype, "reference_name": ["in", names]}
		fields = ["name", "reference_name", "workflow_state"]
		self.read |= {(doctype, name): {} for name in names}
		# the app's own rows about files that the user may change
		for row in frappe.get_all("Workflow Action", filters=filters, fields=fields, order_by="modified asc"):
			self.read[doctype, row.reference_name][row.workflow_state] = row.name

	def known(self, doc: Document, state: str) -> str | None:
		if (doc.doctype, doc.name) not in self.read:
			self.read_of(doc.doctype, [doc.name])
		return self.read[doc.doctype, doc.name].get(state)

	def complete(self, doc: Document) -> None:
		self.batch.note("completed", (doc.doctype, doc.name))

	def reopen(self, name: str) -> None:
		self.batch.note("reopened", name)

	def add(self, action: Document) -> None:
		for row in [action, *action.permitted_roles]:
			self.batch.insert(row)

	def write(self) -> None:
		"""What was collected but for new actions, which the batch inserts afterwards."""
		completed = list(self.batch.noted("completed"))
		for doctype in {doctype for doctype, _name in completed}:
			names = [name for kind, name in completed if kind == doctype]
			_complete({"reference_doctype": doctype, "reference_name": ["in", names]})
		if reopened := list(self.batch.noted("reopened")):
			super().reopen({"name": ["in", reopened]})


def _of(doc: Document) -> dict:
	return {"reference_doctype": doc.doctype, "reference_name": doc.name}


def _complete(reference: dict) -> None:
	values = {"status": "Completed", "completed_by": frappe.session.user}
	frappe.db.set_value("Workflow Action", reference | {"status": "Open"}, values)


def _open(doc: Document, state: str, actions: Actions) -> None:
	"""Write the action and its roles as they are: nothing hangs on these rows that a full save would run."""
	roles = sorted({row.allowed for row in get_workflow(doc.doctype).transitions if row.state == state})
	action = frappe.get_doc(
		{"doctype": "Workflow Action", **_of(doc), "workflow_state": state, "status": "Open"}
	)
	action.extend("permitted_roles", [{"role": role} for role in roles])
	action.set_new_name()
	action.set_user_and_timestamp()
	action.set_parent_in_children()
	actions.add(action)
