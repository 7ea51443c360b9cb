from typing import ClassVar

import frappe
from frappe import _
from frappe.model.naming import make_autoname
from frappe.utils import add_days, cint, nowdate
from social_care import system_fields
from social_care.registry.child_paper import ChildPaper

from social_care_kafala.kafala.matching import reserving, states
from social_care_kafala.kafala.path.clock import settings

LETTER = "KVL-{unit}-.YYYY.-.####"


class KafalaReservation(ChildPaper):
	"""A child, with siblings, held for one family: from the social worker's choice over letter and visits to the result.

	Whoever keeps the family's file keeps it; it ends with the hand-over, with a release and its reason, or by time.
	"""

	title: ClassVar[str] = states.DOCTYPE
	error = states.ReservationError
	deciding: ClassVar[set[str]] = {"release_cause", "release_reason"}
	steps: ClassVar[dict[str, str]] = {
		states.VISITING: "issue_letter",
		states.MATCHED: "accept",
		states.RELEASED: "release",
	}

	def before_insert(self) -> None:
		super().before_insert()
		reserving.begin(self)

	def place(self) -> tuple[str | None, str | None]:
		return frappe.db.get_value(states.FILE, self.family_file or "", "org_unit"), None

	def db_insert(self, *args, **kwargs) -> None:
		try:
			super().db_insert(*args, **kwargs)
		except frappe.UniqueValidationError:
			frappe.clear_last_message()  # the framework's sentence on a unique field
			states.refuse_second(self.family_file)

	def keep_system_fields(self) -> None:
		super().keep_system_fields()
		system_fields.keep_rows(self, "visits")
		before = self.get_doc_before_save()
		if before:
			self.set("children", [row.as_dict() for row in before.children])

	def check_content(self) -> None:
		before = self.get_doc_before_save()
		if not before:
			reserving.take(self)
		elif before.status not in states.OPEN and (self.changes() or before.status != self.status):
			self.refuse(_("What was tried is not rewritten."))
		self.check_past("medical_on")
		self.check_visits()

	def check_visits(self) -> None:
		"""Visits lie between the letter and today; each says who wrote it down."""
		if self.visits and not self.letter_on:
			self.refuse(_("Visits begin with the viewing letter."))
		for row in self.visits:
			if not str(self.letter_on) <= str(row.visit_date) <= nowdate():
				self.refuse(_("Visit {0} lies before the letter or in the future.").format(row.idx))
			row.recorded_by = row.recorded_by or frappe.session.user
		self.visits_left = max(cint(settings().visits_wanted) - len(self.visits), 0)

	# Path

	def issue_letter(self) -> None:
		"""The directorate lets the family visit the child; whoever chose the child does not."""
		self.four_eyes()
		reserving.check_waiting(self)
		self.letter_number = make_autoname(LETTER.format(unit=self.org_unit))
		self.update({"letter_on": nowdate(), "letter_by": frappe.session.user})
		self.expires_on = add_days(nowdate(), cint(settings().visit_days))

	def accept(self) -> None:
		"""Every visit was made, the child was examined and heard; other hands than those that recorded it."""
		self.four_eyes()
		if self.visits_left:
			self.refuse(_("Visits still to be made: {0}").format(self.visits_left))
		self.need("medical_on", "medical_result")
		if not (self.child_view or self.no_view_reason):
			self.refuse(_("Write the child's own view of this family, or why there is none."))
		if self.medical_result == "The Family Does Not Accept":
			self.refuse(_("The family does not accept the result of the examination; release the child."))
		reserving.check_waiting(self)
		self.stamp("accepted")

	def release(self) -> None:
		"""The child is free for other families again; what was tried, and why it ended, stays."""
		self.need("release_cause", "release_reason")
		before = self.get_doc_before_save()
		if before.status == states.MATCHED and not reserving.may_be_let_go(self):
			self.refuse(_("The family's case is past the visits; send it back to the viewing first."))
		self.set_free()

	def set_free(self) -> None:
		"""Nothing of it is held any more."""
		self.stamp("closed")
		self.open_file = None
		for row in self.children:
			row.open_child = None
