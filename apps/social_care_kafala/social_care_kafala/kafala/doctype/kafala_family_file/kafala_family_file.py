from typing import ClassVar

import frappe
from frappe import _
from frappe.model.naming import make_autoname
from frappe.utils import cint, comma_and, flt
from social_care.decisions.committees.case_kinds import APPROVAL, DEFERRAL, REJECTION
from social_care.organisation.transitions import check_role
from social_care.registry.child_paper import ChildPaper
from social_care.registry.file_review import FourEyesError
from social_care.registry.levels import field_readable

from social_care_kafala.kafala.applications import (
	adults,
	bars,
	campaigns,
	documents,
	duplicates,
	facts,
	following,
	judgement,
	requests,
)
from social_care_kafala.kafala.assessments import feeding
from social_care_kafala.kafala.committees import files
from social_care_kafala.kafala.eligibility import engine
from social_care_kafala.kafala.family_requests import panel
from social_care_kafala.kafala.hand_over import placing
from social_care_kafala.kafala.matching import reserving
from social_care_kafala.kafala.path import clock, settled, states
from social_care_kafala.kafala.training import results

SERIAL = "KSR-{unit}-.YYYY.-.####"
PAST = (
	*("applied_on", "married_on", "youngest_child_born", "initial_visit_on", "training_on"),
	*(
		"committee_date",
		"security_sent_on",
		"deposit_on",
		"charter_signed_on",
		"handed_over_on",
		"card_issued_on",
	),
)
# Steps in which the child is that of the accepted match.
MATCHING = states.STEPS[states.STEPS.index(states.VIEWING) : states.STEPS.index(states.HAND_OVER) + 1]


class KafalaFileError(frappe.ValidationError):
	"""A file of a family, or a step of its path, that the rules do not allow now."""


class KafalaFamilyFile(ChildPaper):
	"""A family that applies for kafala, from the application to the end: who it is, what was found, decided and agreed.

	The social administration of residence keeps it; neither the child's institution nor data officers see it.
	"""

	title: ClassVar[str] = states.DOCTYPE
	error = KafalaFileError
	deciding: ClassVar[set[str]] = states.DECIDING
	steps: ClassVar[dict[str, str]] = {
		states.PAPERS: "register",
		states.VISIT: "check_papers",
		states.DETAILED: "check_initial_visit",
		states.REVIEW: "check_assessment",
		states.TRAINING: "review",
		states.COMMITTEE: "check_training",
		states.SECURITY: "approve",
		states.VIEWING: "check_security",
		states.VISITS: "check_viewing_letter",
		states.DEPOSIT: "check_child",
		states.CHARTER: "check_deposit",
		states.HAND_OVER: "check_charter",
		states.INTEGRATION: "hand_over",
		states.FOLLOW_UP: "check_card",
		states.ENDED: "end",
		states.REJECTED: "reject",
		states.WITHDRAWN: "withdraw",
	}

	def onload(self) -> None:
		if field_readable(self.doctype, "adults"):
			self.set_onload("other_files", duplicates.panel(self))
		self.set_onload("is_late", clock.is_late(self))
		self.set_onload("request", requests.shown(self))
		self.set_onload("family_requests", panel.of_file(self))

	def on_update(self) -> None:
		super().on_update()
		if self.service_request and self.has_value_changed("status") and not self.flags.in_insert:
			following.enqueue(self.name)

	def on_trash(self) -> None:
		frappe.throw(
			_("A file of a family is closed, not deleted."), frappe.PermissionError, title=_("Not Deleted")
		)

	def place(self) -> tuple[str | None, str | None]:
		before = self.get_doc_before_save()
		return (before or self).org_unit, None

	def keep_system_fields(self) -> None:
		super().keep_system_fields()
		before = self.get_doc_before_save()
		if self.flags.from_request:
			self.service_request = self.flags.from_request
		self.set("step_times", [row.as_dict() for row in before.step_times] if before else [])
		self.governorate = frappe.db.get_value("Org Unit", self.org_unit, "governorate")

	def check_content(self) -> None:
		self.check_past(*PAST)
		self.check_wishes()
		campaigns.check(self)
		feeding.keep_fed(self)
		results.keep_fed(self)
		adults.check(self)
		adults.write_through(self)
		self.bar_state = bars.state_of(self)
		self.bring_child()
		known = facts.of_file(self)
		documents.check(self)
		documents.list_papers(self, known)
		judgement.judge(self, known)
		judgement.take_waivers(self)
		self.eligibility = judgement.sum_up(self)
		files.note_waiting(self)

	def bring_child(self) -> None:
		"""The child is that of the accepted match, and nobody's to write."""
		if self.status in MATCHING:
			self.child = reserving.matched_child(self.name)

	def check_wishes(self) -> None:
		if cint(self.wished_age_to) and cint(self.wished_age_to) < cint(self.wished_age_from):
			self.refuse(_("The upper age of the wish is below the lower one."))

	def guard_path(self) -> None:
		before = self.get_doc_before_save()
		if not before:
			clock.begin(self)
			self.add_editor()
		else:
			self.check_changes(before)
			self.take_step(before)
		self.ruling = ""  # a decision is taken up once
		clock.sum_up(self)

	def changes(self) -> set[str]:
		"""What the user changes, without what follows from it: answers, times, and which papers are asked for."""
		found = super().changes() - {"answers", "step_times"}
		before = self.get_doc_before_save()
		if before and documents.said(self) == documents.said(before):
			found.discard("documents")
		return found

	def check_changes(self, before) -> None:
		"""Content is written by the roles of the state in which the file was; who writes it is remembered."""
		changed = self.changes() - {"status"}
		self.check_settled(before, changed)
		status, self.status = self.status, before.status
		self.check_editing(changed)
		self.status = status
		if changed - self.deciding:
			self.add_editor()
		if before.status == status and (self.pause_reason or "") != (before.pause_reason or ""):
			self.change_pause(before)

	def check_settled(self, before, changed: set[str]) -> None:
		"""Answer of the security inquiry, contract and day of the hand-over are not rewritten by whoever works on the file later."""
		if fields := settled.touched(before.status, changed):
			labels = sorted(_(self.meta.get_label(name)) for name in fields)
			self.refuse(
				_("What a step before has settled is not rewritten: {0}").format(
					comma_and(labels, add_quotes=False)
				)
			)

	def change_pause(self, before) -> None:
		"""The clock stands from now on, or goes on."""
		if self.status in states.OVER:
			self.refuse(_("The clock of a case that is over does not stand."))
		wanted = self.pause_reason
		clock.resume(self)
		if wanted:
			self.pause_reason = wanted
			clock.pause(self)

	def take_step(self, before) -> None:
		if before.status == self.status:
			return
		check_role(before, self.status, *self.place(), _(self.title))
		step = "reopen" if before.status == states.REJECTED else self.steps.get(self.status, "move_on")
		getattr(self, step)()
		clock.leave(self)
		clock.begin(self)

	def move_on(self) -> None:
		"""A step that asks for nothing of its own."""

	def came_back(self) -> bool:
		"""A level above sends the case back, with a reason."""
		before = self.get_doc_before_save().status
		if self.status not in states.STEPS or before not in states.STEPS:
			return False
		if states.STEPS.index(self.status) > states.STEPS.index(before):
			return False
		if before == states.COMMITTEE:
			self.need_ruling(DEFERRAL)
		self.need("return_reason")
		return True

	def need_ruling(self, decision: str) -> None:
		"""What a committee decides happens by closing its session, by no button and no other save."""
		if self.ruling != decision:
			self.refuse(_("The committee decides on this in a session."))

	def reopen(self) -> None:
		"""The appeal against the rejection was accepted."""
		self.need_ruling(APPROVAL)

	def register(self) -> None:
		"""Entered in the special register of the administration, with a serial number of the year."""
		if self.came_back():
			return
		if not self.register_serial:
			self.register_serial = make_autoname(SERIAL.format(unit=self.org_unit))

	def check_papers(self) -> None:
		"""The papers of the application are there, the interview has been held."""
		if missing := documents.missing(self, ("Application",)):
			self.refuse(_("Papers are missing: {0}").format(comma_and(missing, add_quotes=False)))

	def check_initial_visit(self) -> None:
		if self.came_back():
			return
		feeding.check_step(self, states.VISIT)
		self.need("initial_visit_on", "initial_visit_result")
		if self.initial_visit_result != "Suitable":
			self.refuse(_("The initial visit did not find the family suitable."))

	def check_assessment(self) -> None:
		"""Every part of the study has its result, before the forms go to the directorate."""
		feeding.check_step(self, states.DETAILED)
		self.need(
			"home_suitable",
			"has_stable_income",
			"administration_inquiry",
			"association_inquiry",
			"criminal_record",
			"hepatitis_free",
			"drug_test",
			"psychological_test",
			"credit_result",
		)

	def review(self) -> None:
		"""The directorate takes the forms as they are; whoever wrote them does not."""
		self.other_hands(self.hands())
		feeding.review_all(self)
		self.stamp("reviewed")
		self.return_reason = ""

	def check_training(self) -> None:
		self.need("training_result")
		if missing := documents.missing(self, ("Application", "Committee")):
			self.refuse(_("Papers are missing: {0}").format(comma_and(missing, add_quotes=False)))

	def approve(self) -> None:
		"""The committee has approved: every condition is met or waived, and nobody decides on his own forms."""
		self.need_ruling(APPROVAL)
		self.other_hands(self.hands())
		judgement.check_decidable(self)
		if duplicates.others(self):
			self.refuse(_("Another application of this family is running; one of the two has to end first."))
		self.stamp("approved")

	def reject(self) -> None:
		"""Rejected by the committee, or after the security inquiry, with reasons that the family is told."""
		if self.get_doc_before_save().status == states.COMMITTEE:
			self.need_ruling(REJECTION)
		self.need("committee_reasons")
		self.other_hands(self.hands())

	def withdraw(self) -> None:
		self.need("end_reason")
		reserving.file_is_over(self.name, self.end_reason)

	def check_security(self) -> None:
		self.need("security_sent_on", "security_result")
		if self.security_result != "No Objection":
			self.refuse(_("The security inquiry has an objection."))

	def check_viewing_letter(self) -> None:
		"""A child is reserved for the family, and the letter for the visits is issued."""
		if reserving.passing_child(self.name):
			return
		reservation = reserving.of_file(self.name)
		if not reservation or not reservation.letter_on:
			self.refuse(_("Reserve a child for the family and issue the viewing letter first."))
		self.viewing_letter_on = reservation.letter_on

	def check_child(self) -> None:
		"""The match was accepted, and the conditions of the child are met."""
		if not self.child:
			self.refuse(_("The reservation with its visits has not led to an accepted match."))
		result = judgement.sum_up(self, with_child=True)
		if result not in (judgement.MEETS, judgement.WAIVED):
			numbers = [
				row.rule_number for row in self.answers if row.outcome in (engine.FAIL, engine.MISSING)
			]
			self.refuse(_("{0}. Conditions: {1}").format(_(result), ", ".join(map(str, numbers))))

	def check_deposit(self) -> None:
		"""The deposit in the child's name is at least what the settings say."""
		self.need("deposit_on")
		least = flt(clock.settings().least_deposit)
		if flt(self.deposit_amount) < least:
			self.refuse(_("The deposit is at least {0} pounds.").format(f"{least:g}"))

	def check_charter(self) -> None:
		self.need("charter_signed_on")

	def hand_over(self) -> None:
		"""The weekly central committee signs the contract in a session; whoever wrote the forms does not close it."""
		self.need_ruling(APPROVAL)
		self.need("contract_number", "handed_over_on")
		self.other_hands(self.hands())
		placing.carry_out(self)

	def check_card(self) -> None:
		self.need("card_number", "card_issued_on")

	def end(self) -> None:
		"""A Kafala Termination that is carried out leads there (endings/effect.py), and nothing else."""
		self.refuse(_("A kafala ends with an ending that is carried out; make one for this file."))

	def hands(self) -> set[str]:
		"""Whoever made the file or wrote on its content."""
		return {self.owner, *(self.content_editors or "").split()}

	def other_hands(self, taken: set[str | None]) -> None:
		"""Refuse where the user took part before."""
		if frappe.session.user in taken and frappe.session.user != "Administrator":
			frappe.throw(
				_("Whoever entered or edited this may not decide on it."), FourEyesError, title=_("Four Eyes")
			)
