from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import add_days, cint, getdate
from social_care.decisions.committees.case_kinds import APPROVAL, REJECTION
from social_care.registry.child_paper import ChildPaper

from social_care_kafala.kafala.committees import appeals
from social_care_kafala.kafala.path import clock, states


class AppealError(frappe.ValidationError):
	"""An appeal, or a step of it, that the rules do not allow now."""


class KafalaAppeal(ChildPaper):
	"""A family appeals against the rejection of its application; the High Committee decides in a session."""

	title: ClassVar[str] = appeals.DOCTYPE
	error = AppealError
	deciding: ClassVar[set[str]] = {"opinion", "withdrawal_reason"}
	steps: ClassVar[dict[str, str]] = {
		appeals.WAITING: "send",
		appeals.ACCEPTED: "accept",
		appeals.REJECTED: "reject",
		appeals.WITHDRAWN: "withdraw",
	}

	def on_trash(self) -> None:
		frappe.throw(_("An appeal is decided, not deleted."), frappe.PermissionError, title=_("Not Deleted"))

	def place(self) -> tuple[str | None, str | None]:
		"""The unit of the file."""
		file = (self.get_doc_before_save() or self).family_file
		return frappe.db.get_value(states.DOCTYPE, file, "org_unit"), None

	def check_content(self) -> None:
		self.org_unit = self.place()[0]
		self.check_past("filed_on")
		self.due_on = add_days(getdate(self.filed_on), cint(clock.settings().appeal_days))
		if self.is_new():
			self.check_file()

	def check_file(self) -> None:
		"""Of a rejected family, and no second appeal beside an open one."""
		status = frappe.db.get_value(states.DOCTYPE, self.family_file, "status", for_update=True)
		if status != states.REJECTED:
			self.refuse(_("An appeal is made against a rejection; this file is {0}.").format(_(status)))
		running = {"family_file": self.family_file, "status": ["in", (appeals.FILED, appeals.WAITING)]}
		if frappe.db.get_value(self.doctype, running, "name", for_update=True):
			self.refuse(_("An appeal of this family is running."))

	def send(self) -> None:
		"""With the opinion of the directorate."""
		self.need("opinion")

	def accept(self) -> None:
		self.need_ruling(APPROVAL)

	def reject(self) -> None:
		self.need_ruling(REJECTION)

	def withdraw(self) -> None:
		self.need("withdrawal_reason")

	def need_ruling(self, decision: str) -> None:
		"""The High Committee decides by closing its session, nobody by a button."""
		if self.ruling != decision:
			self.refuse(_("The High Committee decides on this in a session."))
