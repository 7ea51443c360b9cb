from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import cint, flt, getdate, now_datetime, nowdate
from social_care.registry.child_paper import ChildRecord

from social_care_kafala.kafala.training import results

PLANNED, HELD, CANCELLED = "Course Planned", "Course Held", "Course Cancelled"
STEPS = {(PLANNED, HELD), (PLANNED, CANCELLED)}


class KafalaTrainingError(frappe.ValidationError):
	"""A course or an attendance that the rules do not allow now."""


class KafalaTrainingCourse(ChildRecord):
	"""A course of the mandatory training: who gives it, where, on which days. It names no family; trainees are rows of their own."""

	title: ClassVar[str] = results.COURSE
	error = KafalaTrainingError

	def on_trash(self) -> None:
		frappe.throw(_("A course is cancelled, not deleted."), frappe.PermissionError, title=_("Not Deleted"))

	def place(self) -> tuple[str | None, str | None]:
		before = self.get_doc_before_save()
		return (before or self).org_unit, None

	def check_content(self) -> None:
		before = self.get_doc_before_save()
		if before and before.status != PLANNED:
			self.refuse(_("A course that was held or cancelled is not rewritten."))
		self.check_days()
		if self.status != (before.status if before else PLANNED):
			self.take_step(before)

	def check_days(self) -> None:
		"""Each day once, with hours; the sums of the course follow."""
		days = [getdate(row.day) for row in self.days]
		if len(set(days)) < len(days):
			self.refuse(_("A day stands twice."))
		if any(not 0 < flt(row.hours) <= 24 for row in self.days):
			self.refuse(_("Write the hours of each day."))
		self.total_hours = sum(flt(row.hours) for row in self.days)
		self.first_day, self.last_day = min(days, default=None), max(days, default=None)

	def take_step(self, before) -> None:
		"""Held once its last day has come, with trainees; or cancelled."""
		if not before or (before.status, self.status) not in STEPS:
			self.refuse(_("A course begins as planned, and is then held or cancelled."))
		if self.status == HELD:
			if getdate(self.last_day) > getdate(nowdate()):
				self.refuse(_("The last day of the course has not come yet."))
			if not trainees(self.name):
				self.refuse(_("Nobody was entered for this course."))
		self.closed_on = now_datetime()

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		if before and before.status == PLANNED and self.status == HELD:
			results.give(self)


def trainees(course: str) -> int:
	return cint(frappe.db.count(results.TRAINEE, {"course": course}))
