"""The rules of a penalty, however it is saved. The first of them: there is none without a proven violation."""

import frappe
from frappe import _
from frappe.utils import add_days, cint, getdate, nowdate
from social_care.organisation.transitions import check_role
from social_care.registry.file_review import changed_fields
from social_care.workflow_actions import note_next_step

from social_care_inspections.inspections.paper import InstitutionPaper
from social_care_inspections.inspections.violations import notices, person, states, worker
from social_care_inspections.inspections.violations.record import state_by_penalties

ADVISER, HOME = frozenset({"Legal Adviser"}), frozenset({"Institution Director"})


class ViolationPenaltyError(frappe.ValidationError):
	"""A penalty, or a step of it, that the rules do not allow now."""


class DecidedPenalty(InstitutionPaper):
	"""One penalty for one proven violation: drafted, seen by the legal adviser, decided, appealed, executed."""

	title = states.PENALTY
	error = ViolationPenaltyError
	steps = {
		states.WITH_ADVISER: "send_to_adviser",
		states.OPINION: "give_opinion",
		states.DECIDED: "decide",
		states.APPEALED: "appeal",
		states.EXECUTED: "execute",
		states.CANCELLED: "cancel_penalty",
	}

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		note_next_step(self, "status")
		if before and before.status != self.status:
			self.follow_record()
			notices.tell_of_penalty(self)

	def place(self) -> tuple[str | None, str | None]:
		"""That of the violation's institution."""
		before = self.get_doc_before_save()
		if before:
			return before.org_unit, before.institution
		found = frappe.db.get_value(states.RECORD, self.violation_record, ["org_unit", "institution"])
		return found or (None, None)

	def set_institution(self) -> None:
		"""What the row repeats of the violation."""
		fields = ["institution", "institution_name", "org_unit"]
		found = frappe.db.get_value(states.RECORD, self.violation_record, fields, as_dict=True)
		self.update(found or {})

	def check_content(self) -> None:
		self.check_proven()
		if self.status in (states.DRAFT, states.WITH_ADVISER, states.OPINION):
			self.check_terms()

	def check_proven(self) -> None:
		"""A penalty is made from «Proven» only, and its violation stays proven as long as the penalty stands."""
		before = self.get_doc_before_save()
		state = frappe.db.get_value(states.RECORD, self.violation_record, "status", for_update=True)
		allowed = (
			{states.PROVEN}
			if not before
			else {states.PROVEN, states.PENALISED, states.APPEALED, states.EXECUTED}
		)
		closing = self.status == states.CANCELLED
		if state not in allowed and not closing:
			self.refuse(
				_("A penalty is made only for a proven violation; this one is: {0}").format(_(state or ""))
			)

	def check_terms(self) -> None:
		"""The kind fits whom the violation is against; an amount and days where the kind has them."""
		kind = frappe.get_cached_doc("Penalty Kind", self.penalty_kind)
		if kind.target not in ("Both", self.target):
			self.refuse(_("This penalty is not meant for whom it is made against."))
		against = frappe.db.get_value(states.RECORD, self.violation_record, "against")
		if self.target == "Person" and against == "Institution":
			self.refuse(_("The violation names no person."))
		if self.amount and not kind.has_amount:
			self.refuse(_("This penalty has no amount."))
		if self.valid_from and self.valid_to and getdate(self.valid_to) < getdate(self.valid_from):
			self.refuse(_("The penalty ends before it begins."))

	def guard_path(self) -> None:
		before = self.get_doc_before_save()
		changed = changed_fields(self, before)
		if not before:
			self.begin(changed)
			return
		if changed:
			self.check_changes(before, changed)
			if changed & states.TERMS:
				self.add_editor()
		if before.status != self.status:
			self.take_step(before)

	def begin(self, changed: set[str]) -> None:
		"""A penalty begins as a draft, whatever was sent with it."""
		self.status = states.DRAFT
		self.add_editor()
		if changed - states.TERMS - states.DECISION - {"violation_record"}:
			self.refuse(_("A penalty begins as a draft; the rest is written step by step."))

	def check_changes(self, before, changed: set[str]) -> None:
		parts = states.PENALTY_WRITTEN.get(before.status, {})
		self.check_parts(before, changed, parts, others="drafter", adviser=ADVISER, institution=HOME)

	def take_step(self, before) -> None:
		check_role(before, self.status, *self.place(), _(self.title))
		getattr(self, self.steps[self.status])()

	# Steps, in the order of the states

	def send_to_adviser(self) -> None:
		if not self.legal_basis:
			self.refuse(_("Write the law or decree and the article that the penalty stands on."))

	def give_opinion(self) -> None:
		"""By the legal adviser, who did not draft it."""
		self.need("legal_opinion")
		self.other_hands(self.hands(), _("Whoever drafted the penalty does not give the opinion on it."))
		self.stamp("opinion")

	def decide(self) -> None:
		"""With a legal basis, a number and a day, by other hands; or again, after an appeal that was not granted."""
		if self.get_doc_before_save().status == states.APPEALED:
			self.answer_appeal(granted=False)
			return
		if not self.legal_basis:
			self.refuse(_("Write the law or decree and the article that the penalty stands on."))
		if self.get_doc_before_save().status == states.DRAFT and self.kind().needs_legal_opinion:
			self.refuse(_("The legal adviser gives an opinion on this penalty first."))
		self.need("decision_number", "decision_date", "decision_authority")
		self.other_hands(
			self.hands() | {self.opinion_by}, _("Whoever drafted the penalty does not decide on it.")
		)
		self.check_past("decision_date")
		self.stamp("decided")
		days = cint(self.kind().appeal_days)
		self.appeal_due_on = add_days(self.decision_date, days) if days else None
		self.shown_institution = self.institution
		self.take_effect()

	def kind(self):
		return frappe.get_cached_doc("Penalty Kind", self.penalty_kind)

	def take_effect(self) -> None:
		if self.target == "Person" and self.kind().excludes_worker:
			person.bar(self, frappe.get_doc(states.RECORD, self.violation_record))
			worker.check_again(self.name)

	def appeal(self) -> None:
		"""In its time, with grounds."""
		self.need("appeal_text")
		if not self.appeal_due_on or getdate(self.appeal_due_on) < getdate(nowdate()):
			self.refuse(_("The time for an appeal has passed."))
		if self.appealed_on:
			self.refuse(_("An appeal against this penalty was decided already."))
		self.stamp("appealed")

	def answer_appeal(self, granted: bool) -> None:
		"""By somebody who did not decide on the penalty."""
		self.need("appeal_result", "appeal_reasons")
		if (self.appeal_result == states.GRANTED) != granted:
			self.refuse(_("A granted appeal cancels the penalty; any other leaves it standing."))
		self.other_hands(
			self.hands() | {self.decided_by, self.appealed_by},
			_("Whoever decided on the penalty does not decide on the appeal."),
		)
		self.stamp("appeal_decided")

	def execute(self) -> None:
		self.need("executed_on")
		day = getdate(self.executed_on)
		if day > getdate(nowdate()) or day < getdate(self.decision_date):
			self.refuse(_("A penalty is executed between its decision and today."))
		self.executed_by = frappe.session.user

	def cancel_penalty(self) -> None:
		"""A draft is withdrawn with a reason; what was decided ends only by a granted appeal."""
		if self.get_doc_before_save().status == states.APPEALED:
			self.answer_appeal(granted=True)
			person.lift(self)
		else:
			self.need("cancel_reason")

	def follow_record(self) -> None:
		"""The violation takes the state that its penalties have: the system's own step, whoever took the penalty's."""
		record = frappe.get_doc(states.RECORD, self.violation_record)
		state = state_by_penalties(record.name)
		if record.status in states.FOLLOWING and state != record.status:
			record.load_doc_before_save()
			record.db_set("status", state)
			record.add_comment("Workflow", _(state))
			note_next_step(record, "status")
