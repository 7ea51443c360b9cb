import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now

from social_care import system_fields
from social_care.registry.duplicates import pair_key

OPEN, REFERRED, SAME, OTHER = "Open", "Referred to Headquarters", "Same Person", "Not the Same"
SETTLED = "Settled by a Merge"
FOUND = ("person", "other_person", "reason")


class DuplicateCandidate(Document):
	"""Two Person rows that may be one human, waiting for the data officer's decision."""

	def onload(self) -> None:
		from social_care.registry.merging.review import panel

		self.set_onload("social_care", panel(self))

	def validate(self) -> None:
		system_fields.keep(self)
		if not self.is_new():
			system_fields.keep(self, FOUND)
		self.update(self.flags.weighed or {})
		if self.person == self.other_person:
			frappe.throw(_("A person is not compared with himself."), title=_("Possible Duplicate"))
		self.pair_key = pair_key(self.person, self.other_person)
		if self.has_value_changed("status") and not self.is_new():
			self.check_way()
			self.stamp_referral()
			self.stamp_decision()

	def check_way(self) -> None:
		"""Two are one by a merge alone, and apart again by its undoing."""
		from social_care.registry.merging.merge import waits

		if {SAME, SETTLED} & {self.status, self.get_doc_before_save().status}:
			frappe.throw(
				_("Two records become one person by a merge, and are two again when it is undone."),
				title=_("Possible Duplicate"),
			)
		if waits(self.name):
			frappe.throw(
				_("A merge of this pair is proposed; it has to be accepted or declined first."),
				title=_("Possible Duplicate"),
			)

	def stamp_referral(self) -> None:
		"""A pair that goes to headquarters says why."""
		if self.status != REFERRED:
			return
		self.require("referral_reason", _("Write why headquarters is to decide."))
		self.update({"referred_by": frappe.session.user, "referred_on": now()})

	def stamp_decision(self) -> None:
		"""A decision carries its reason, its author, its time, and what was compared."""
		decided = self.status == OTHER
		if decided:
			self.require("decision_reason", _("Write the reason for the decision."))
		self.decided_by = frappe.session.user if decided else None
		self.decided_on = now() if decided else None
		self.judged_on_data = self.compared_data() if decided else None

	def compared_data(self) -> str:
		from social_care.registry.matching.pairs import (
			data_of,
		)  # loads what compares, which lists do not need

		return data_of(self.person, self.other_person)

	def require(self, field: str, sentence: str) -> None:
		if not (self.get(field) or "").strip():
			frappe.throw(sentence, frappe.MandatoryError, title=_("Possible Duplicate"))
