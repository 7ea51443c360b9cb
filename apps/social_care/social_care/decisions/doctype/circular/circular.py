from typing import ClassVar

import frappe
from frappe import _

from social_care.decisions import circulars
from social_care.decisions.paper import UnitPaper, below
from social_care.registry.file_review import FourEyesError

DRAFT, PUBLISHED, WITHDRAWN = "Draft", "Published", "Withdrawn"


class Circular(UnitPaper):
	"""A letter to the staff of units, published by other hands than it was written by; who has read it is known."""

	title: ClassVar[str] = "Circular"
	deciding: ClassVar[set[str]] = {"reason"}
	steps: ClassVar[dict[str, str]] = {PUBLISHED: "publish", WITHDRAWN: "withdraw"}

	def check_content(self) -> None:
		self.check_past("circular_date")
		for row in self.addressees:
			if not below(row.org_unit, self.org_unit):
				self.refuse(_("Row {0}: a unit writes to itself and the units below it.").format(row.idx))
		if self.replaces:
			self.check_replaced()

	def check_replaced(self) -> None:
		"""A unit replaces what it has published itself."""
		found = frappe.db.get_value("Circular", self.replaces, ["org_unit", "status"], as_dict=True)
		if self.status == DRAFT and (found.org_unit, found.status) != (self.org_unit, PUBLISHED):
			self.refuse(_("Only a published circular of the same unit is replaced."))

	def publish(self) -> None:
		self.need("addressees")
		if frappe.session.user in {self.owner, *(self.content_editors or "").split()}:
			frappe.throw(
				_("Whoever wrote the circular does not publish it."), FourEyesError, title=_("Four Eyes")
			)
		self.stamp("published")
		self.addressed_count = circulars.address(self)
		if not self.addressed_count:
			self.refuse(_("Nobody holds an assignment at these units."))

	def withdraw(self) -> None:
		self.need("reason")

	def on_update(self) -> None:
		super().on_update()
		if self.has_value_changed("status") and self.status == PUBLISHED:
			circulars.after_publishing(self)
