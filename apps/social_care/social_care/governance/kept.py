"""Records that rules alone write, set by set, in the database: no form, import, interface or program of the framework does."""

import frappe
from frappe import _
from frappe.model.document import Document


class KeptRecordError(frappe.PermissionError):
	"""Somebody tried to write a record that is only kept."""


class KeptDocument(Document):
	"""A record that nobody inserts, changes, renames or removes through the framework, whatever his rights."""

	def before_insert(self) -> None:
		self._refuse()

	def validate(self) -> None:
		self._refuse()

	def before_rename(self, *_args: object) -> None:
		self._refuse()

	def on_trash(self) -> None:
		self._refuse()

	def _refuse(self) -> None:
		frappe.throw(
			_("This record is written by the system alone."), KeptRecordError, title=_("Not Permitted")
		)
