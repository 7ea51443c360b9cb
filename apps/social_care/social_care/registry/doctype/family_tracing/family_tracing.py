from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from social_care.registry.child_paper import ChildRecord

OPEN = "Open"


class FamilyTracing(ChildRecord):
	"""The search for a child's family: what is known, which steps were taken, what comes next, and what the child wants."""

	title: ClassVar[str] = "Family Tracing"

	def keep_system_fields(self) -> None:
		super().keep_system_fields()
		self.stamp_verification()
		self.stamp_closing()

	def stamp_verification(self) -> None:
		"""Who verified the kinship, and when."""
		if not self.kinship_verified:
			self.update({"verified_by": None, "verified_on": None})
		elif not self.verified_by:
			self.update({"verified_by": frappe.session.user, "verified_on": nowdate()})

	def stamp_closing(self) -> None:
		if self.status == OPEN:
			self.closed_on = None
		elif not self.closed_on:
			self.closed_on = nowdate()

	def check_content(self) -> None:
		self.check_steps()
		self.check_kinship()
		self.check_closing()

	def check_steps(self) -> None:
		"""Steps lie between the opening and today."""
		for step in self.steps:
			if not getdate(self.opened_on) <= getdate(step.step_date) <= getdate(nowdate()):
				self.refuse(
					_("Row {0} of the steps: its day lies before the search or in the future.").format(
						step.idx
					)
				)

	def check_kinship(self) -> None:
		"""The child meets the family only after the kinship is verified (Inter-Agency Guidelines on separated children)."""
		if self.kinship_verified and not self.verification_method:
			self.refuse(_("Say how the kinship was verified."))
		if self.first_contact_date and not self.kinship_verified:
			self.refuse(_("The kinship is verified before the child meets the family."))
		if self.first_contact_date and not (self.child_wish or "").strip():
			self.refuse(_("Ask the child first, and write his wish down."))

	def check_closing(self) -> None:
		"""An open search has a next step with its day; an ended one a reason."""
		if self.status == OPEN:
			if not (self.next_step and self.next_step_due):
				self.refuse(_("An open search has a next step and the day it is due."))
		elif self.status != "Found" and not (self.closing_reason or "").strip():
			self.refuse(_("Write why the search is closed."))
