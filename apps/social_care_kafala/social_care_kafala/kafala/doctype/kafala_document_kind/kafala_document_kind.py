import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import comma_and
from social_care.services.packs import expressions
from social_care.services.packs.messages import sentence

from social_care_kafala.kafala.eligibility.facts import FACTS


class KafalaDocumentError(frappe.ValidationError):
	"""A kind of paper whose condition cannot be evaluated."""


class KafalaDocumentKind(Document):
	"""A paper that families bring, and which families."""

	def validate(self) -> None:
		try:
			strange = expressions.facts(self.required_when) - FACTS if self.required_when else set()
		except expressions.ExpressionError as error:
			self.refuse(sentence(error.code).format(error.detail))
		if strange:
			names = comma_and(sorted(strange), add_quotes=False)
			self.refuse(_("Nothing is known by these names: {0}").format(names))

	def refuse(self, message: str) -> None:
		frappe.throw(message, KafalaDocumentError, title=_("Documents"))
