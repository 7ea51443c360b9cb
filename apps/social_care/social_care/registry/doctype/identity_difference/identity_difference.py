from frappe.model.document import Document

from social_care.registry.verification import rights


class IdentityDifference(Document):
	"""A value of ours that a registry holds otherwise, and what was decided (verification/deciding.py)."""

	def validate(self) -> None:
		rights.refuse_by_hand(self)

	def on_trash(self) -> None:
		rights.refuse_by_hand(self)
