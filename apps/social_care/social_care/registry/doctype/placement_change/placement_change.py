from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import add_to_date, cint, date_diff, get_datetime, getdate, now_datetime, nowdate

from social_care.registry.child_paper import ChildPaper, editing_roles, lock_child
from social_care.registry.file_review import FourEyesError, changed_fields
from social_care.registry.moves import checks, effect, facts, notices, sides, states
from social_care.workflow_actions import note_next_step


class PlacementChange(ChildPaper):
	"""One movement of one child, from the proposal to the hand-over. Where it may be seen: hooks.py, either side's row."""

	title: ClassVar[str] = "Placement Change"
	steps: ClassVar[dict[str, str]] = {
		states.DRAFT: "give_back",
		states.APPROVAL: "propose",
		states.ACCEPTANCE: "address",
		states.SCHEDULED: "schedule",
		states.CONFIRMATION: "move_at_once",
		states.ON_LEAVE: "begin_leave",
		states.CARRIED_OUT: "carry_out",
		states.DECLINED: "decline",
		states.CANCELLED: "withdraw",
		states.EXPIRED: "expire",
	}

	def before_insert(self) -> None:
		super().before_insert()
		lock_child(self.child)
		if other := self.other_open(status=["in", self.waits_for()]):
			self.refuse(_("A movement of this child is under way already: {0}").format(other))

	def waits_for(self) -> tuple[str, ...]:
		"""States of another movement that has to end first. Care may end before an emergency transfer was confirmed."""
		return states.WAITING if self.movement == states.EXIT else (*states.WAITING, states.CONFIRMATION)

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		if self.status == states.SCHEDULED and self.takes_effect_by_itself():
			self.db_set(effect.at_once(self))
		note_next_step(self, "status")
		if not before or before.status != self.status:
			notices.tell(self)

	def place(self) -> sides.Place:
		"""The sending side; for a new change where the child is now."""
		return super().place() if self.is_new() else sides.sender(self.get_doc_before_save() or self)

	def check_writer(self) -> None:
		if frappe.session.user != "Administrator" and not self.flags.ignore_permissions:
			sides.check_writer(self)

	def check_content(self) -> None:
		"""While it is a draft, and at the moment it leaves the draft, the facts are written anew."""
		before = self.get_doc_before_save()
		if not before or before.status == states.DRAFT:
			facts.fill(self)

	def guard_path(self) -> None:
		before = self.get_doc_before_save()
		changed = changed_fields(self, before)
		if not before or (before.status == states.DRAFT and changed):
			self.add_editor()
		if not before:
			return
		self.check_changes(before, changed)
		if before.status != self.status:
			sides.check_step(self, before)
			getattr(self, self.steps[self.status])()

	def check_changes(self, before, changed: set[str]) -> None:
		"""What was proposed is not rewritten; in each state the Workflow says who writes what is still open."""
		if before.status == states.DRAFT or not changed:
			return
		sent, received = states.WRITTEN.get(before.status, (states.NOTHING, states.NOTHING))
		if changed - sent - received:
			self.refuse(_("What was proposed is not changed any more; cancel it and propose anew."))
		roles = editing_roles(self.doctype, before.status)
		if frappe.session.user != "Administrator" and changed - sides.open_fields(before, roles):
			self.refuse(_("It is {0}; it cannot be edited now by you.").format(_(before.status)))
		if "due_back_on" in changed:
			self.move_return(before)

	def move_return(self, before) -> None:
		"""A child may come back earlier; a longer leave is decided anew, by whoever decides on one of that length."""
		self.need("due_back_on")
		checks.check_leave(self)
		if getdate(self.due_back_on) > getdate(before.due_back_on):
			self.four_eyes()
			self.check_held(sides.DECIDERS | {sides.HOME_DIRECTOR})
			self.check_leave_authority()
		effect.change_return(self)

	def takes_effect_by_itself(self) -> bool:
		"""A decided leave or exit whose day has come needs nobody's answer."""
		return self.movement not in states.RECEIVED and getdate(self.effective_date) <= getdate(nowdate())

	# Steps, in the order of the states

	def give_back(self) -> None:
		self.need("closing_reason")

	def propose(self) -> None:
		"""Before the sending directorate (or, for a short leave, the institution's director)."""
		checks.ready(self)
		self.stamp("proposed")

	def address(self) -> None:
		"""Decided by the sending side; from now on the receiving institution sees the request."""
		if self.get_doc_before_save().status == states.DRAFT:
			if sides.approval_needed(self):
				self.refuse(_("The sending directorate approves this movement first."))
			checks.ready(self)
			self.stamp("proposed")
		else:
			self.approve()
		checks.check_decision(self)
		self.show_to_receiver(add_to_date(now_datetime(), days=cint(checks.setting("acceptance_days"))))

	def approve(self) -> None:
		self.four_eyes()
		checks.check_unmoved(self)
		checks.check_target(self)
		self.stamp("approved")

	def show_to_receiver(self, due) -> None:
		if self.movement not in states.RECEIVED:
			self.refuse(_("This movement has no receiving institution."))
		self.update(
			{
				"addressed_institution": self.to_institution,
				"addressed_unit": self.to_unit,
				"answer_due_on": due,
			}
		)

	def schedule(self) -> None:
		"""Accepted by the receiving institution, or, for a leave or an exit, decided."""
		if self.get_doc_before_save().status == states.ACCEPTANCE:
			self.accept()
			return
		if self.movement in states.RECEIVED:
			self.refuse(_("The receiving institution has to accept this movement."))
		self.four_eyes()
		checks.check_unmoved(self)
		checks.check_decision(self)
		self.check_leave_authority()
		self.stamp("approved")

	def check_leave_authority(self) -> None:
		"""The institution's director decides on short leaves only (Social Care Settings, days)."""
		days = date_diff(self.due_back_on, self.effective_date) if self.movement == states.LEAVE else 0
		if self.movement != states.LEAVE or days > cint(checks.setting("leave_days_home")):
			self.check_held(sides.DECIDERS)

	def check_held(self, deciding: frozenset[str]) -> None:
		"""One of these roles is the session user's at the sender's place."""
		if frappe.session.user != "Administrator" and not deciding & sides.held(self.place()):
			self.refuse(_("The directorate decides on this movement."))

	def accept(self) -> None:
		"""By somebody of the receiving institution who had no part in the proposal."""
		self.other_hands()
		checks.check_unmoved(self)
		checks.check_target(self)
		self.answer_due_on = None
		self.stamp("accepted")

	def other_hands(self) -> None:
		"""Whoever proposed or approved does not answer for the receiving side."""
		self.four_eyes()
		if frappe.session.user in (self.proposed_by, self.approved_by):
			frappe.throw(
				_("Whoever entered or edited this may not decide on it."), FourEyesError, title=_("Four Eyes")
			)

	def move_at_once(self) -> None:
		"""Emergency: the directorate's director moves the child today and answers for it; the acceptance follows."""
		if not self.is_emergency:
			self.refuse(_("Only an emergency transfer is carried out before it is accepted."))
		checks.ready(self)
		self.stamp("proposed")
		self.stamp("approved")
		self.handed_over_on = nowdate()
		self.update(effect.move(self))
		self.show_to_receiver(add_to_date(now_datetime(), hours=cint(checks.setting("emergency_hours"))))

	def begin_leave(self) -> None:
		if self.movement != states.LEAVE:
			self.refuse(_("This movement is not a leave."))
		self.check_day_has_come(self.effective_date)
		self.update(effect.begin_leave(self))

	def carry_out(self) -> None:
		"""Handed over, returned from leave, or confirmed after an emergency."""
		old = self.get_doc_before_save().status
		if old == states.CONFIRMATION:
			self.other_hands()
			self.answer_due_on = None
			self.stamp("accepted")
		elif self.movement == states.LEAVE:
			self.come_back(old)
		else:
			self.hand_over()

	def come_back(self, old: str) -> None:
		if old != states.ON_LEAVE:
			self.refuse(_("The leave has not begun."))
		self.need("returned_on")
		if getdate(self.returned_on) < getdate(self.effective_date):
			self.refuse(_("The child cannot return before the leave began."))
		self.check_day_has_come(self.returned_on)
		self.update(effect.end_leave(self))

	def hand_over(self) -> None:
		"""On the day of the hand-over the Placement is written and the file passes to the new keeper."""
		if self.movement in states.RECEIVED:
			self.handed_over_on = self.handed_over_on or self.effective_date
			if getdate(self.handed_over_on) < getdate(self.effective_date):
				self.refuse(_("The hand-over lies before the day that was agreed upon."))
			self.check_day_has_come(self.handed_over_on)
		else:
			self.check_day_has_come(self.effective_date)
		self.update(effect.move(self))

	def check_day_has_come(self, day) -> None:
		if getdate(day) > getdate(nowdate()):
			self.refuse(_("The day of this movement has not come yet."))

	def decline(self) -> None:
		self.need("decline_reason")
		self.end()

	def withdraw(self) -> None:
		if self.get_doc_before_save().status != states.DRAFT:
			self.need("closing_reason")
		self.end()

	def expire(self) -> None:
		"""Not answered in time."""
		if not self.answer_due_on or get_datetime(self.answer_due_on) > now_datetime():
			self.refuse(_("The time for the answer has not passed yet."))
		self.end()

	def end(self) -> None:
		self.answer_due_on = None
		self.stamp("closed")
