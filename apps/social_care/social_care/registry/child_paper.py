"""Records and papers about a child: whoever works on one holds the right at the place where the child is now, and nobody decides alone.

A paper has no place of its own. It belongs to whoever the child's file belongs to, so it follows a transfer by itself.
"""

from typing import ClassVar

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow
from frappe.utils import comma_and, getdate, now_datetime, nowdate

from social_care import system_fields
from social_care.organisation.grants import roles_at
from social_care.organisation.transitions import check_role
from social_care.registry.file_review import FourEyesError, changed_fields
from social_care.workflow_actions import note_next_step


class PaperError(frappe.ValidationError):
	"""A paper, or a step of its path, that the rules do not allow now."""


class ChildRecord(Document):
	"""A record that hangs on a child's file."""

	title: ClassVar[str] = ""  # of messages; the DocType's name where it is empty
	error: ClassVar[type[frappe.ValidationError]] = PaperError
	fills_itself: ClassVar[frozenset[str]] = frozenset()  # read-only fields that the record's own rules write

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
		system_fields.keep(self, but=self.fills_itself)

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
		frappe.throw(message, self.error, title=_(self.title or self.doctype))

	def expect(self, fields: tuple[str, ...], sentence: str) -> None:
		"""Refuse with `sentence` ({0}: the labels) while one of the fields is empty."""
		empty = [_(self.meta.get_label(field)) for field in fields if not self.get(field)]
		if empty:
			self.refuse(sentence.format(comma_and(empty, add_quotes=False)))

	def check_past(self, *fields: str) -> None:
		"""Refuse a day that lies in the future, in the order of the fields; an empty one is another rule's business."""
		for field in fields:
			if self.get(field) and getdate(self.get(field)) > getdate(nowdate()):
				self.refuse(_("{0} lies in the future.").format(_(self.meta.get_label(field))))

	def changes(self) -> set[str]:
		"""Names of the fields that a user changes with this save."""
		return changed_fields(self, self.get_doc_before_save())

	def add_editor(self) -> None:
		"""Remember that the session user wrote in the record."""
		editors = set((self.content_editors or "").split()) | {frappe.session.user}
		self.content_editors = "\n".join(sorted(editors))

	def stamp(self, step: str) -> None:
		"""Write who took a step, and when: `<step>_by`, `<step>_on`."""
		self.set(f"{step}_by", frappe.session.user)
		self.set(f"{step}_on", now_datetime())

	def other_open(self, **filters) -> str | None:
		"""Another record of this kind for the same child, as others have committed it meanwhile."""
		filters = {"child": self.child, "name": ["!=", self.name or ""], **filters}
		return frappe.db.get_value(self.doctype, filters, "name", for_update=True)


class ChildPaper(ChildRecord):
	"""A record that takes the steps of its Workflow. What no workflow may loosen stands here."""

	fills_itself: ClassVar[frozenset[str]] = frozenset({"status"})
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
		changed = self.changes()
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

	def four_eyes(self) -> None:
		"""Whoever wrote it does not decide on it."""
		if frappe.session.user in {self.owner, *(self.content_editors or "").split()}:
			frappe.throw(
				_("Whoever entered or edited this may not decide on it."), FourEyesError, title=_("Four Eyes")
			)

	def need(self, *fields: str) -> None:
		"""Refuse while one of the fields is empty, naming all that are."""
		self.expect(fields, _("Please complete first: {0}"))


def lock_child(child: str) -> None:
	"""Take the child's row for this transaction, so that two who begin the same at once are told of each other."""
	frappe.db.get_value("Child", child, "name", for_update=True)


def first_state(doctype: str) -> str:
	"""State in which a new paper begins: the first of its Workflow."""
	return get_workflow(doctype).states[0].state


def editing_roles(doctype: str, state: str) -> set[str]:
	"""Roles that may edit a paper in a state, from its Workflow."""
	return {row.allow_edit for row in get_workflow(doctype).states if row.state == state}
