"""Records that nobody makes, changes or removes through the framework, Administrator included."""

from typing import NoReturn

import frappe
from frappe import _


class FixedRowError(frappe.PermissionError):
	"""A row of the Read Log that somebody would make, change or remove."""


class Fixed:
	"""First base of a DocType whose rows are written by SQL of this app alone."""

	def before_insert(self) -> None:
		self.refuse()

	def validate(self) -> None:
		self.refuse()

	def on_trash(self) -> None:
		self.refuse()

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		self.refuse()

	def db_insert(self, *args, **kwargs) -> None:
		self.refuse()

	def db_update(self, *args, **kwargs) -> None:
		self.refuse()

	def db_set(self, *args, **kwargs) -> None:
		self.refuse()

	def refuse(self) -> NoReturn:
		frappe.throw(
			_("Rows of the read log are neither made nor changed nor removed by anybody."),
			FixedRowError,
			title=_("Read Log"),
		)
