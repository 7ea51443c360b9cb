"""The rules of a violation, however it is saved: clocks, referral, investigation, hearing, conclusion."""

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, getdate, now_datetime
from social_care.organisation.transitions import check_role
from social_care.registry.file_review import changed_fields
from social_care.workflow_actions import note_next_step

from social_care_inspections.inspections.paper import InstitutionPaper, due_after, is_past
from social_care_inspections.inspections.violations import notices, person, states


class ViolationRecordError(frappe.ValidationError):
	"""A violation, or a step of it, that the rules do not allow now."""


class RecordedViolation(InstitutionPaper):
	"""One violation by an institution, somebody who works there, or a supervisor."""

	title = states.RECORD
	error = ViolationRecordError
	steps = {
		states.INVESTIGATED: "open_investigation",
		states.PROVEN: "conclude",
		states.NOT_PROVEN: "conclude",
		states.PENALISED: "follow_penalty",
		states.APPEALED: "follow_penalty",
		states.EXECUTED: "follow_penalty",
		states.CLOSED: "close",
	}

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		note_next_step(self, "status")
		if not before or before.status != self.status:
			notices.tell(self)

	def check_content(self) -> None:
		before = self.get_doc_before_save()
		if not before or before.status == states.OBSERVED:
			self.weigh()
		self.check_days()
		person.check(self)

	def weigh(self) -> None:
		"""The usual severity where none was chosen; a suspicion that the kind raises cannot be chosen away."""
		kind = frappe.get_cached_doc("Violation Type", self.violation_type)
		self.violation_group = kind.violation_group
		self.severity = self.severity or kind.default_severity
		self.suspected_crime = int(bool(kind.is_criminal_suspicion) or self.severity == states.CRIME)
		due = end_of_day(self.creation) if self.suspected_crime else None
		self.referral_due_on = self.referral_due_on or due

	def check_days(self) -> None:
		self.check_past("found_on", "hearing_on")
		visit = self.institution_visit
		if visit and frappe.db.get_value("Institution Visit", visit, "institution") != self.institution:
			self.refuse(_("The visit was made to another institution."))

	def guard_path(self) -> None:
		before = self.get_doc_before_save()
		changed = changed_fields(self, before)
		if not before:
			self.begin(changed)
			return
		if changed:
			self.check_changes(before, changed)
			self.add_editor()
		self.note_referral(before)
		if before.status != self.status:
			self.take_step(before)

	def begin(self, changed: set[str]) -> None:
		"""A violation begins as observed, whatever was sent with it."""
		self.status = states.OBSERVED
		self.add_editor()
		if changed - states.WRITTEN[states.OBSERVED] - {"institution"}:
			self.refuse(_("A violation begins with what was observed; the rest is written step by step."))
		self.note_referral(None)

	def check_changes(self, before, changed: set[str]) -> None:
		parts = {"editor": states.WRITTEN.get(before.status, frozenset())}
		self.check_parts(before, changed, parts, others="editor")

	def note_referral(self, before) -> None:
		"""The referral counts from the moment both its number and the office were written; late stays late."""
		if self.referred_on or not (self.referral_number and self.referral_authority):
			return
		if not self.suspected_crime:
			self.refuse(_("Only the suspicion of a crime is referred to the prosecution."))
		self.stamp("referred")
		self.referred_late = int(is_past(self.referral_due_on))

	def take_step(self, before) -> None:
		"""States that follow the penalties are right when the penalties say so, and only then."""
		if before.status in states.FOLLOWING and self.status in states.FOLLOWING:
			self.follow_penalty()
			return
		check_role(before, self.status, *self.place(), _(self.title))
		getattr(self, self.steps[self.status])()

	# Steps, in the order of the states

	def open_investigation(self) -> None:
		"""The suspicion of a crime is with the prosecution before anything else is done."""
		if self.suspected_crime:
			self.need("referral_number", "referral_authority")
		self.stamp("investigation")
		self.investigation_due_on = due_after(setting("investigation_days"))

	def conclude(self) -> None:
		"""By somebody who neither recorded it nor wrote on it, after a hearing, with reasons."""
		if self.get_doc_before_save().status != states.INVESTIGATED:
			self.refuse(_("A violation is concluded only after its investigation."))
		self.need("investigation_report", "conclusion")
		self.need("hearing_on", "hearing_statement")
		if self.status == states.PROVEN and self.against != "Institution":
			self.need("accused_name", "accused_job")
		taken = self.hands() | {self.investigation_by}
		self.other_hands(taken, _("Whoever recorded or investigated the violation does not conclude it."))
		self.stamp("concluded")

	def follow_penalty(self) -> None:
		"""Nobody sets these states without a penalty that has them, and none without «Proven» before it."""
		if not self.concluded_on or self.status != state_by_penalties(self.name):
			self.refuse(_("A violation is penalised only by a decided penalty, after it was proven."))

	def close(self) -> None:
		"""Nothing is left to be decided or executed."""
		self.need("closing_note")
		waiting = {
			"violation_record": self.name,
			"status": ["not in", (states.EXECUTED, states.CANCELLED)],
		}
		if frappe.db.exists(states.PENALTY, waiting):
			self.refuse(_("A penalty of this violation is neither executed nor cancelled."))
		self.stamp("closed")


def state_by_penalties(name: str) -> str:
	"""State of a concluded violation: under appeal, while one penalty is; penalised, while one is not executed; executed,
	when all that stand are; proven, where none stands."""
	found = set(
		frappe.get_all(  # of one violation, for its own state
			states.PENALTY,
			filters={"violation_record": name, "status": ["in", states.IN_FORCE]},
			pluck="status",
			order_by="name asc",
		)
	)
	if states.APPEALED in found:
		return states.APPEALED
	if states.DECIDED in found:
		return states.PENALISED
	return states.EXECUTED if found else states.PROVEN


def end_of_day(moment):
	"""The last second of the day on which something was recorded."""
	return get_datetime(f"{getdate(moment or now_datetime())} 23:59:59")


def setting(field: str) -> int:
	return cint(frappe.get_cached_doc("Inspection Settings").get(field))
