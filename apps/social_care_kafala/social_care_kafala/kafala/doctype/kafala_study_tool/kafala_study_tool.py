from collections import Counter

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, getdate
from social_care.registry.file_review import changed_fields

from social_care_kafala.kafala.assessments import tools

HIGHEST = 10  # of the choices in an assessment


class KafalaStudyToolError(frappe.ValidationError):
	"""A tool that could not be answered or scored, or two in force on one day."""


class KafalaStudyTool(Document):
	"""One version of the questions of an initial visit or a detailed study, with the role that answers each.

	A new text is a new version; what families were assessed with is not rewritten.
	"""

	def validate(self) -> None:
		self.check_days()
		self.check_items()
		self.check_unused()

	def on_trash(self) -> None:
		if self.is_used():
			self.refuse(
				_("Families were assessed with this version; end it, and make the change in a new one.")
			)

	def check_days(self) -> None:
		if self.valid_to and getdate(self.valid_to) < getdate(self.valid_from):
			self.refuse(_("The tool ends before it begins."))
		if other := tools.overlapping(self):
			self.refuse(_("{0} is in force on one of these days. End it first.").format(other))

	def check_items(self) -> None:
		"""Every question once; it is scored with a weight, or feeds a finding that no other question feeds."""
		codes = Counter(row.item_code for row in self.get("items"))
		feeds = Counter(row.feeds for row in self.get("items") if row.feeds)
		for row in self.get("items"):
			if codes[row.item_code] > 1 or feeds[row.feeds] > 1:
				self.refuse(_("Row {0}: the code or the finding stands twice.").format(row.idx))
			if bool(row.feeds) == bool(row.highest_score):
				self.refuse(_("Row {0}: a question is either scored or feeds a finding.").format(row.idx))
			if row.highest_score and (row.highest_score > HIGHEST or flt(row.weight) <= 0):
				self.refuse(
					_("Row {0}: a scored question has a weight and at most {1} points.").format(
						row.idx, HIGHEST
					)
				)

	def check_unused(self) -> None:
		if self.is_new() or not self.is_used():
			return
		if changed_fields(self, self.get_doc_before_save()) & {"items", "valid_from", "assessment_kind"}:
			self.refuse(
				_("Families were assessed with this version; end it, and make the change in a new one.")
			)

	def is_used(self) -> bool:
		return bool(frappe.db.exists("Kafala Assessment", {"tool": self.name}))

	def refuse(self, message: str) -> None:
		frappe.throw(message, KafalaStudyToolError, title=_("Kafala Study Tool"))
