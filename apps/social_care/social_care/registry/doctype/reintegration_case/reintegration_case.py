from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from social_care.registry import best_interests, follow_up
from social_care.registry.changes import differs
from social_care.registry.child_paper import ChildPaper, lock_child
from social_care.registry.kin import reintegration

CLOSED = "Closed"
RETURNED = ("Reintegrated", "Follow-up")
APPROVED = "Approval"
DECISION = ("decision_number", "decision_date", "decision_authority")
RULING = ("ruling", "committee_session", "ruling_reasons")


class ReintegrationCase(ChildPaper):
	"""The way of a child back to the family: assessed, prepared, decided, returned, followed up, and not separated again."""

	title: ClassVar[str] = "Reintegration Case"
	deciding: ClassVar[set[str]] = {
		*(*DECISION, "closing_reason"),
		*("separation_reason", "follow_ups", "sibling_separation_reason"),
	}
	steps: ClassVar[dict[str, str]] = {
		"Assessed": "assess",
		"Prepared": "prepare",
		"Reintegrated": "send_home",
		"Follow-up": "begin_follow_up",
		"Closed": "close",
	}

	def before_insert(self) -> None:
		super().before_insert()
		lock_child(self.child)
		if other := self.other_open(status=["!=", CLOSED]):
			self.refuse(_("The child has an open case already: {0}").format(other))
		self.family = self.family or frappe.db.get_value("Child", self.child, "family")

	def check_content(self) -> None:
		follow_up.check(self)
		self.check_ruling()
		for item in self.support_items:
			if item.from_date and item.to_date and getdate(item.to_date) < getdate(item.from_date):
				self.refuse(_("Row {0} of the support plan ends before it begins.").format(item.idx))

	def check_ruling(self) -> None:
		"""What a committee has decided is not written anew by hand."""
		before = self.get_doc_before_save()
		if before and before.ruling == APPROVED and any(differs(self, before, field) for field in DECISION):
			self.refuse(_("The committee has decided on the return; its decision is not changed by hand."))

	def check_editing(self, changed: set[str]) -> None:
		"""After the return only support, follow-up and what became of it are written."""
		super().check_editing(changed)
		if self.status in (*RETURNED, CLOSED) and changed - self.deciding - {"support_items"}:
			self.refuse(_("What the return was decided on is not changed afterwards."))

	def assess(self) -> None:
		"""The child may return at all, the family was visited, and the child was asked; an earlier decision counts no more."""
		if self.ruling:
			self.update(dict.fromkeys((*RULING, *DECISION)))
		self.check_eligibility()
		self.need("family", "assessed_on", "assessed_by_name", "housing_assessment", "care_assessment")
		self.need("risk_assessment", "recommendation", "child_view")

	def check_eligibility(self) -> None:
		"""Children of known parentage return to the family of origin (setting)."""
		settings = frappe.get_cached_doc("Social Care Settings")
		if settings.reintegration_known_parentage and self.parentage() != "Known":
			self.refuse(_("Only children of known parentage return to their family."))

	def parentage(self) -> str | None:
		return frappe.db.get_value("Child", self.child, "parentage")

	def prepare(self) -> None:
		"""The best interests are weighed in writing, the family is helped, and a day is set."""
		best_interests.check(self, lambda message, _title: self.refuse(message))
		self.need("support_items", "planned_date")
		if self.recommendation not in ("Return Recommended", "Return with Support"):
			self.refuse(_("The assessment does not recommend the return."))
		self.stamp("prepared")

	def send_home(self) -> None:
		"""Decided by somebody else, with the decision's number, and carried out as a Placement."""
		self.four_eyes()
		self.need("decision_number", "decision_date", "decision_authority")
		reintegration.ask_other_apps(self)
		placement = reintegration.place_with_family(self)
		self.update({"placement": placement.name, "reintegrated_date": placement.from_date})
		self.stamp("reintegrated")
		follow_up.schedule(self, placement.from_date, "reintegration_follow_up_months")

	def begin_follow_up(self) -> None:
		if not any(row.visit_date for row in self.follow_ups):
			self.refuse(_("The follow-up begins with its first visit."))

	def close(self) -> None:
		"""With a reason; after a return only when nothing of the follow-up is left, or the child was separated again."""
		self.need("closing_reason")
		returned = self.get_doc_before_save().status in RETURNED
		if returned and not self.separated_again and follow_up.open_rows(self):
			self.refuse(_("The follow-up is not finished."))

	def note_separation(self, day) -> None:
		"""The child came back into care: the case is kept, marked, and tells whoever is responsible."""
		self.db_set({"separated_again": 1, "separated_again_on": day or nowdate()})
