import re
from collections import Counter

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import comma_and, getdate
from social_care.registry.file_review import changed_fields
from social_care.services.packs import expressions
from social_care.services.packs.messages import sentence

from social_care_kafala.kafala.eligibility import rule_sets
from social_care_kafala.kafala.eligibility.facts import FACTS

CODE = re.compile(r"[a-z][a-z0-9_]*")
CONDITIONS = ("applies_when", "passes_when", "waivable_when")
FILE = "Kafala Family File"


class KafalaRuleSetError(frappe.ValidationError):
	"""Conditions that could not be evaluated, or two sets in force at one time."""


class KafalaRuleSet(Document):
	"""The conditions of kafala by one legal text, with the days between which it holds.

	An application is judged by the set in force on its day. A new text is a new set.
	"""

	def validate(self) -> None:
		self.check_validity()
		self.check_codes()
		self.check_contested()
		self.check_conditions()
		self.check_unused()

	def on_trash(self) -> None:
		if self.is_used():
			self.refuse(_("Families were judged by these conditions. End them instead."))

	def check_validity(self) -> None:
		"""It ends after it begins, and one set holds at a time."""
		if self.valid_to and getdate(self.valid_to) < getdate(self.valid_from):
			self.refuse(_("The conditions end before they begin."))
		if other := rule_sets.overlapping(self):
			self.refuse(_("{0} is in force on some of these days. End it first.").format(other))

	def check_codes(self) -> None:
		"""Rules and limits have codes that expressions can name, each once."""
		for rows, field in ((self.rules, "rule_code"), (self.limits, "limit_code")):
			counted = Counter(row.get(field) for row in rows)
			for code, number in counted.items():
				if not CODE.fullmatch(code or ""):
					self.refuse(_("The code {0} is not written in small letters.").format(code))
				if number > 1:
					self.refuse(sentence("twice_code").format(code))

	def check_contested(self) -> None:
		"""Where sources differ, the other value and its source are told."""
		for row in self.limits:
			if row.is_contested and not (row.other_value and row.other_source):
				self.refuse(
					_("Write the other value of {0} and its source, as sources differ.").format(
						row.limit_code
					)
				)

	def check_conditions(self) -> None:
		"""Each expression is one of the language, and asks only for facts and limits that there are."""
		known = FACTS | {f"limit.{row.limit_code}" for row in self.limits}
		for row in self.rules:
			if row.waivable_when and not row.waivable_by:
				self.refuse(_("Row {0}: {1}").format(row.idx, _("Say who may waive the condition.")))
			for field in CONDITIONS:
				self.check_expression(row, row.get(field), known)

	def check_expression(self, row: Document, text: str | None, known: set[str]) -> None:
		try:
			strange = expressions.facts(text) - known if text else set()
		except expressions.ExpressionError as error:
			self.refuse(_("Row {0}: {1}").format(row.idx, sentence(error.code).format(error.detail)))
		if strange:
			names = comma_and(sorted(strange), add_quotes=False)
			self.refuse(
				_("Row {0}: {1}").format(row.idx, _("Nothing is known by these names: {0}").format(names))
			)

	def check_unused(self) -> None:
		"""What a family was judged by is not rewritten."""
		before = self.get_doc_before_save()
		if before and {"rules", "limits"} & changed_fields(self, before) and self.is_used():
			self.refuse(_("Families were judged by these conditions. End them, and write a new set."))

	def is_used(self) -> bool:
		return bool(frappe.db.exists(FILE, {"rule_set": self.name}))

	def refuse(self, message: str) -> None:
		frappe.throw(message, KafalaRuleSetError, title=_("Conditions of Kafala"))
