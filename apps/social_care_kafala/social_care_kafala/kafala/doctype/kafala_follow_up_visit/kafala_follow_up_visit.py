from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import nowdate
from social_care.registry.child_paper import ChildRecord
from social_care.registry.notices import notify, responsible

from social_care_kafala.kafala.hand_over import visits
from social_care_kafala.kafala.path import states

FOLLOWED = (states.INTEGRATION, states.CARD, states.FOLLOW_UP)
FINDINGS = ("health_state", "school_state", "home_state", "card_valid", "deposit_kept", "alert")
TOLD = ("Directorate Director", "Case Manager")


class FollowUpVisitError(frappe.ValidationError):
	"""A follow-up visit, or what is written of it, that the rules do not allow now."""


class KafalaFollowUpVisit(ChildRecord):
	"""A visit to a child in the family: due by the schedule or made on an alert, with what was found and what the child says."""

	title: ClassVar[str] = visits.DOCTYPE
	error = FollowUpVisitError

	def place(self) -> tuple[str | None, str | None]:
		return frappe.db.get_value(states.DOCTYPE, self.family_file or "", "org_unit"), None

	def check_content(self) -> None:
		before = self.get_doc_before_save()
		if not before:
			self.begin()
		elif before.status != visits.DUE and self.changes():
			self.refuse(_("What was found on a visit is not rewritten."))
		self.check_past("visit_date")
		self.flags.just_made = bool(self.visit_date) and self.status == visits.DUE
		if self.flags.just_made:
			self.make()

	def begin(self) -> None:
		"""Planned by the schedule, or entered on an alert for the child of the file."""
		file = frappe.db.get_value(
			states.DOCTYPE, self.family_file or "", ["org_unit", "status", "child"], as_dict=True
		)
		planned = self.flags.planned
		if not planned and (not file or file.status not in FOLLOWED or not file.child):
			self.refuse(_("The family has no child who is followed up."))
		self.org_unit = file.org_unit
		if planned:
			self.update(planned | {"visit_reason": visits.SCHEDULED, "open_child": planned["child"]})
		else:
			self.update({"child": file.child, "due_on": nowdate(), "visit_reason": visits.ON_ALERT})

	def make(self) -> None:
		"""Every part of the visit is answered, and the child was heard."""
		self.expect(FINDINGS, _("Please complete first: {0}"))
		if not (self.child_view or self.no_view_reason):
			self.refuse(_("Write what the child says, or why he was not heard."))
		if self.alert != "No Alert":
			self.expect(("alert_reason",), _("Please complete first: {0}"))
		self.update({"status": visits.MADE, "visited_by": frappe.session.user, "open_child": None})

	def on_update(self) -> None:
		if not self.flags.just_made:
			return
		if self.visit_reason == visits.SCHEDULED:
			visits.plan_after(self)
		if self.alert != "No Alert":
			self.tell()

	def tell(self) -> None:
		"""Whoever is responsible for the family learns of an alert at once, by number."""
		sentence = _("Kafala follow-up visit {0} raises an alert: {1}.", lang="ar")
		users = responsible(self.org_unit, TOLD)
		notify(users, sentence.format(self.name, _(self.alert, lang="ar")), self.doctype, self.name)
