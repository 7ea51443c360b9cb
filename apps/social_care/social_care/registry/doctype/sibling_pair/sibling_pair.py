from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import now

from social_care.organisation.grants import roles_at
from social_care.registry.child_paper import ChildRecord
from social_care.registry.duplicates import pair_key


class SiblingPair(ChildRecord):
	"""Two files that may be brothers or sisters, and what a person decided. Seen by whoever may see both files."""

	title: ClassVar[str] = "Sibling Pair"
	fills_itself: ClassVar[frozenset[str]] = frozenset({"pair_key"})

	def before_insert(self) -> None:
		self.pair_key = pair_key(self.child, self.other_child)
		if frappe.db.exists("Sibling Pair", {"pair_key": self.pair_key}):
			self.refuse(_("These two children were compared already."))

	def keep_system_fields(self) -> None:
		super().keep_system_fields()
		if self.is_new():
			self.basis = self.flags.basis or "Entered by a Person"
		self.pair_key = pair_key(self.child, self.other_child)
		self.stamp_decision()

	def check_content(self) -> None:
		"""Two different people; a decision carries its reason, and siblings their relation."""
		if self.child == self.other_child or self._one_person():
			self.refuse(_("A child is not his own sibling."))
		if self.status != "Open" and not (self.decision_reason or "").strip():
			self.refuse(_("Write the reason for the decision."))
		if self.status == "Siblings" and not self.relation:
			self.refuse(_("Say whether they have both parents in common or one."))

	def _one_person(self) -> bool:
		filters = {"name": ["in", [self.child, self.other_child]]}
		return len(set(frappe.get_all("Child", filters=filters, pluck="person"))) == 1

	def check_writer(self) -> None:
		"""The right counts at the places of both children."""
		super().check_writer()
		user = frappe.session.user
		if user == "Administrator" or self.flags.ignore_permissions:
			return
		place = frappe.db.get_value("Child", self.other_child, ["org_unit", "institution"]) or (None, None)
		able = {row.role for row in self.meta.permissions if not row.permlevel and row.write}
		if not able & roles_at(user, *place):
			frappe.throw(
				_("You have no right to write this at the place where the child is."),
				frappe.PermissionError,
				title=_(self.title),
			)

	def stamp_decision(self) -> None:
		if self.is_new() or self.has_value_changed("status"):
			decided = self.status != "Open"
			self.decided_by = frappe.session.user if decided else None
			self.decided_on = now() if decided else None
