import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now

from social_care.registry.duplicates import pair_key


class DuplicateCandidate(Document):
	"""Two Person rows that may be one human, waiting for the data officer's decision."""

	def validate(self) -> None:
		if self.person == self.other_person:
			frappe.throw(_("A person is not compared with himself."), title=_("Possible Duplicate"))
		self.pair_key = pair_key(self.person, self.other_person)
		self.stamp_decision()

	def stamp_decision(self) -> None:
		"""A decision carries its reason, its author and its time."""
		if not self.has_value_changed("status") or self.is_new():
			return
		if self.status != "Open" and not (self.decision_reason or "").strip():
			frappe.throw(
				_("Write the reason for the decision."), frappe.MandatoryError, title=_("Possible Duplicate")
			)
		decided = self.status != "Open"
		self.decided_by = frappe.session.user if decided else None
		self.decided_on = now() if decided else None
