"""Institutions in a critical state: flagged by the grade or by a decision, followed up, lifted or closed."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, nowdate

from social_care_inspections.inspections.closings import effect, states
from social_care_inspections.inspections.paper import InstitutionPaper

CRITICAL = "Critical Follow-up"
FLAGGED, FOLLOWED, LIFTED, CLOSING = "Flagged", "Under Follow-up", "Lifted", "Closing Begun"
OPEN = (FLAGGED, FOLLOWED)
BY_GRADE, BY_DECISION = "Grade D", "Decision"
WORST = "D"
BEFORE = ("Operating", "Suspended", "Under Temporary Committee")  # states that a flag makes critical
MEMO = frozenset({"memo", "required_actions", "improve_by", "flagged_because"})
DECISION = frozenset({"decision_number", "decision_date", "decision_authority"})
END = frozenset({"progress", "result_reason", "closing_case", "improve_by"})
WRITTEN = {FLAGGED: MEMO | DECISION | {"result_reason"}, FOLLOWED: END}


class CriticalFollowUpError(frappe.ValidationError):
	"""A flag, or a step of its follow-up, that the rules do not allow."""


class CriticalPaper(InstitutionPaper):
	"""From the flag with its memo to the end: remedied, or closed."""

	title = CRITICAL
	error = CriticalFollowUpError
	deciding = DECISION | END - {"improve_by"}
	steps = {FOLLOWED: "confirm", LIFTED: "lift", CLOSING: "hand_to_closing"}

	def keep_system_fields(self) -> None:
		super().keep_system_fields()
		if self.is_new():
			self.status = FLAGGED

	def on_update(self) -> None:
		super().on_update()
		before = self.get_doc_before_save()
		if before and before.status != self.status:
			self.follow()

	def check_content(self) -> None:
		before = self.get_doc_before_save()
		if not before:
			self.check_flag()
			return
		if self.changes() - WRITTEN.get(before.status, frozenset()):
			self.refuse(_("What is {0} is not rewritten any more.").format(_(before.status)))

	def check_flag(self) -> None:
		"""One at a time; by the grade only where it is the worst."""
		open_ones = {"institution": self.institution, "status": ["in", OPEN], "name": ["!=", self.name or ""]}
		if other := frappe.db.get_value(CRITICAL, open_ones):
			self.refuse(_("This institution is followed up as critical already: {0}").format(other))
		grade = frappe.db.get_value("Institution", self.institution, "grade")
		if self.flagged_because == BY_GRADE and grade != WORST:
			self.refuse(_("The latest grade of the institution is not D; flag it by a decision."))

	def confirm(self) -> None:
		"""By other hands, with the memo and what has to be remedied until when; by decision with its number."""
		self.need("memo", "required_actions", "improve_by")
		if self.flagged_because == BY_DECISION:
			self.need("decision_number", "decision_date", "decision_authority")
		self.four_eyes()
		if getdate(self.improve_by) < getdate(nowdate()):
			self.refuse(_("The time for remedies has passed already."))
		self.stamp("confirmed")

	def lift(self) -> None:
		self.need("result_reason")
		self.stamp("ended")

	def hand_to_closing(self) -> None:
		"""The closing of the same institution goes on from here."""
		self.need("closing_case")
		case = frappe.db.get_value(
			states.CLOSING, self.closing_case, ["institution", "status"], as_dict=True, for_update=True
		)
		if case.institution != self.institution:
			self.refuse(_("The closing case is that of another institution."))
		if case.status not in states.OPEN:
			self.refuse(_("The closing case is not under way: {0}").format(_(case.status)))
		self.stamp("ended")

	def follow(self) -> None:
		"""The institution's own state: critical from the confirmation to the lifting. The order of a closing changes it further."""
		now = frappe.db.get_value("Institution", self.institution, "status", for_update=True)
		reason = _("Critical follow-up {0}", lang="ar").format(self.name)
		if self.status == FOLLOWED and now in BEFORE:
			self.db_set("institution_state_before", now, update_modified=False)
			effect.put_state(self.institution, "Critical", reason)
		elif self.status == LIFTED and now == "Critical":
			effect.put_state(
				self.institution, self.institution_state_before or "Operating", reason, back=True
			)


def flag_by_grade(institution: str, visit: str) -> str | None:
	"""Open the follow-up of an institution whose approved grade is the worst; None where one is open already."""
	if frappe.db.exists(CRITICAL, {"institution": institution, "status": ["in", OPEN]}):
		return None
	values = {"institution": institution, "flagged_because": BY_GRADE}
	values["memo"] = _("Grade D by the approved report of visit {0}.", lang="ar").format(visit)
	doc: Document = frappe.get_doc({"doctype": CRITICAL} | values)
	doc.insert(ignore_permissions=True)  # follows from a report that headquarters has approved
	return doc.name
