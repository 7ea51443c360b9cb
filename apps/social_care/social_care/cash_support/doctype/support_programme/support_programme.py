from itertools import pairwise

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from social_care import system_fields


class SupportProgramme(Document):
	"""A programme of support: for whom, with what money, beside which others it is not given, and its limits by date."""

	def validate(self) -> None:
		system_fields.keep(self)
		self.check_dates()
		self.check_exclusions()
		self.check_limits()

	def check_dates(self) -> None:
		if self.starts_on and self.ends_on and getdate(self.ends_on) < getdate(self.starts_on):
			frappe.throw(_("The programme ends before it begins."), title=_("Programme"))

	def check_exclusions(self) -> None:
		names = [row.programme for row in self.exclusions]
		if self.name in names or len(set(names)) < len(names):
			frappe.throw(
				_("A programme does not exclude itself, and each other one only once."), title=_("Programme")
			)

	def check_limits(self) -> None:
		"""Limits of one kind follow one another without overlap."""
		ordered = sorted(self.parameters, key=lambda row: (row.parameter, getdate(row.valid_from)))
		for row, following in pairwise(ordered):
			same = row.parameter == following.parameter
			if same and (not row.valid_to or getdate(row.valid_to) >= getdate(following.valid_from)):
				frappe.throw(
					_("Two limits count on {0}; end the earlier one before.").format(
						frappe.format(following.valid_from, "Date")
					),
					title=_("Programme"),
				)
