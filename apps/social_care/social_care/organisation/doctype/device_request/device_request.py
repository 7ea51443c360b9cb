import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, nowdate

from social_care import system_fields
from social_care.organisation.readiness import places
from social_care.organisation.readiness.provision import DeviceRequestError


class DeviceRequest(Document):
	"""Devices that a unit or an institution asks for, until they are there (organisation/readiness/provision.py)."""

	def before_insert(self) -> None:
		self.flags.is_first = True

	def validate(self) -> None:
		system_fields.keep(self)
		places.set_place(self)
		self.check_open()
		if self.flags.is_first:
			self.requested_by, self.requested_on = frappe.session.user, nowdate()

	def on_trash(self) -> None:
		frappe.throw(
			_("A request for devices is never deleted."), frappe.PermissionError, title=_("Not Deleted")
		)

	def check_open(self) -> None:
		"""What was decided is not rewritten; at least one is asked for."""
		if self.status != "Requested":
			frappe.throw(
				_("The request is decided; nothing of it changes any more."),
				DeviceRequestError,
				title=_("Device Request"),
			)
		if cint(self.quantity) < 1:
			frappe.throw(_("Ask for one at least."), DeviceRequestError, title=_("Device Request"))
