import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from social_care.registry import placements

FIXED = ("child", "setting", "institution", "family", "org_unit")
SYSTEM = ("to_date", "is_current", "end_reason", "person", "child_name", "governorate")


class Placement(Document):
	"""Who cares for a child, from when to when, why and by which decision."""

	def before_insert(self) -> None:
		self.flags.previous = None if self.flags.admission else placements.lock_history(self.child)
		self.update({"is_current": 1, "to_date": None, "end_reason": ""})

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
		"""Dates without gap or overlap, room, siblings."""
		placements.check_dates(self, self.flags.previous)
		placements.check_institution(self)
		placements.check_siblings(self)

	def check_correction(self) -> None:
		"""Only dates and reasons of a stored placement can be corrected; the neighbour before moves with it."""
		before = self.get_doc_before_save()
		if any((self.get(field) or "") != (before.get(field) or "") for field in FIXED):
			frappe.throw(
				_("Where a child lived is not changed afterwards; add the next placement instead."),
				placements.PlacementError,
				title=_("Placement"),
			)
		self.update({field: before.get(field) for field in SYSTEM})
		if getdate(before.from_date) != getdate(self.from_date):
			self.move_beginning(before)

	def move_beginning(self, before: Document) -> None:
		"""Shift the boundary to the placement before, keeping both of at least one day."""
		placements.lock_history(self.child)
		neighbour = frappe.db.get_value(
			"Placement",
			{"child": self.child, "to_date": before.from_date},
			["name", "from_date"],
			as_dict=True,
			for_update=True,
		)
		start = getdate(self.from_date)
		too_early = neighbour and start <= getdate(neighbour.from_date)
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
