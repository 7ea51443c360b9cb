import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from social_care.organisation import staff_roles
from social_care.organisation.field_levels import spreading
from social_care.organisation.grants import INSTITUTION, forget_grants


class StaffAssignmentError(frappe.PermissionError):
	"""An assignment that the user may not give."""


class StaffAssignment(Document):
	"""User × role × place × dates: the only source of row scope."""

	def validate(self) -> None:
		self.check_dates()
		self.check_place()
		self.check_giver()
		self.check_levels()

	def on_update(self) -> None:
		self.refresh_users()

	def after_delete(self) -> None:
		self.refresh_users()

	def check_dates(self) -> None:
		"""valid_from ≤ valid_to."""
		if self.valid_to and getdate(self.valid_to) < getdate(self.valid_from):
			frappe.throw(_("The assignment ends before it begins."), title=_("Dates"))

	def check_place(self) -> None:
		"""Exactly the place that the scope names."""
		field = "institution" if self.scope == INSTITUTION else "org_unit"
		if not self.get(field):
			frappe.throw(_("Choose the place of the assignment."), frappe.MandatoryError, title=_("Place"))
		self.set("org_unit" if field == "institution" else "institution", None)

	def check_giver(self) -> None:
		"""Nobody assigns himself; who is no administrator gives only the roles that the settings let him give."""
		giver = frappe.session.user
		if giver == "Administrator":
			return
		before = self.get_doc_before_save()
		if giver == self.user or (before and before.user == giver):
			frappe.throw(
				_("Nobody may change his own assignments."), StaffAssignmentError, title=_("Staff Assignment")
			)
		if self.flags.of_data_officer:  # checked by the right to name one
			return
		for role in {self.role, before.role if before else self.role}:
			if not staff_roles.may_give(giver, role):
				frappe.throw(
					_("You may not give the role {0}.").format(_(role)),
					StaffAssignmentError,
					title=_("Staff Assignment"),
				)

	def check_levels(self) -> None:
		"""No protected field is opened at one place by a role that was given for another."""
		fields = ["name", "role", "scope", "org_unit", "institution", "valid_from", "valid_to"]
		others = frappe.get_all("Staff Assignment", {"user": self.user, "name": ["!=", self.name]}, fields)
		if name := spreading(self, [other for other in others if self.overlaps(other)]):
			frappe.throw(
				_(
					"With assignment {0} of the same user, this one would open protected fields at a place where they"
					" are not his to read. Give it to an account of its own."
				).format(name),
				title=_("Staff Assignment"),
			)

	def overlaps(self, other) -> bool:
		"""Whether both are valid on some day."""
		begins = max(getdate(self.valid_from), getdate(other.valid_from))
		ends = [getdate(end) for end in (self.valid_to, other.valid_to) if end]
		return not ends or begins <= min(ends)

	def on_trash(self) -> None:
		self.check_giver()

	def refresh_users(self) -> None:
		"""Bring the user's roles and defaults in line with his assignments."""
		forget_grants()
		before = self.get_doc_before_save()
		for user in {self.user, before.user if before else self.user}:
			staff_roles.sync(user)
