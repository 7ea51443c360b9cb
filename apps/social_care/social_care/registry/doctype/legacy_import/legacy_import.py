from frappe.model.document import Document

from social_care.cash_support.rights import refuse_by_hand


class LegacyImport(Document):
	"""A file of an earlier registry, from its headings to what was applied of its rows (registry/legacy)."""

	def validate(self) -> None:
		refuse_by_hand(self)

	def on_trash(self) -> None:
		refuse_by_hand(self)
