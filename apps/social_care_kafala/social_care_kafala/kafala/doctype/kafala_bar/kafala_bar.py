from typing import ClassVar

import frappe
from frappe import _
from social_care.organisation.grants import roles_at
from social_care.registry import national_number
from social_care.registry.arabic import join_name, normalise
from social_care.registry.child_paper import ChildRecord
from social_care.registry.file_review import FourEyesError

PROPOSED, IN_FORCE, LIFTED = "Proposed", "In Force", "Bar Lifted"
DECIDES = {"General Manager"}
STEPS = {(PROPOSED, IN_FORCE): "decide", (IN_FORCE, LIFTED): "lift"}
# What whoever decides writes.
DECIDING = {"status", "decision_number", "decision_date", "lift_reason", "amount_due", "is_hardship"}


class KafalaBarError(frappe.ValidationError):
	"""A row of the bar list that the rules do not allow now."""


class KafalaBar(ChildRecord):
	"""Somebody who may not take a child into kafala: proposed by a directorate, decided by headquarters, lifted with a reason."""

	title: ClassVar[str] = "Bar List"
	error = KafalaBarError

	def on_trash(self) -> None:
		frappe.throw(
			_("A row of the bar list is lifted with its reason, not deleted."),
			frappe.PermissionError,
			title=_("Not Deleted"),
		)

	def place(self) -> tuple[str | None, str | None]:
		before = self.get_doc_before_save()
		return (before or self).org_unit, None

	def check_content(self) -> None:
		self.set_identity()
		self.check_dates()
		before = self.get_doc_before_save()
		if (before.status if before else PROPOSED) != self.status:
			self.take_step(before)
		elif before and self.status != PROPOSED and self.changes():
			self.refuse(_("What was decided is not rewritten."))
		if not before or self.changes() - DECIDING:
			self.add_editor()

	def set_identity(self) -> None:
		"""The name as it is searched, and a number that can be one."""
		self.full_name = join_name(self.full_name)
		self.search_name = normalise(self.full_name)
		self.national_number = national_number.clean(self.national_number)
		if self.national_number:
			national_number.parse(self.national_number)

	def check_dates(self) -> None:
		self.check_past("decision_date")

	def take_step(self, before) -> None:
		"""Headquarters decides on what another proposed, and lifts what was decided."""
		step = STEPS.get((before.status, self.status)) if before else None
		if not step:
			self.refuse(_("A row of the bar list is proposed first, then decided, then lifted."))
		user = frappe.session.user
		if user != "Administrator" and not DECIDES & roles_at(user, *self.place()):
			frappe.throw(_("This step is not yours to take."), frappe.PermissionError, title=_(self.title))
		getattr(self, step)()

	def decide(self) -> None:
		self.expect(("decision_number", "decision_date"), _("Please fill in: {0}"))
		if frappe.session.user in {self.owner, *(self.content_editors or "").split()}:
			frappe.throw(
				_("Whoever entered or edited this may not decide on it."), FourEyesError, title=_("Four Eyes")
			)
		self.decided_by = frappe.session.user

	def lift(self) -> None:
		self.expect(("lift_reason",), _("Please fill in: {0}"))
		self.lifted_by = frappe.session.user
