"""Who complained: a record of its own, without versions, that no role of an institution and no complaint form opens."""

import frappe
from frappe import _
from frappe.model.document import Document
from social_care.organisation.grants import roles_at

from social_care_inspections.inspections.complaints import states
from social_care_inspections.inspections.paper import never_deleted

CHILD = "Child of the Institution"


class ComplaintSenderError(frappe.ValidationError):
	"""A sender that cannot be as it was sent."""


class Sender(Document):
	"""One person who complained and gave a name. An anonymous complaint has none."""

	def validate(self) -> None:
		self.check_writer()
		if not any((self.full_name, self.telephone, self.child)):
			self.refuse(_("Write a name or a telephone; without both, the complaint stays without a name."))
		if self.child and self.sender_kind != CHILD:
			self.refuse(_("Only a child of the institution is named as a child."))

	def on_update(self) -> None:
		frappe.db.set_value(
			states.COMPLAINT, self.institution_complaint, "is_anonymous", 0, update_modified=False
		)

	def on_trash(self) -> None:
		never_deleted()

	def check_writer(self) -> None:
		"""Writing counts at the unit that handles the complaint."""
		user = frappe.session.user
		if user == "Administrator" or self.flags.ignore_permissions:
			return
		unit = frappe.db.get_value(states.COMPLAINT, self.institution_complaint, "org_unit")
		able = {row.role for row in self.meta.permissions if row.create}
		if not able & roles_at(user, unit, None):
			frappe.throw(
				_("You have no right to write this at the unit that handles the complaint."),
				frappe.PermissionError,
				title=_(states.SENDER),
			)

	def refuse(self, message: str) -> None:
		frappe.throw(message, ComplaintSenderError, title=_(states.SENDER))
