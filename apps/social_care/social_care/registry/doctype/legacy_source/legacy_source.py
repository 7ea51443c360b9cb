from frappe.model.document import Document

from social_care.registry.legacy import mapping


class LegacySource(Document):
	"""An earlier registry: what its columns and words mean, for every file of it (registry/legacy/mapping.py)."""

	def validate(self) -> None:
		mapping.check(self)
