import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from social_care.registry.case_work.records import refuse


class SignificantEventKind(Document):
	"""A kind of significant event, its severity and within how many hours it is reported to whom."""

	def validate(self) -> None:
		self.check_shown_as()
		self.check_reporting()

	def check_shown_as(self) -> None:
		"""A protected kind is shown as one that is not."""
		if not cint(self.is_protected):
			self.shown_as = None
		elif not self.shown_as or frappe.db.get_value(
			"Significant Event Kind", self.shown_as, "is_protected"
		):
			refuse(_("Choose a kind that everybody may see in its place."), _("Significant Event Kind"))

	def check_reporting(self) -> None:
		"""One row for a receiver and a day."""
		seen: set[tuple] = set()
		for row in self.reporting:
			key = (row.report_to, str(row.valid_from))
			if key in seen:
				refuse(
					_("Row {0}: this receiver has a row of the same day already.").format(row.idx),
					_("Significant Event Kind"),
				)
			seen.add(key)
