import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, nowdate

from social_care import system_fields


class ServiceInUseError(frappe.ValidationError):
	"""A service with packs or requests is not deleted."""


class Service(Document):
	"""A row of the catalogue of services: who owns it, for whom, what it costs, how long it takes."""

	def validate(self) -> None:
		self.keep_published()
		self.date_status()
		self.check_life()

	def keep_published(self) -> None:
		"""Which version new requests begin under, and their record type, is written by publishing and by nobody else."""
		system_fields.keep(self, ("status_date",))
		if not self.flags.by_publishing:
			system_fields.keep(self, ("request_type", "published_version"))

	def date_status(self) -> None:
		"""The day since which the status is what it is."""
		if self.has_value_changed("status") or not self.status_date:
			self.status_date = nowdate()

	def check_life(self) -> None:
		if self.active_from and self.active_to and getdate(self.active_to) < getdate(self.active_from):
			frappe.throw(_("A service ends after it begins."), title=_("Service"))

	def on_trash(self) -> None:
		"""Dropping a service that was used is a status; only one that never was is deleted."""
		if frappe.db.exists("Service Pack", {"service": self.name, "status": ["!=", "Draft"]}):
			frappe.throw(
				_("This service was published; set its status to Dropped instead of deleting it."),
				ServiceInUseError,
				title=_("Service"),
			)
