from typing import ClassVar

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, get_datetime, getdate, now_datetime

from social_care import system_fields
from social_care.decisions.committees import agenda, closing, composition, inviting
from social_care.decisions.paper import UnitPaper, below
from social_care.registry.file_review import FourEyesError

CALLED, OPEN, CLOSED, CANCELLED = "Session Called", "In Session", "Session Closed", "Session Cancelled"


class SessionError(frappe.ValidationError):
	"""A session, or a decision in it, that the rules of the committee do not allow."""


class CommitteeSession(UnitPaper):
	"""A committee sits: who was there, what was decided on each case, by which votes; closed, every decision takes effect."""

	title: ClassVar[str] = "Committee Session"
	error = SessionError
	deciding: ClassVar[set[str]] = {"reason"}
	steps: ClassVar[dict[str, str]] = {OPEN: "open_it", CLOSED: "close_it", CANCELLED: "cancel_it"}

	@property
	def open_later(self) -> frozenset[str]:
		"""While the committee sits everything but its call is written."""
		before = self.get_doc_before_save()
		written = before and before.status == OPEN
		fields = {"discussion", "decisions", "attendees", "cases", "conflicts", "agenda", "ended_on"}
		return frozenset(fields if written else ())

	def place(self) -> tuple[str | None, str | None]:
		committee = (self.get_doc_before_save() or self).committee
		return frappe.db.get_value("Committee", committee, "org_unit"), None

	def keep_system_fields(self) -> None:
		super().keep_system_fields()
		for table in ("attendees", "cases", "decisions"):
			system_fields.keep_rows(self, table)

	def check_content(self) -> None:
		if self.is_new():
			self.take_number()
		if self.is_closing():
			agenda.check_still_waiting(self)
		if self.is_closing() or not self.is_written():
			return
		self.check_times()
		self.list_attendees()
		agenda.fill(self)
		self.count()
		self.check_recommendations()

	def is_written(self) -> bool:
		"""Whether the session can still change; one that is over stays as it was."""
		before = self.get_doc_before_save()
		return not before or before.status in (CALLED, OPEN)

	def is_closing(self) -> bool:
		"""The step that closes finds the minutes as they were written, and computes nothing anew."""
		before = self.get_doc_before_save()
		return bool(before) and before.status == OPEN and self.status == CLOSED

	def kind(self) -> Document:
		return frappe.get_cached_doc("Committee Kind", self.committee_kind)

	def take_number(self) -> None:
		"""The next number of the committee in the year; the committee's row keeps two from taking the same."""
		fields = ["committee_name", "committee_kind", "org_unit", "is_active"]
		found = frappe.db.get_value("Committee", self.committee, fields, as_dict=True, for_update=True)
		if not found.is_active:
			self.refuse(_("This committee is out of use."))
		self.update({"committee_kind": found.committee_kind, "org_unit": found.org_unit})
		self.session_year = getdate(self.held_on).year
		row = frappe.qb.DocType(self.doctype)
		last = frappe.qb.from_(row).select(row.session_number).for_update().limit(1)
		last = last.where((row.committee == self.committee) & (row.session_year == self.session_year))
		last = last.orderby(row.session_number, order=frappe.qb.desc).run()
		self.session_number = cint(last[0][0] if last else 0) + 1
		self.session_title = f"{self.session_number}/{self.session_year} – {found.committee_name}"

	def check_times(self) -> None:
		if getdate(self.held_on).year != cint(self.session_year):
			self.refuse(_("The number of a session belongs to its year: the session stays in it."))
		if self.ended_on and get_datetime(self.ended_on) < get_datetime(self.held_on):
			self.refuse(_("The meeting ends before it begins."))

	def list_attendees(self) -> None:
		"""The members of the day; once the committee sits they are those who were called."""
		before = self.get_doc_before_save()
		known = {row.seat: row.attendance for row in self.attendees if row.seat}
		if before and before.status == OPEN:
			rows = [
				row.as_dict() | {"attendance": known.get(row.seat) or "Absent"} for row in before.attendees
			]
		else:
			stored = {row.seat: row.as_dict() for row in before.attendees} if before else {}
			rows = composition.attendance(composition.seats_on(self.committee, self.held_on), known)
			rows = [stored.get(row["seat"], {}) | row for row in rows]
		self.set("attendees", rows)

	def count(self) -> None:
		"""Whether the committee can decide."""
		self.voters = sum(cint(row.has_vote) for row in self.attendees)
		self.voters_present = len(composition.voters(self))
		self.quorum_needed = composition.rule(self.kind()).needed(self.voters)
		self.has_quorum = int(self.voters_present >= self.quorum_needed)

	def check_recommendations(self) -> None:
		for row in self.decisions:
			if bool(row.org_unit) != bool(row.due_on):
				self.refuse(_("Decision {0}: a responsible unit and a day go together.").format(row.idx))
			if row.org_unit and not below(row.org_unit, self.org_unit):
				self.refuse(_("Decision {0}: a unit directs itself and the units below it.").format(row.idx))

	# Path

	def open_it(self) -> None:
		"""It has begun, somebody presides, and enough members are there."""
		if get_datetime(self.held_on) > now_datetime():
			self.refuse(_("The meeting has not begun yet."))
		self.check_quorum()

	def check_quorum(self) -> None:
		if not self.has_quorum:
			self.refuse(
				_("There is no quorum: {0} voting members are present, {1} are needed.").format(
					self.voters_present, self.quorum_needed
				)
			)
		if not composition.presiding(self):
			self.refuse(_("Neither the chair nor the deputy is present."))

	def close_it(self) -> None:
		"""By other hands than wrote the minutes, where the kind says so; the step changes nothing of them."""
		before = self.get_doc_before_save()
		if self.changes():
			self.refuse(
				_("Save the minutes first; the step that closes the session changes nothing in them.")
			)
		written = {self.owner, *(before.content_editors or "").split()}
		if cint(self.kind().closed_by_others) and frappe.session.user in written:
			frappe.throw(
				_("Whoever wrote the minutes does not close the session."),
				FourEyesError,
				title=_("Four Eyes"),
			)
		self.need("discussion")
		self.check_quorum()
		closing.check_cases(self, self.kind())
		for row in self.cases:
			row.by_casting_vote = int(not closing.votes_of(row).carried())
		self.stamp("closed")

	def cancel_it(self) -> None:
		self.need("reason")

	def on_update(self) -> None:
		super().on_update()
		if self.has_value_changed("status") and self.status == CLOSED:
			closing.carry_out(self)
		inviting.tell(self)
