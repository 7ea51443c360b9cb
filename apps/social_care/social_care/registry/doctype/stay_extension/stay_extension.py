from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import add_months, add_years, getdate

from social_care import plurals
from social_care.registry.aftercare import ages
from social_care.registry.child_paper import ChildPaper, lock_child

PASSED = "Passed"


class StayExtension(ChildPaper):
	"""Leave to stay in the institution past the age of leaving, for those in education who pass (Child Law, art. 48)."""

	title: ClassVar[str] = "Stay Extension"
	deciding: ClassVar[set[str]] = {
		"decision_number",
		"decision_date",
		"decision_authority",
		"decision_reason",
	}
	steps: ClassVar[dict[str, str]] = {
		"Draft": "give_back",
		"Requested": "request",
		"Approved": "approve",
		"Refused": "decline",
	}

	def check_content(self) -> None:
		self.check_dates()

	def check_dates(self) -> None:
		"""One period of at most the months of the settings, which reaches beyond the age of leaving."""
		start, end = getdate(self.valid_from), getdate(self.valid_until)
		longest = ages.setting("extension_months", 12)
		if end <= start:
			self.refuse(_("The stay must end after it begins."))
		if end > getdate(add_months(start, longest)):
			sentence = _(
				"An extension lasts {0} months at most; it is renewed afterwards.",
				context=plurals.form(longest),
			)
			self.refuse(sentence.format(longest))
		if end < ages.leaving_day(self.birth_date()):
			self.refuse(_("The child does not reach the age of leaving before the end of this period."))

	def birth_date(self):
		return frappe.db.get_value("Child", self.child, "birth_date")

	def check_editing(self, changed: set[str]) -> None:
		"""What was decided upon stays as it was decided."""
		super().check_editing(changed)
		if self.status in ("Approved", "Refused") and changed - self.deciding:
			self.refuse(_("A decided extension is not changed; ask for the next one."))

	def request(self) -> None:
		"""Asked for with everything the decision needs."""
		self.check_conditions()
		self.stamp("requested")

	def check_conditions(self) -> None:
		"""The conditions of the settings: stage, result, proof, age; and that the child lives in an institution."""
		settings = frappe.get_cached_doc("Social Care Settings")
		if frappe.db.get_value("Child", self.child, "life_state") != "Active":
			self.refuse(_("The child is not in an institution."))
		if self.stage not in {row.stage for row in settings.entitling_stages}:
			self.refuse(_("The stage {0} does not entitle to a longer stay.").format(_(self.stage)))
		if settings.extension_needs_passing and self.last_result != PASSED:
			self.refuse(_("A longer stay needs a passed school year."))
		if settings.extension_needs_proof:
			self.need("education_proof")
		self.check_age(settings.extension_until_age)

	def check_age(self, until: int | None) -> None:
		"""The age at which even an extended stay ends; 0 means until graduation."""
		if until and getdate(self.valid_until) > getdate(add_years(self.birth_date(), until)):
			self.refuse(_("A stay is extended to the age of {0} at most.").format(until))

	def give_back(self) -> None:
		self.need("decision_reason")

	def approve(self) -> None:
		"""Decided by somebody else, on a child for whom no other extension covers these days."""
		self.four_eyes()
		self.check_conditions()
		lock_child(self.child)
		other = self.other_open(
			status="Approved", valid_from=["<", self.valid_until], valid_until=[">", self.valid_from]
		)
		if other:
			self.refuse(_("The extension {0} already covers some of these days.").format(other))
		self.stamp("decided")

	def decline(self) -> None:
		self.four_eyes()
		self.need("decision_reason")
		self.stamp("decided")
