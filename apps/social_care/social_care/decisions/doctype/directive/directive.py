from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import flt, getdate, now_datetime

from social_care import system_fields
from social_care.decisions import directives
from social_care.decisions.paper import UnitPaper, below

DRAFT, ISSUED, RUNNING, REPORTED = "Draft", "Issued", "Being Carried Out", "Reported as Done"
CLOSED, CANCELLED = "Closed", "Cancelled"
WRITTEN = (DRAFT, ISSUED, RUNNING)  # states in which the report and the follow-up are written
# Steps of the unit that carries the directive out; all others are taken by the unit that issued it.
CARRYING = {(ISSUED, RUNNING), (RUNNING, REPORTED)}
REPORT = frozenset({"updates", "report_text"})


class Directive(UnitPaper):
	"""What a unit is told to do, until when, what became of it, and who found it done."""

	title: ClassVar[str] = "Directive"
	fills_itself: ClassVar[frozenset[str]] = frozenset({"status", "meeting"})
	deciding: ClassVar[set[str]] = {"reason"}
	open_later: ClassVar[frozenset[str]] = REPORT
	steps: ClassVar[dict[str, str]] = {
		ISSUED: "issue",
		RUNNING: "begin",
		REPORTED: "report",
		CLOSED: "close",
		CANCELLED: "cancel_it",
	}

	def keep_system_fields(self) -> None:
		super().keep_system_fields()
		system_fields.keep_rows(self, "updates")

	def side(self, stored) -> str:
		if stored.status == self.status:
			carrying = stored.status != DRAFT and bool(self.changes() & REPORT)
		else:
			carrying = (stored.status, self.status) in CARRYING
		return stored.org_unit if carrying else stored.issuing_unit

	def check_editing(self, changed: set[str]) -> None:
		"""The unit writes its report, the issuer a reason: not one the part of the other."""
		super().check_editing(changed)
		if changed & REPORT and changed - REPORT and self.status != DRAFT:
			self.refuse(_("It is {0}; it cannot be edited now by you.").format(_(self.status)))

	def guard_path(self) -> None:
		super().guard_path()
		before = self.get_doc_before_save()
		if before and before.status not in WRITTEN and self.changes() & REPORT:
			self.refuse(_("It is {0}: its content is not rewritten.").format(_(before.status)))

	def check_content(self) -> None:
		self.check_past("directive_date")
		if getdate(self.due_on) < getdate(self.directive_date):
			self.refuse(_("The directive is due before it is given."))
		if not below(self.org_unit, self.issuing_unit):
			self.refuse(_("A unit directs itself and the units below it."))
		self.note_updates()
		self.note_report()

	def note_updates(self) -> None:
		"""Each row says who wrote it and when and is his alone; the last one how much is done."""
		before = self.get_doc_before_save()
		self.keep_rows_of_others(before.updates if before else [])
		for row in self.updates:
			if not row.updated_on:
				row.update({"updated_on": now_datetime(), "updated_by": frappe.session.user})
			if not 0 <= flt(row.percent_done) <= 100:
				self.refuse(_("Row {0}: a share lies between 0 and 100.").format(row.idx))
		done = self.status in (REPORTED, CLOSED)
		self.percent_done = 100 if done else self.updates[-1].percent_done if self.updates else 0

	def keep_rows_of_others(self, stored: list) -> None:
		"""A row of follow-up is not removed, and not rewritten by anybody but who wrote it."""
		rows = {row.name: row for row in self.updates}
		for old in stored:
			new = rows.get(old.name)
			if not new:
				self.refuse(_("Row {0} of the follow-up is kept.").format(old.idx))
			written = [(row.update_text, flt(row.percent_done)) for row in (old, new)]
			if written[0] != written[1] and old.updated_by != frappe.session.user:
				self.refuse(_("Row {0} of the follow-up was written by somebody else.").format(old.idx))

	def note_report(self) -> None:
		"""Whoever wrote the report last."""
		if "report_text" in self.changes():
			self.report_by = frappe.session.user if self.report_text else None

	def issue(self) -> None:
		self.addressed_unit = self.org_unit

	def begin(self) -> None:
		"""Taken up by the unit, or returned to it with a reason."""
		if self.get_doc_before_save().status == REPORTED:
			self.need("reason")
			self.update({"reported_by": None, "reported_on": None})

	def report(self) -> None:
		self.need("report_text")
		self.stamp("reported")

	def close(self) -> None:
		"""By other hands than those that wrote of it and reported it."""
		directives.other_hands(self.reported_by, *(row.updated_by for row in self.updates), self.report_by)
		self.stamp("closed")

	def cancel_it(self) -> None:
		self.need("reason")

	def on_update(self) -> None:
		super().on_update()
		if self.has_value_changed("status"):
			directives.tell_of_step(self)
