from typing import ClassVar

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from social_care.decisions.committees.composition import CHAIR
from social_care.registry.child_paper import ChildRecord


class CommitteeError(frappe.ValidationError):
	"""A composition that the rules do not allow."""


class Committee(ChildRecord):
	"""A committee of a unit: who sits in it, for whom, from when to when."""

	title: ClassVar[str] = "Committee"
	error = CommitteeError

	def place(self) -> tuple[str | None, str | None]:
		return (self.get_doc_before_save() or self).org_unit, None

	def on_trash(self) -> None:
		frappe.throw(
			_("A committee is put out of use, not deleted."), frappe.PermissionError, title=_("Not Deleted")
		)

	def check_content(self) -> None:
		if self.is_new() and frappe.db.get_value("Committee Kind", self.committee_kind, "disabled"):
			self.refuse(_("This kind of committee is no longer in use."))
		for row in self.seats:
			if row.valid_to and getdate(row.valid_to) < getdate(row.valid_from):
				self.refuse(_("Row {0}: the seat ends before it begins.").format(row.idx))
		self.keep_apart(lambda row: row.member_name, _("Rows {0} and {1}: the same member at the same time."))
		self.keep_apart(lambda row: row.user, _("Rows {0} and {1}: the same member at the same time."))
		self.keep_apart(
			lambda row: row.part if row.part == CHAIR else None,
			_("Rows {0} and {1}: two chairs at the same time."),
		)

	def keep_apart(self, key, sentence: str) -> None:
		"""Refuse two rows with the same key whose times meet; an empty key meets nothing."""
		for number, row in enumerate(self.seats):
			for other in self.seats[:number]:
				if key(row) and key(row) == key(other) and meet(row, other):
					self.refuse(sentence.format(other.idx, row.idx))


def meet(one: Document, other: Document) -> bool:
	"""Whether the times of two seats have a day in common."""
	return starts_before_end(one, other) and starts_before_end(other, one)


def starts_before_end(one: Document, other: Document) -> bool:
	return not other.valid_to or getdate(one.valid_from) <= getdate(other.valid_to)
