import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

LARGEST_WINDOW = 99
FIRST, LAST = getdate("1900-01-01"), getdate("9999-12-31")


class ServiceOfficeError(frappe.ValidationError):
	"""A counter whose figures contradict each other."""


class ServiceOffice(Document):
	"""The counter of an office or an institution: windows, the waiting time aimed at, appointments a day."""

	def validate(self) -> None:
		self.check_place()
		self.check_windows()
		self.check_capacities()

	def check_place(self) -> None:
		"""One counter a place; the unit of an institution is the institution's."""
		if self.institution:
			self.org_unit = frappe.db.get_value("Institution", self.institution, "org_unit")
		same = {"org_unit": self.org_unit, "institution": self.institution or ["is", "not set"]}
		if frappe.db.exists("Service Office", same | {"name": ["!=", self.name or ""]}):
			_refuse(_("This office has a counter already."))

	def check_windows(self) -> None:
		if not 1 <= (self.windows or 0) <= LARGEST_WINDOW:
			_refuse(_("The number of windows is from 1 to {0}.").format(LARGEST_WINDOW))

	def check_capacities(self) -> None:
		"""For one group and one day there is one number."""
		seen: list[tuple] = []
		for row in self.capacities:
			first, last = getdate(row.from_date or FIRST), getdate(row.to_date or LAST)
			if last < first:
				_refuse(_("Row {0}: the last day is before the first one.").format(row.idx))
			if any(
				group == (row.service_group or "") and first <= end and last >= start
				for group, start, end in seen
			):
				_refuse(_("Row {0}: this group has a number for these days already.").format(row.idx))
			seen.append((row.service_group or "", first, last))


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, ServiceOfficeError, title=_("Service Counter"))
