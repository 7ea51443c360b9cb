from collections import Counter

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, formatdate, getdate
from social_care import system_fields
from social_care.registry.file_review import changed_fields

from social_care_inspections.inspections.tools import last_version, overlapping_version

FULL_WEIGHT = 100
# Weights are written with four decimals, so that a hundred of them may miss the whole by this much.
ROUNDING = 0.01
HIGHEST_SCORE = 10  # of the choices in the checklist of a visit
# What decides on a score or grade.
SCORING = {"indicators", "grade_a_from", "grade_b_from", "grade_c_from", "critical_rule"}


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
		self.keep_version()
		self.check_validity()
		self.check_versions()
		self.check_indicators()
		self.check_grades()
		self.check_unused()
		self.count_content()

	def number_version(self) -> None:
		"""One more than the highest version of the tool; the first one begins with what it says, or with 1."""
		last = last_version(self.tool_code)
		self.version = last + 1 if last else self.version or 1

	def keep_version(self) -> None:
		"""The number of a stored version, which visits are scored with."""
		if not self.is_new():
			system_fields.keep(self, ("version",))

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

			if cint(row.score_max) > HIGHEST_SCORE:
				self.refuse(
					row,
					_("The highest score of the indicator {0} is above {1}.").format(
						row.indicator_code, HIGHEST_SCORE
					),
				)

	def check_grades(self) -> None:
		"""Grades begin one below the other."""
		if not 100 >= flt(self.grade_a_from) > flt(self.grade_b_from) > flt(self.grade_c_from) > 0:
			frappe.throw(
				_("Grade A begins above grade B, and grade B above grade C."),
				AssessmentToolError,
				title=_("Grades"),
			)

	def check_unused(self) -> None:
		"""What a visit was scored with is not rewritten: a change is a new version."""
		if self.is_new() or not SCORING & changed_fields(self, self.get_doc_before_save()):
			return
		if frappe.db.exists("Institution Visit", {"assessment_tool": self.name, "visited_on": ["is", "set"]}):
			frappe.throw(
				_("Visits were made with this version. End it, and make the change in a new version."),
				AssessmentToolError,
				title=_("Version in Use"),
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
