import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from social_care import system_fields

ROLE = "Directorate Data Officer"


class DataOfficerError(frappe.ValidationError):
	"""A second active data officer in one directorate, or one who is not at a directorate."""


class DataOfficer(Document):
	"""The one person in each directorate who answers for its data; his assignment follows from this row."""

	def validate(self) -> None:
		system_fields.keep(self, ("staff_assignment",))
		self.check_directorate()
		self.check_only_one()

	def on_update(self) -> None:
		self.write_assignment()

	def on_trash(self) -> None:
		if self.staff_assignment:
			assignment = self.staff_assignment
			self.db_set("staff_assignment", None)
			frappe.delete_doc(
				"Staff Assignment", assignment, ignore_permissions=True, flags={"of_data_officer": True}
			)

	def check_directorate(self) -> None:
		"""Data officers belong to directorates."""
		if frappe.db.get_value("Org Unit", self.directorate, "level") != "Directorate":
			frappe.throw(_("Choose a directorate."), DataOfficerError, title=_("Data Officer"))
		if self.valid_to and getdate(self.valid_to) < getdate(self.valid_from):
			frappe.throw(_("The assignment ends before it begins."), DataOfficerError, title=_("Dates"))

	def check_only_one(self) -> None:
		"""No other officer of the directorate on any of these days; the directorate's row is locked meanwhile."""
		frappe.db.get_value("Org Unit", self.directorate, "name", for_update=True)
		end = self.valid_to or "9999-12-31"
		for other in frappe.get_all(
			"Data Officer",
			filters={"directorate": self.directorate, "name": ["!=", self.name or ""]},
			fields=["valid_from", "valid_to", "full_name"],
		):
			if getdate(other.valid_from) <= getdate(end) and getdate(self.valid_from) <= getdate(
				other.valid_to or "9999-12-31"
			):
				frappe.throw(
					_("The directorate already has a data officer at that time; end that assignment first."),
					DataOfficerError,
					title=_("Data Officer"),
				)

	def write_assignment(self) -> None:
		"""Keep the Staff Assignment that gives the officer his scope; whoever may name him may do this."""
		assignment = (
			frappe.get_doc("Staff Assignment", self.staff_assignment)
			if self.staff_assignment
			else frappe.new_doc("Staff Assignment")
		)
		assignment.update(
			{
				"user": self.user,
				"role": ROLE,
				"scope": "Unit and Below",
				"org_unit": self.directorate,
				"valid_from": self.valid_from,
				"valid_to": self.valid_to,
				"decision_number": self.decision_number,
			}
		)
		assignment.flags.of_data_officer = True
		assignment.save(ignore_permissions=True)
		if not self.staff_assignment:
			self.db_set("staff_assignment", assignment.name)
