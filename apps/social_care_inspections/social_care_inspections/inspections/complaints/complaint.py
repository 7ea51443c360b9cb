"""The rules of a complaint, however it is saved. Who complained stands elsewhere (sender.py), or nowhere."""

from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import add_to_date, cint, now_datetime
from social_care import system_fields
from social_care.organisation.transitions import check_role
from social_care.registry.file_review import FourEyesError, changed_fields
from social_care.workflow_actions import note_next_step

from social_care_inspections.inspections.complaints import notices, places, states
from social_care_inspections.inspections.paper import InstitutionPaper, Place, due_after, is_past
from social_care_inspections.inspections.visits import evidence
from social_care_inspections.inspections.visits.people import officers_of
from social_care_inspections.inspections.visits.states import CANCELLED, MADE


class InstitutionComplaintError(frappe.ValidationError):
	"""A complaint, or a step of it, that the rules do not allow now."""


class HandledComplaint(InstitutionPaper):
	"""One complaint about an institution or an office, from its receipt to its answer.

	The institution sees a row by `shown_institution` (hooks.py), which is empty until it is asked, and where abuse is alleged.
	"""

	title: ClassVar[str] = states.COMPLAINT
	error = InstitutionComplaintError
	steps: ClassVar[dict[str, str]] = {
		states.EXAMINED: "examine",
		states.DECIDED: "decide",
		states.CLOSED: "close",
	}

	def insert(self, *args, **options) -> "HandledComplaint":
		"""The unit is known before the right to make a complaint there is asked for."""
		self.set_place()
		return super().insert(*args, **options)

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		note_next_step(self, "status")
		if not before or before.org_unit != self.org_unit:
			notices.tell_of_new(self)
		if before and self.shown_institution and not before.shown_institution:
			notices.tell_institution(self)

	def keep_system_fields(self) -> None:
		"""And the unit that handles it, which follows what the complaint is against."""
		system_fields.keep(self, but=self.fills_itself)
		if not self.get_doc_before_save():
			self.received_on, self.is_anonymous = now_datetime(), 1
			self.channel = states.PAGE if self.flags.by_page else self.channel
			self.set_place()

	def set_place(self) -> None:
		if self.institution:
			found = frappe.db.get_value(
				"Institution", self.institution, ["institution_name", "governorate"], as_dict=True
			)
			self.update(found or {})
		else:
			self.institution_name = None
		self.org_unit = places.handling_unit(self.institution, self.governorate, self.against_unit)

	def place(self) -> Place:
		"""The unit that handles it; of the institution complained of nobody counts but by `shown_institution`."""
		before = self.get_doc_before_save()
		row = before or self
		return row.org_unit, row.shown_institution

	def check_content(self) -> None:
		before = self.get_doc_before_save()
		evidence.check_files(self)
		self.check_past("box_opened_on")
		if before and before.abuse_alleged and not self.abuse_alleged:
			self.refuse(_("An alleged abuse is decided on, not taken out."))
		if not before:
			return
		if {"institution", "governorate", "against_unit"} & changed_fields(self, before):
			self.set_place()
		self.show_to_institution()

	def show_to_institution(self) -> None:
		"""The institution is asked by a text of the examiner's own, never where abuse is alleged."""
		if cint(self.ask_institution) and self.abuse_alleged:
			self.refuse(_("Where abuse is alleged, the institution does not learn of the complaint."))
		if cint(self.ask_institution) and not (self.institution and self.text_for_institution):
			self.refuse(_("Write the text that the institution is asked with."))
		self.shown_institution = self.institution if cint(self.ask_institution) else None

	def guard_path(self) -> None:
		before = self.get_doc_before_save()
		changed = changed_fields(self, before)
		if not before:
			self.begin(changed)
			return
		self.check_involved(before)
		if changed:
			self.check_changes(before, changed)
			self.add_editor()
		if "institution_reply" in changed:
			self.stamp("replied")
		if before.status != self.status:
			check_role(before, self.status, *self.place(), _(self.title))
			getattr(self, self.steps[self.status])()

	def begin(self, changed: set[str]) -> None:
		"""A complaint begins with what is complained of; its clock begins now."""
		if changed - states.CONTENT:
			self.refuse(_("A complaint begins with what is complained of; the rest is written step by step."))
		if not self.flags.by_page:
			if self.channel == states.PAGE:
				self.refuse(_("Complaints of the public page come from there only."))
			self.add_editor()
			self.check_involved(self)
		settings = frappe.get_cached_doc("Inspection Settings")
		hours = cint(settings.abuse_triage_hours if self.abuse_alleged else settings.triage_hours)
		self.triage_due_on = add_to_date(now_datetime(), hours=hours) if hours else None

	def check_involved(self, row) -> None:
		"""Nobody of the institution or of the office complained of handles a complaint; the institution replies when it is asked."""
		user = frappe.session.user
		if user == "Administrator" or (row.shown_institution and self.is_reply_only(row)):
			return
		own = row.institution and user in officers_of(row.institution)
		if own or places.works_in(user, row.against_unit):
			frappe.throw(
				_("Nobody handles a complaint about his own office."), FourEyesError, title=_(self.title)
			)

	def is_reply_only(self, row) -> bool:
		return row.status == self.status and changed_fields(self, row) <= states.REPLY

	def check_changes(self, before, changed: set[str]) -> None:
		parts = states.WRITTEN.get(before.status, {})
		self.check_parts(before, changed, parts, others="handler", institution=states.HOME)

	# Steps, in the order of the states

	def examine(self) -> None:
		"""Taken on in its time; or reopened, with a reason, by somebody who did not decide on it."""
		if self.get_doc_before_save().status == states.DECIDED:
			self.need("return_reason")
			self.other_hands({self.decided_by}, _("Whoever decided on the complaint does not reopen it."))
			return
		self.stamp("triaged")
		self.triaged_late = int(is_past(self.triage_due_on))
		self.decision_due_on = due_after(frappe.get_cached_doc("Inspection Settings").complaint_days)

	def decide(self) -> None:
		"""With reasons, an answer, and what it led to. That abuse is unfounded is said by somebody else than who examined it."""
		self.need("outcome", "decision_reasons", "answer")
		self.check_outcome()
		if self.abuse_alleged and self.outcome == states.UNFOUNDED:
			self.other_hands(
				{self.triaged_by}, _("That abuse is unfounded is decided by somebody who did not examine it.")
			)
		self.ask_institution, self.shown_institution = 0, None
		self.stamp("decided")

	def check_outcome(self) -> None:
		"""The visit, violation, case or referral is there, and about the same institution."""
		if self.outcome == states.REFERRAL:
			self.need("referral_authority", "referral_number")
		field, doctype = states.LEADS_TO.get(self.outcome, (None, None))
		if not field:
			return
		self.need(field)
		found = frappe.db.get_value(doctype, self.get(field), ["institution", "status"])
		if self.institution and found[0] and found[0] != self.institution:
			self.refuse(_("What the complaint led to is about another institution."))
		if found[1] == CANCELLED:
			self.refuse(_("The visit was cancelled."))

	def close(self) -> None:
		"""What it led to has been done: a visit that was ordered has been made."""
		self.need("closing_note")
		if self.outcome == states.VISIT:
			status = frappe.db.get_value("Institution Visit", self.institution_visit, "status")
			if status not in MADE:
				self.refuse(_("The visit that was ordered has not been made yet."))
		self.stamp("closed")
