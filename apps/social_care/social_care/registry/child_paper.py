"""Papers about a child: whoever works on one holds the right at the place where the child is now, and nobody decides alone.

A paper has no place of its own. It belongs to whoever the child's file belongs to, so it follows a transfer by itself.
"""

from typing import ClassVar

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow
from frappe.utils import comma_and, now

from social_care.organisation.grants import roles_at
from social_care.organisation.transitions import check_role
from social_care.registry.file_review import FourEyesError, changed_fields
from social_care.workflow_actions import note_next_step


class PaperError(frappe.ValidationError):
	"""A paper, or a step of its path, that the rules do not allow now."""


class ChildRecord(Document):
	"""A record that hangs on a child's file."""

	title: ClassVar[str] = ""
	fills_itself: ClassVar[set[str]] = set()  # read-only fields that the record's own rules write

	def validate(self) -> None:
		self.keep_system_fields()
		self.check_writer()
		self.check_content()

	def on_trash(self) -> None:
		frappe.throw(
			_("Records about a child are closed, not deleted."),
			frappe.PermissionError,
			title=_("Not Deleted"),
		)

	def check_content(self) -> None:
		"""Rules of the record's own fields, in whatever state it is."""

	def keep_system_fields(self) -> None:
		"""Fields that only the system writes keep their stored value, whatever was sent."""
		before = self.get_doc_before_save()
		for df in self.meta.fields:
			if df.read_only and df.fieldname not in self.fills_itself:
				self.set(df.fieldname, before.get(df.fieldname) if before else df.default)

	def check_writer(self) -> None:
		"""Writing counts only where it was given: with a role that may write such records at the child's place."""
		user = frappe.session.user
		if user == "Administrator" or self.flags.ignore_permissions:
			return
		right = "create" if self.is_new() else "write"
		able = {row.role for row in self.meta.permissions if not row.permlevel and row.get(right)}
		if not able & roles_at(user, *self.place()):
			frappe.throw(
				_("You have no right to write this at the place where the child is."),
				frappe.PermissionError,
				title=_(self.title),
			)

	def place(self) -> tuple[str | None, str | None]:
		"""Unit and institution of the child today."""
		found = frappe.db.get_value("Child", self.child, ["org_unit", "institution"])
		return found or (None, None)

	def refuse(self, message: str) -> None:
		frappe.throw(message, PaperError, title=_(self.title))

	def lock_child(self) -> None:
		"""Take the child's row, so that two people who begin the same at once are told of each other."""
		frappe.db.get_value("Child", self.child, "name", for_update=True)

	def other_open(self, **filters) -> str | None:
		"""Another record of this kind for the same child, as others have committed it meanwhile."""
		filters = {"child": self.child, "name": ["!=", self.name or ""], **filters}
		return frappe.db.get_value(self.doctype, filters, "name", for_update=True)


class ChildPaper(ChildRecord):
	"""A record that takes the steps of its Workflow. What no workflow may loosen stands here."""

	fills_itself: ClassVar[set[str]] = {"status"}
	deciding: ClassVar[set[str]] = set()  # fields of whoever decides: filling them makes nobody an author
	steps: ClassVar[dict[str, str]] = {}  # state → method that is asked before the paper enters it

	def before_insert(self) -> None:
		self.status = first_state(self.doctype)

	def validate(self) -> None:
		super().validate()
		self.guard_path()

	def on_update(self) -> None:
		note_next_step(self, "status")

	def guard_path(self) -> None:
		"""Who edits in the present state, who takes the step to the next, and what that step asks for."""
		before = self.get_doc_before_save()
		changed = changed_fields(self, before)
		if changed - self.deciding:
			self.add_editor()
		if not before:
			return
		if before.status == self.status:
			self.check_editing(changed)
			return
		check_role(before, self.status, *self.place(), _(self.title))
		if step := self.steps.get(self.status):
			getattr(self, step)()

	def check_editing(self, changed: set[str]) -> None:
		"""The Workflow says who edits in a state; the role counts at the child's place."""
		user = frappe.session.user
		if not changed or user == "Administrator" or self.flags.ignore_permissions:
			return
		if not editing_roles(self.doctype, self.status) & roles_at(user, *self.place()):
			self.refuse(_("It is {0}; it cannot be edited now by you.").format(_(self.status)))

	def add_editor(self) -> None:
		editors = set((self.content_editors or "").split())
		self.content_editors = "\n".join(sorted(editors | {frappe.session.user}))

	def four_eyes(self) -> None:
		"""Whoever wrote it does not decide on it."""
		if frappe.session.user in {self.owner, *(self.content_editors or "").split()}:
			frappe.throw(
				_("Whoever entered or edited this may not decide on it."), FourEyesError, title=_("Four Eyes")
			)

	def stamp(self, step: str) -> None:
		self.set(f"{step}_by", frappe.session.user)
		self.set(f"{step}_on", now())

	def need(self, *fields: str) -> None:
		"""Refuse while one of the fields is empty, naming all that are."""
		missing = [_(self.meta.get_label(field)) for field in fields if not self.get(field)]
		if missing:
			self.refuse(_("Please complete first: {0}").format(comma_and(missing, add_quotes=False)))


def first_state(doctype: str) -> str:
	"""State in which a new paper begins: the first of its Workflow."""
	return get_workflow(doctype).states[0].state


def editing_roles(doctype: str, state: str) -> set[str]:
	"""Roles that may edit a paper in a state, from its Workflow."""
	return {row.allow_edit for row in get_workflow(doctype).states if row.state == state}
