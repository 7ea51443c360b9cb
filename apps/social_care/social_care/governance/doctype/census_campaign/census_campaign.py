import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from social_care import system_fields
from social_care.governance.census import ANNOUNCED, COUNTED, FORMER, counting


class CensusCampaignError(frappe.ValidationError):
	"""A campaign that cannot be held so, or a change of one that is counted."""


class CensusCampaign(Document):
	"""A census of children in institutions as of an instant; once it is counted its record does not change any more."""

	def onload(self) -> None:
		"""Institutions whose return is not signed by all, of those that the reader may read: whoever freezes names them."""
		from social_care.governance.census.freezing import unsigned_titles

		if self.status == COUNTED:
			self.set_onload("not_signed", unsigned_titles(self.name))

	def validate(self) -> None:
		system_fields.keep(self)
		self.check_not_counted()
		self.check_cut_off()
		self.check_former()

	def after_insert(self) -> None:
		counting.enqueue()

	def before_rename(self, *_args: object) -> None:
		self._refuse(_("A census is not renamed."))

	def on_trash(self) -> None:
		self._refuse(_("A census is never deleted."))

	def check_not_counted(self) -> None:
		"""From the cut-off on nothing of the campaign is changed by hand."""
		before = self.get_doc_before_save()
		if before and (before.status != ANNOUNCED or get_datetime(before.cut_off) <= now_datetime()):
			self._refuse(_("The census is counted; nothing of it changes any more."))

	def check_cut_off(self) -> None:
		"""An instant that is still to come: what was entered by one that is past cannot be changed any more by anybody."""
		if self.has_value_changed("cut_off") and get_datetime(self.cut_off) < now_datetime():
			self._refuse(_("The cut-off lies in the past."))

	def check_former(self) -> None:
		"""Where the former census says what is expected, it is named, and is another one."""
		if self.expected_from == FORMER and self.former_census in (None, "", self.name):
			self._refuse(_("Choose the former census."))

	def _refuse(self, sentence: str) -> None:
		frappe.throw(sentence, CensusCampaignError, title=_("Census"))
