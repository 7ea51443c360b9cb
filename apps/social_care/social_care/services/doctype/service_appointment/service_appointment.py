import frappe
from frappe import _
from frappe.model.document import Document

from social_care import system_fields
from social_care.registry.arabic import join_name
from social_care.services.counter import capacity, offices
from social_care.services.runtime.telephones import phone_key


class ServiceAppointment(Document):
	"""A place at a counter on a day, for one who comes for services of a group."""

	def before_validate(self) -> None:
		self.keep_state()
		offices.take_place(self)

	def validate(self) -> None:
		self.applicant_name = join_name(self.applicant_name)
		self.phone_key = phone_key(self.applicant_phone)
		self.take_room()

	def keep_state(self) -> None:
		"""Who arrived and who did not come is written by the counter (services/counter/appointments.py), the key by the page."""
		before = self.get_doc_before_save()
		if not self.flags.by_counter:
			self.state = before.state if before else "Booked"
		if before or not self.flags.ignore_permissions:  # a page without an account books past the rights
			system_fields.keep(self, ("page_key",))

	def take_room(self) -> None:
		"""A new booking, and one that moves to another day, counter or group, needs a free place."""
		before = self.get_doc_before_save()
		moved = not before or any(
			str(self.get(field)) != str(before.get(field)) for field in ("office", "service_group", "day")
		)
		if moved and self.state == "Booked":
			capacity.take(self)
		elif moved:
			frappe.throw(
				_("Only an open appointment is moved to another day."),
				capacity.NoPlaceError,
				title=_("Appointment"),
			)

	def on_trash(self) -> None:
		frappe.throw(
			_("An appointment is cancelled, never deleted."), frappe.PermissionError, title=_("Not Deleted")
		)
