import frappe
from frappe import _
from frappe.model.document import Document

from social_care.reading.fixed import FixedRowError


class FileAccessGrant(Document):
	"""One child's file, open for reading beyond its place for a time. Asked, decided and revoked by `social_care.reading.opening`."""

	def validate(self) -> None:
		if not self.flags.by_service:  # new rows too, whoever makes them by whichever way
			self.refuse()

	def before_insert(self) -> None:
		if not self.flags.by_service:
			self.refuse()

	def on_trash(self) -> None:
		self.refuse()

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		self.refuse()

	def refuse(self) -> None:
		frappe.throw(
			_("Accesses are asked for, decided and revoked by their own actions alone."),
			FixedRowError,
			title=_("File Access Grant"),
		)
