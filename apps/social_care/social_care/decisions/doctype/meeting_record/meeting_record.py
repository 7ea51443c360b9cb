from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from social_care import system_fields
from social_care.decisions import meetings
from social_care.decisions.paper import UnitPaper, below
from social_care.registry.file_review import FourEyesError

CONVENED, HELD, APPROVED, CANCELLED = "Convened", "Held", "Minutes Approved", "Cancelled"


class MeetingRecord(UnitPaper):
	"""A meeting from its invitation to its approved minutes, whose decisions become directives."""

	title: ClassVar[str] = "Meeting Record"
	deciding: ClassVar[set[str]] = {"reason"}
	steps: ClassVar[dict[str, str]] = {HELD: "hold", APPROVED: "approve", CANCELLED: "cancel_it"}

	@property
	def open_later(self) -> frozenset[str]:
		"""Minutes are written until they are approved; the invitation is not rewritten once the meeting was held."""
		before = self.get_doc_before_save()
		written = before and before.status == HELD
		return frozenset({"discussion", "decisions", "attendees", "ended_on"} if written else ())

	def keep_system_fields(self) -> None:
		super().keep_system_fields()
		system_fields.keep_rows(self, "decisions")

	def check_content(self) -> None:
		if self.ended_on and get_datetime(self.ended_on) < get_datetime(self.held_on):
			self.refuse(_("The meeting ends before it begins."))
		for row in self.decisions:
			if bool(row.org_unit) != bool(row.due_on):
				self.refuse(_("Decision {0}: a responsible unit and a day go together.").format(row.idx))
			if row.org_unit and not below(row.org_unit, self.org_unit):
				self.refuse(_("Decision {0}: a unit directs itself and the units below it.").format(row.idx))

	def hold(self) -> None:
		"""It has begun, and somebody was there."""
		if get_datetime(self.held_on) > now_datetime():
			self.refuse(_("The meeting has not begun yet."))
		if not any(row.attendance.startswith("Present") for row in self.attendees):
			self.refuse(_("Nobody attended the meeting."))

	def approve(self) -> None:
		"""By other hands than those that wrote the minutes."""
		self.need("discussion")
		if frappe.session.user in {self.owner, *(self.content_editors or "").split()}:
			frappe.throw(
				_("Whoever wrote the minutes does not approve them."), FourEyesError, title=_("Four Eyes")
			)
		self.stamp("approved")

	def cancel_it(self) -> None:
		self.need("reason")

	def on_update(self) -> None:
		super().on_update()
		if self.has_value_changed("status") and self.status == APPROVED:
			meetings.make_directives(self)
