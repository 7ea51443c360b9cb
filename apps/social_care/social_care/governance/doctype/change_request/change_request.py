from frappe.model.document import Document

from social_care.registry.verification import rights


class ChangeRequest(Document):
	"""A change of one field of a child's file: asked for by one, decided by others (governance/change_requests)."""

	def validate(self) -> None:
		rights.refuse_by_hand(self)

	def on_trash(self) -> None:
		rights.refuse_by_hand(self)
