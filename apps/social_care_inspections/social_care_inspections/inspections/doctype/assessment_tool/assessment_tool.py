from collections import Counter

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, formatdate, getdate

from social_care_inspections.inspections.tools import last_version, overlapping_version

FULL_WEIGHT = 100
# Weights are written with four decimals, so that a hundred of them may miss the whole by this much.
ROUNDING = 0.01


class AssessmentToolError(frappe.ValidationError):
	"""An assessment tool that could not be scored, or two versions in force at one time."""


class AssessmentTool(Document):
	"""One version of a list of weighted quality indicators for some kinds of institution.

	Score of an evaluation: the sum of weight × score ÷ highest score over the applicable indicators, divided by the sum
	of their weights. A new text of the ministry is a new version, so that an old evaluation keeps the tool it was made with.
	"""

	def before_insert(self) -> None:
		self.number_version()

	def validate(self) -> None:
		self.check_validity()
		self.check_versions()
		self.check_indicators()
		self.count_content()

	def number_version(self) -> None:
		"""One more than the highest version of the tool; the first one begins with what it says, or with 1."""
		last = last_version(self.tool_code)
		self.version = last + 1 if last else self.version or 1

	def check_validity(self) -> None:
		"""valid_from ≤ valid_to."""
		if self.valid_to and getdate(self.valid_to) < getdate(self.valid_from):
			frappe.throw(_("The tool ends before it begins."), AssessmentToolError, title=_("Validity"))

	def check_versions(self) -> None:
		"""One version of a tool at a time."""
		other = overlapping_version(self)
		if other:
			frappe.throw(in_force_message(other), AssessmentToolError, title=_("Two Versions at One Time"))

	def check_indicators(self) -> None:
		"""Every indicator once, with a weight and room between its lowest and highest score."""
		codes = Counter(row.indicator_code for row in self.indicators)
		for row in self.indicators:
			if codes[row.indicator_code] > 1:
				self.refuse(row, _("The indicator {0} stands twice.").format(row.indicator_code))
			if flt(row.weight) <= 0:
				self.refuse(row, _("The indicator {0} has no weight.").format(row.indicator_code))
			if cint(row.score_max) <= cint(row.score_min):
				self.refuse(
					row,
					_("The highest score of the indicator {0} is not above the lowest.").format(
						row.indicator_code
					),
				)

	def refuse(self, row: Document, message: str) -> None:
		frappe.throw(_("Row {0}: {1}").format(row.idx, message), AssessmentToolError, title=_("Indicators"))

	def count_content(self) -> None:
		"""Standards, indicators and the sum of weights; a sum other than 100 is said, and scores all the same."""
		self.standard_count = len({row.standard_code for row in self.indicators})
		self.indicator_count = len(self.indicators)
		self.total_weight = flt(sum(flt(row.weight) for row in self.indicators), 2)
		if abs(self.total_weight - FULL_WEIGHT) > ROUNDING:
			frappe.msgprint(
				_("The weights add up to {0}, not to 100. Scores are taken as a share of the whole.").format(
					self.total_weight
				),
				title=_("Weights"),
				indicator="orange",
				alert=True,
			)


def in_force_message(other: dict) -> str:
	"""What stands in the way of a version: the time of the other one."""
	begin = formatdate(other.valid_from)
	if not other.valid_to:
		return _("Version {0} of this tool is in force from {1} on. End it first.").format(
			other.version, begin
		)
	return _("Version {0} of this tool is in force from {1} to {2}. End it first.").format(
		other.version, begin, formatdate(other.valid_to)
	)
