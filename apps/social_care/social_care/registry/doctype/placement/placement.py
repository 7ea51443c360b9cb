import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from social_care.registry import placements

FIXED = ("child", "setting", "institution", "family", "org_unit")
SYSTEM = (
	*("to_date", "is_current", "end_reason", "person", "child_name", "governorate"),
	*("placement_change", "end_change"),
)


class Placement(Document):
	"""Who cares for a child, from when to when, why and by which decision."""

	def before_insert(self) -> None:
		self.flags.previous = None if self.flags.admission else placements.lock_history(self.child)
		self.update({"is_current": 1, "to_date": None, "end_reason": "", "end_change": None})
		self.placement_change = self.flags.change

	def validate(self) -> None:
		self.set_place()
		if self.is_new():
			self.check_new()
		else:
			self.check_correction()

	def after_insert(self) -> None:
		placements.close_previous(self.flags.previous, self.from_date)
		if not self.flags.admission:
			placements.project(self)

	def on_trash(self) -> None:
		frappe.throw(
			_("A child's placement history is never deleted."), frappe.PermissionError, title=_("Not Deleted")
		)

	def set_place(self) -> None:
		"""Unit and governorate from the institution, names from the child's file; the unused links emptied."""
		if self.setting == placements.INSTITUTION:
			self.family = None
			self.org_unit = frappe.get_cached_value("Institution", self.institution, "org_unit")
		else:
			self.institution = None
		self.governorate = frappe.get_cached_value("Org Unit", self.org_unit, "governorate")
		self.child_name, self.person = (placements.of_child(self, field) for field in ("full_name", "person"))

	def check_new(self) -> None:
		"""The way it came about; dates without gap or overlap, room, siblings."""
		placements.check_way(self)
		placements.check_dates(self, self.flags.previous)
		placements.check_institution(self)
		placements.check_siblings(self)

	def check_correction(self) -> None:
		"""Only dates and reasons of a stored placement can be corrected; the neighbour before moves with it."""
		before = self.get_doc_before_save()
		self.update({field: before.get(field) for field in SYSTEM})
		if any((self.get(field) or "") != (before.get(field) or "") for field in FIXED):
			frappe.throw(
				_("Where a child lived is not changed afterwards; add the next placement instead."),
				placements.PlacementError,
				title=_("Placement"),
			)
		if getdate(before.from_date) != getdate(self.from_date):
			self.move_beginning(before)

	def move_beginning(self, before: Document) -> None:
		"""Shift the boundary to the placement that this one follows, keeping both of at least one day.

		One that care had ended with before stays as it ended; this one begins on that day at the earliest.
		"""
		placements.lock_history(self.child)
		earlier = placements.earlier(self.child, before.from_date)
		neighbour = earlier if earlier and earlier.end_reason not in placements.ENDINGS else None
		start = getdate(self.from_date)
		if neighbour:
			too_early = start <= getdate(neighbour.from_date)
		else:
			too_early = earlier and start < getdate(earlier.to_date)
		too_late = self.to_date and start >= getdate(self.to_date)
		if too_early or too_late:
			frappe.throw(
				_("The corrected date would swallow a whole placement."),
				placements.PlacementError,
				title=_("Placement"),
			)
		placements.check_beginning(self)
		if neighbour:
			frappe.db.set_value("Placement", neighbour.name, "to_date", self.from_date)
