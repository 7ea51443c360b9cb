import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_fullname

from social_care import system_fields
from social_care.governance import research


class ResearchExport(Document):
	"""An export without identifiers that one asks for and another approves. Written by `social_care.governance.research` after that."""

	def validate(self) -> None:
		if self.flags.by_service:
			return
		system_fields.keep(self)
		if not self.is_new():
			self.refuse()
		self.asked_by, self.asked_by_name = frappe.session.user, get_fullname(frappe.session.user)
		research.check(self)

	def before_rename(self, *_args: object) -> None:
		self.refuse()

	def on_trash(self) -> None:
		self.refuse()

	def refuse(self) -> None:
		frappe.throw(
			_("A request for an export is decided by its own action and not changed otherwise."),
			frappe.PermissionError,
			title=_("Research Export"),
		)
