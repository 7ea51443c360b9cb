"""Workflows that an app keeps as tables: states and transitions of DocTypes, by groups of roles.

Each is written once; afterwards an administrator edits it in the desk. An app that goes takes away what nobody else uses.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import frappe

from social_care.setup import workflows

Rows = tuple[dict[str, str], ...]
# States and actions that the framework brings; they stay, whoever uses them.
FRAMEWORKS = {"Pending", "Approved", "Rejected", "Approve", "Reject", "Review"}


@dataclass(frozen=True)
class WorkflowTables:
	"""States (workflow, state, style, editors), transitions (workflow, state, action, next_state, allowed; perhaps condition), and
	the roles of each group. Groups are joined with "+"; a workflow bears the name of its DocType."""

	states: Rows
	transitions: Rows
	groups: Mapping[str, tuple[str, ...]]

	def names(self) -> list[str]:
		return list(dict.fromkeys(row["workflow"] for row in self.states))

	def ensure(self) -> None:
		"""Create those that are missing."""
		for name in self.names():
			workflows.ensure(name, name, "status", self.states_of(name), self.transitions_of(name))

	def states_of(self, name: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
		"""(state, style, roles that edit) of one workflow."""
		rows = [row for row in self.states if row["workflow"] == name]
		return tuple((row["state"], row["style"], self.roles(row["editors"])) for row in rows)

	def transitions_of(self, name: str) -> list[dict]:
		"""Transitions of one workflow, a row for each role."""
		return [
			{
				field: row[field] or ""
				for field in ("state", "action", "next_state", "condition")
				if field in row
			}
			| {"allowed": role}
			for row in self.transitions
			if row["workflow"] == name
			for role in self.roles(row["allowed"])
		]

	def roles(self, groups: str) -> tuple[str, ...]:
		return tuple(dict.fromkeys(role for group in groups.split("+") for role in self.groups[group]))

	def remove(self) -> None:
		"""Delete the workflows, and those of their states and actions that no other workflow uses and nobody had before."""
		for name in self.names():
			_delete("Workflow", name)
		states = {row["state"] for row in self.states}
		actions = {row["action"] for row in self.transitions}
		_drop_unused("Workflow State", states, "Workflow Document State", "state")
		_drop_unused("Workflow Action Master", actions, "Workflow Transition", "action")


def _drop_unused(doctype: str, ours: set[str], table_doctype: str, field: str) -> None:
	"""Delete those of our rows that no workflow uses any more."""
	used = set(frappe.get_all(table_doctype, pluck=field, distinct=True)) | FRAMEWORKS  # of all workflows
	for name in sorted(ours - used):
		_delete(doctype, name)


def _delete(doctype: str, name: str) -> None:
	"""Without a copy in the trash."""
	if frappe.db.exists(doctype, name):
		frappe.delete_doc(doctype, name, force=True, ignore_permissions=True, delete_permanently=True)
