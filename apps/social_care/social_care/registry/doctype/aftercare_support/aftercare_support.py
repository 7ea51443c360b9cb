from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from social_care.registry.child_paper import ChildPaper

GRANTS = ("Study Grant", "Marriage Grant", "Rent Support", "Medical Support", "Employment Support")


class AftercareSupport(ChildPaper):
	"""A housing unit, a grant or another help for a care leaver: asked for, decided by somebody else, handed over, ended."""

	title: ClassVar[str] = "Aftercare Support"
	deciding: ClassVar[set[str]] = {
		*("decision_number", "decision_date", "decision_authority", "decision_reason"),
		*("housing_unit", "to_date"),
	}
	steps: ClassVar[dict[str, str]] = {
		"Approved": "approve",
		"Refused": "decline",
		"Delivered": "deliver",
		"Ended": "end",
	}

	def check_content(self) -> None:
		if self.to_date and getdate(self.to_date) < getdate(self.from_date):
			self.refuse(_("The support ends before it begins."))
		if self.kind in GRANTS and not self.amount:
			self.refuse(_("Write the amount of the grant."))
		plan = {"child": self.child, "status": ["!=", "Completed"]}
		self.aftercare_plan = self.aftercare_plan or frappe.db.get_value("Aftercare Plan", plan)

	def check_editing(self, changed: set[str]) -> None:
		"""What was decided upon stays as it was decided."""
		super().check_editing(changed)
		if self.status != "Requested" and changed - self.deciding:
			self.refuse(_("A decided support is not changed; ask for another one."))

	def approve(self) -> None:
		self.four_eyes()
		self.need("decision_number", "decision_date")
		self.stamp("decided")

	def decline(self) -> None:
		self.four_eyes()
		self.need("decision_reason")
		self.stamp("decided")

	def deliver(self) -> None:
		self.delivered_on = nowdate()

	def end(self) -> None:
		self.need("to_date")
